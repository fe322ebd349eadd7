"""Which network policies follow from the settings."""

from collections.abc import Iterator

from constructs.mesh import cilium_policies, network_policies
from constructs.mesh.mesh_objects import MeshObject
from rules import names
from settings import Settings

# Where AKS has the agent of Azure's Prometheus, and KEDA.
_SYSTEM = "kube-system"


def network_policies_of(settings: Settings) -> Iterator[MeshObject]:
    """Those of the mesh, its gateway, the applications, and what watches and certifies them."""
    if not settings.istio.network_policies:
        return
    scrapers = _scrapers(settings)
    applications = list(settings.namespaces)
    routed = [each.namespace for each in settings.routes]
    yield from network_policies.mesh(applications, scrapers)
    traces = _traces(settings)
    yield from network_policies.gateway(
        settings.gateway.ports, [*applications, *routed], scrapers, traces
    )
    guarded = [names.MESH_NAMESPACE, names.INGRESS]
    asks_api_server = [names.MESH_NAMESPACE]
    for name, options in settings.namespaces.items():
        if options.has_network_policy:
            guarded.append(name)
            yield from network_policies.application(
                name,
                options.reached_from,
                _reaches(settings, name),
                options.ranges(),
                scrapers,
                traces,
            )
    if settings.monitoring.enabled:
        guarded.append(names.MONITORING)
        asks_api_server.append(names.MONITORING)
        keda = [_SYSTEM] if settings.gateway.requests_per_second is not None else []
        yield from network_policies.monitoring(keda)
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
        *([_SYSTEM] if settings.watch.managed_prometheus else []),
    ]


def _traces(settings: Settings) -> list[network_policies.Rule]:
    tracing = settings.tracing
    if tracing.host is None:
        return []
    return [network_policies.to_collector(tracing.namespace, tracing.port)]


def _reaches(settings: Settings, name: str) -> list[str]:
    """Where a namespace may go: what it names, and whoever says that it comes from there."""
    let_in = [other for other, each in settings.namespaces.items() if name in each.reached_from]
    return list(dict.fromkeys([*settings.namespaces[name].reached_namespaces(), *let_in]))
