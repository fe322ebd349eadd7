"""What sidecars hear of the mesh, as Sidecars."""

from collections.abc import Iterator, Mapping, Sequence

from constructs.mesh.mesh_objects import MeshObject
from rules.trust import namespace_of
from settings.namespaces import Namespace

# What pods need whatever their namespace is: the API server, and DNS over TCP, which sidecars carry
# and with egress to known hosts alone would refuse.
ALWAYS = (
    "default/kubernetes.default.svc.cluster.local",
    "kube-system/kube-dns.kube-system.svc.cluster.local",
)


def sidecar_scopes(
    namespaces: Mapping[str, Namespace], root: str, everywhere: Sequence[str] = ()
) -> Iterator[MeshObject]:
    """The mesh's, in its root namespace, and one for each namespace that hears more.

    A Sidecar of a namespace stands in the place of the mesh's, so it says all of that as well.
    Gateways have a scope of their own that no Sidecar changes (pilot, getSidecarScope).

    Args:
        namespaces: by name.
        root: the mesh's root namespace, in which what is outside of the mesh is described.
        everywhere: what all of them hear besides, as namespace/host.
    """
    everybody = ["./*", f"{root}/*", *ALWAYS, *everywhere]
    yield _sidecar(root, everybody)
    for name in namespaces:
        heard = heard_by(name, namespaces)
        if heard:
            yield _sidecar(name, _without_doubles(name, [*everybody, *heard]))


def heard_by(name: str, namespaces: Mapping[str, Namespace]) -> list[str]:
    """What the sidecars of a namespace hear besides: what it says, and those that it may call."""
    own = namespaces[name].hears
    callable_ = [
        f"{other}/*"
        for other, each in namespaces.items()
        if other != name and name in map(namespace_of, each.callers)
    ]
    return list(dict.fromkeys([*own, *callable_]))


def _without_doubles(namespace: str, hosts: Sequence[str]) -> list[str]:
    """Those that no other of them has in it: Istio warns of each (ValidateSidecar)."""
    if "*/*" in hosts:
        return ["*/*"]
    whole = {namespace_of(each) for each in hosts if each.endswith("/*")} | {namespace}
    kept = [each for each in hosts if each.endswith("/*") or namespace_of(each) not in whole]
    return [each for each in kept if each != f"{namespace}/*"]


def _sidecar(namespace: str, hosts: Sequence[str]) -> MeshObject:
    return {
        "apiVersion": "networking.istio.io/v1",
        "kind": "Sidecar",
        "metadata": {"name": "default", "namespace": namespace},
        "spec": {"egress": [{"hosts": list(hosts)}]},
    }
