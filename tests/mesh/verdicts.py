"""What Istio's own checks say of our objects: its webhook, and `istioctl analyze`."""

import json
import subprocess
import urllib.error

from tests.mesh.kubernetes import ApiServer, program
from tests.synthesis import Json

_GROUPS = {
    "networking.istio.io/v1": (
        "destinationrules",
        "gateways",
        "serviceentries",
        "sidecars",
        "virtualservices",
    ),
    "telemetry.istio.io/v1": ("telemetries",),
    "networking.istio.io/v1alpha3": ("envoyfilters",),
    "security.istio.io/v1": ("authorizationpolicies", "peerauthentications"),
}
# The API server's schemas take them; the webhook must not.
_BAD: dict[str, Json] = {
    "virtualservices": {
        "apiVersion": "networking.istio.io/v1",
        "kind": "VirtualService",
        "metadata": {"name": "every-host-of-the-mesh"},
        "spec": {"hosts": ["*"], "http": [{"route": [{"destination": {"host": "a"}}]}]},
    },
    "authorizationpolicies": {
        "apiVersion": "security.istio.io/v1",
        "kind": "AuthorizationPolicy",
        "metadata": {"name": "no-such-key"},
        "spec": {"rules": [{"when": [{"key": "request.header", "values": ["x"]}]}]},
    },
    "gateways": {
        "apiVersion": "networking.istio.io/v1",
        "kind": "Gateway",
        "metadata": {"name": "no-such-host"},
        "spec": {
            "servers": [
                {"port": {"number": 80, "name": "http", "protocol": "HTTP"}, "hosts": ["*.*.com"]}
            ]
        },
    },
}


# What `istioctl analyze` may say, and why that is no fault.
ACCEPTED = {
    "IST0102 Namespace": "a gateway's pods are injected by a label of their own, and some"
    " namespaces, such as prometheus, want no sidecars",
    "IST0128 DestinationRule istio-system/trace-collector": "without authorities of its own a proxy"
    " checks by those of the system (pilot/pkg/networking/core/cluster_tls.go)",
    "IST0133 AuthorizationPolicy": "it is about HTTP, and the gateway listens for nothing else",
    "IST0133 Sidecar istio-system/default": "it takes ./*, each sidecar's own namespace, for the"
    " root namespace, which is named beside it; Istio's own documentation writes it so",
    "IST0158 Namespace": "the pods that the recorder makes have a sidecar of no version",
    "IST0133 EnvoyFilter": "keep-alive of accepted connections has no other way; the listener"
    " recorded here shows that it works with this release",
}


def unexpected(messages: list[str]) -> list[str]:
    """Those of the messages that nobody has accepted."""
    return [each for each in messages if not each.startswith(tuple(ACCEPTED))]


def refused(server: ApiServer) -> list[str]:
    """Offer bad objects; the kinds of those that the webhook refused."""
    found = []
    for plural, each in _BAD.items():
        path = f"/apis/{each['apiVersion']}/namespaces/default/{plural}?dryRun=All"
        try:
            server.ask("POST", path, each)
        except urllib.error.HTTPError as error:
            said = error.read().decode()
            assert "admission webhook" in said, said
            found.append(each["kind"])
    return found


def admitted(server: ApiServer) -> list[str]:
    """The objects of Istio's kinds that are there, as kind, namespace and name."""
    return sorted(
        f"{each['kind']} {each['metadata']['namespace']}/{each['metadata']['name']}"
        for group, plurals in _GROUPS.items()
        for plural in plurals
        for each in server.ask("GET", f"/apis/{group}/{plural}")["items"]
    )


def analyzed(server: ApiServer) -> list[str]:
    """What `istioctl analyze` says, as code and object."""
    done = subprocess.run(
        [
            *(program("istioctl"), "analyze", "--all-namespaces", "--output=json"),
            f"--kubeconfig={server.kubeconfig}",
            "--failure-threshold=Error",
            "--timeout=60s",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip(), done.stderr
    return sorted(f"{each['code']} {each['origin']}" for each in json.loads(done.stdout))
