"""Which network policies follow from the settings."""

from collections.abc import Iterator

from constructs.mesh import cilium_policies, network_policies
from constructs.mesh.mesh_objects import MeshObject
from rules import names
from settings import Settings

# Where Azure's own Prometheus has its agent.
_AGENTS = "kube-system"


def network_policies_of(settings: Settings) -> Iterator[MeshObject]:
    """Those of the mesh, its gateway, the applications, and what watches and certifies them."""
    if not settings.istio.network_policies:
        return
    scrapers = _scrapers(settings)
    applications = list(settings.namespaces)
    routed = [each.namespace for each in settings.routes]
    yield from network_policies.mesh(applications, scrapers)
    yield from network_policies.gateway(settings.gateway.ports, [*applications, *routed], scrapers)
    guarded = [names.MESH_NAMESPACE, names.INGRESS]
    asks_api_server = [names.MESH_NAMESPACE]
    for name, options in settings.namespaces.items():
        if options.has_network_policy:
            guarded.append(name)
            yield from network_policies.application(
                name, options.reached_from, _reaches(settings, name), options.ranges(), scrapers
            )
    if settings.monitoring.enabled:
        guarded.append(names.MONITORING)
        asks_api_server.append(names.MONITORING)
        yield from network_policies.monitoring()
    if settings.gateway.tls and settings.gateway.tls.cert_manager:
        guarded.append(names.CERT_MANAGER)
        asks_api_server.append(names.CERT_MANAGER)
        yield from network_policies.cert_manager(scrapers)
    if settings.network.data_plane == "cilium":
        for each in guarded:
            yield from cilium_policies.nodes(each)
        for each in asks_api_server:
            yield from cilium_policies.api_server(each)
        if settings.monitoring.enabled:
            yield from cilium_policies.node_metrics(names.MONITORING)


def _scrapers(settings: Settings) -> list[str]:
    return [
        *([names.MONITORING] if settings.monitoring.enabled else []),
        *([_AGENTS] if settings.watch.managed_prometheus else []),
    ]


def _reaches(settings: Settings, name: str) -> list[str]:
    """Where a namespace may go: what it names, and whoever says that it comes from there."""
    let_in = [other for other, each in settings.namespaces.items() if name in each.reached_from]
    return list(dict.fromkeys([*settings.namespaces[name].reached_namespaces(), *let_in]))
