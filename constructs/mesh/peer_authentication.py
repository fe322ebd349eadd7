"""Which pods of a namespace take plain text, as PeerAuthentications."""

from collections.abc import Iterator, Mapping

from constructs.mesh.mesh_objects import MeshObject
from settings.namespaces import Namespace

_MODES = {"strict": "STRICT", "permissive": "PERMISSIVE"}


def peer_authentications(namespaces: Mapping[str, Namespace]) -> Iterator[MeshObject]:
    """One for a namespace that is not as the mesh, and one for each workload with ports.

    That of a workload says nothing but its ports: for the others Istio asks the namespace's and
    the mesh's (PeerAuthentication's reference, UNSET).
    """
    for name, namespace in namespaces.items():
        if namespace.mutual_tls:
            yield _policy(name, "default", {"mtls": {"mode": _MODES[namespace.mutual_tls]}})
        for entry, each in namespace.plain_text.items():
            yield _policy(
                name,
                f"plain-text-{entry}",
                {
                    "selector": {"matchLabels": dict(each.workload)},
                    "portLevelMtls": {str(port): {"mode": "PERMISSIVE"} for port in each.ports},
                },
            )


def _policy(namespace: str, name: str, spec: Mapping[str, object]) -> MeshObject:
    return {
        "apiVersion": "security.istio.io/v1",
        "kind": "PeerAuthentication",
        "metadata": {"name": name, "namespace": namespace},
        "spec": spec,
    }
