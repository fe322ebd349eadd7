"""Who may call the pods of a namespace, as AuthorizationPolicies."""

from collections.abc import Iterator, Mapping, Sequence

from constructs.mesh.mesh_objects import MeshObject
from settings.namespaces import Namespace

# Istio takes it for its own trust domain, whatever that is called (pilot/pkg/trustdomain).
TRUST_DOMAIN = "cluster.local"


def authorization_policies(
    namespaces: Mapping[str, Namespace], gateway: str
) -> Iterator[MeshObject]:
    """For a namespace that denies all: nobody, then the callers, then ports in plain text.

    Nothing refuses what one of them allows. The first allows nothing, so that none of the others
    is what everything rests on.

    Args:
        namespaces: by name.
        gateway: the gateway's namespace and service account, joined by a slash.
    """
    for name, namespace in namespaces.items():
        if not namespace.deny_all:
            continue
        yield _policy(name, "deny-all", {})
        callers = [{"from": _sources([gateway, *namespace.callers])}]
        yield _policy(name, "callers", {"action": "ALLOW", "rules": callers})
        for entry, each in namespace.plain_text.items():
            ports = {"operation": {"ports": [str(port) for port in each.ports]}}
            yield _policy(
                name,
                f"plain-text-{entry}",
                {
                    "selector": {"matchLabels": dict(each.workload)},
                    "action": "ALLOW",
                    "rules": [{"to": [ports]}],
                },
            )


def _sources(callers: Sequence[str]) -> list[dict[str, dict[str, list[str]]]]:
    principals = [
        f"{TRUST_DOMAIN}/ns/{namespace}/sa/{account}"
        for namespace, _, account in (each.partition("/") for each in callers)
        if account
    ]
    namespaces = [each for each in callers if "/" not in each]
    return [
        {"source": {"principals": principals}},
        *([{"source": {"namespaces": namespaces}}] if namespaces else []),
    ]


def _policy(namespace: str, name: str, spec: Mapping[str, object]) -> MeshObject:
    return {
        "apiVersion": "security.istio.io/v1",
        "kind": "AuthorizationPolicy",
        "metadata": {"name": name, "namespace": namespace},
        "spec": spec,
    }
