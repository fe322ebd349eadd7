"""What stands around the charts on a cluster and is not theirs: namespaces, services, a pod."""

import base64

import trustme

from tests.gateway_recording import kind_of, releases_of
from tests.mesh.kubernetes import ApiServer
from tests.mesh.shapes import Values
from tests.synthesis import Json

ADDRESS = "10.52.0.5"
VERSION_LABEL = "app.kubernetes.io/version"


def make_namespaces(server: ApiServer, stack: Json) -> None:
    """The namespaces that the stack makes, and the labels that it puts on others."""
    resources = stack["resource"]
    for each in resources.get("kubernetes_namespace_v1", {}).values():
        server.ask(
            "POST",
            "/api/v1/namespaces",
            {"metadata": {key: each["metadata"][key] for key in each["metadata"]}},
        )
    for each in resources.get("kubernetes_labels", {}).values():
        path = f"/api/v1/namespaces/{each['metadata']['name']}"
        server.ask("PATCH", path, {"metadata": {"labels": each["labels"]}})


def make_services(server: ApiServer, values: Values) -> None:
    """The services that routes name."""
    named = {
        (*rule["service"].split(".")[:2], rule["port"])
        for each in values.values()
        for service in each.get("routes", [])
        for rule in service["rules"]
    }
    for name, namespace, port in sorted(named):
        ports = [{"name": "http", "port": port}]
        service = {"metadata": {"name": name}, "spec": {"selector": {"app": name}, "ports": ports}}
        server.ask("POST", f"/api/v1/namespaces/{namespace}/services", service)


def make_collectors(server: ApiServer, values: Values) -> None:
    """The Services of the cluster to which istiod has proxies send their spans."""
    for each in values.values():
        for provider in each.get("meshConfig", {}).get("extensionProviders", []):
            host, port = (provider["opentelemetry"][key] for key in ("service", "port"))
            if not host.endswith(".svc.cluster.local"):
                continue
            name, namespace = host.split(".")[:2]
            server.ask("POST", "/api/v1/namespaces", {"metadata": {"name": namespace}})
            ports = [{"name": "http-otlp", "port": port}]
            service = {
                "metadata": {"name": name},
                "spec": {"selector": {"app": name}, "ports": ports},
            }
            server.ask("POST", f"/api/v1/namespaces/{namespace}/services", service)


def make_certificates(server: ApiServer, values: Values) -> None:
    """The Secrets that gateways listen with, as cert-manager or Azure's provider makes them."""
    for each in values.values():
        https = each.get("gateway", {}).get("https")
        if https:
            signed = trustme.CA(key_type=trustme.KeyType.RSA).issue_cert("origin.contoso.com")
            chain = b"".join(each.bytes() for each in signed.cert_chain_pems)
            secret = {
                "metadata": {"name": https["credentialName"]},
                "type": "kubernetes.io/tls",
                "data": {
                    "tls.crt": base64.b64encode(chain).decode(),
                    "tls.key": base64.b64encode(signed.private_key_pem.bytes()).decode(),
                },
            }
            server.ask("POST", "/api/v1/namespaces/istio-ingress/secrets", secret)


def gateways_of(stack: Json) -> list[str]:
    """The releases of gateways, and with it their namespaces."""
    releases = releases_of(stack).items()
    return [name for name, each in releases if kind_of(each) == "gateway"]


def make_pod(server: ApiServer, gateway: str) -> Json:
    """A pod of a gateway's deployment, as the controllers would make it."""
    path = f"/apis/apps/v1/namespaces/{gateway}/deployments/{gateway}"
    template = server.ask("GET", path)["spec"]["template"]
    pods, name = f"/api/v1/namespaces/{gateway}/pods", f"{gateway}-recorded"
    pod: Json = template | {"apiVersion": "v1", "kind": "Pod"}
    pod["metadata"] = pod["metadata"] | {"name": name, "namespace": gateway}
    # istiod's webhook would put these and the image in.
    pod["metadata"]["labels"] |= {
        "service.istio.io/canonical-name": gateway,
        "service.istio.io/canonical-revision": pod["metadata"]["labels"][VERSION_LABEL],
    }
    for container in pod["spec"]["containers"]:
        container["image"] = "istio/proxyv2"
    server.ask("POST", pods, pod)
    ready = {
        "phase": "Running",
        "podIP": ADDRESS,
        "podIPs": [{"ip": ADDRESS}],
        "conditions": [{"type": "Ready", "status": "True"}],
    }
    return server.ask("PATCH", f"{pods}/{name}/status", {"status": ready})
