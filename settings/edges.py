"""A cluster's file and that of the edge before it: whether they speak of the same way in."""

from collections.abc import Iterator

from settings.edge import Origin
from settings.model import Settings
from settings.table import Finding


def is_edge_of(edge: Settings, cluster: Settings) -> bool:
    """Whether a file makes the edge that another finds."""
    return cluster.existing.edge and "edge" in edge.stacks and _profile(edge) == _profile(cluster)


def is_cluster_of(origin: Origin, settings: Settings, cluster: Settings) -> bool:
    """Whether an origin of some settings is the cluster whose gateway other settings make."""
    group = origin.resource_group or settings.names.resource_group
    name = origin.cluster or settings.names.cluster
    return "istio" in cluster.stacks and (group.lower(), name.lower()) == (
        cluster.names.resource_group.lower(),
        cluster.names.cluster.lower(),
    )


def disagreements(edge: Settings, cluster: Settings) -> Iterator[Finding]:
    """Where Front Door would come to a port that the gateway shuts, or ask for another name.

    Args:
        edge: the file of the stacks edge and traffic.
        cluster: that of a cluster behind it; the findings are its.
    """
    tls = cluster.gateway.tls
    for origin in edge.origins.values() if "traffic" in edge.stacks else ():
        if not is_cluster_of(origin, edge, cluster):
            continue
        asked = origin.host_name or edge.origin_host_name()
        if edge.is_forwarded_over_https and tls is None:
            yield Finding(
                "gateway.tls",
                "a table: Front Door comes by HTTPS",
                'write one, or set gateway.tls.stage = "listen" in the other file',
                shows_value=False,
            )
        elif edge.is_forwarded_over_https and tls and tls.host_name != asked:
            yield Finding(
                "gateway.tls.host_name", f"{asked}, for which Front Door asks", "write the same"
            )
        elif not edge.is_forwarded_over_https and tls and tls.closes_http:
            yield Finding(
                "gateway.tls.stage",
                '"listen" or "forward": Front Door comes by HTTP',
                'write one of these, or set gateway.tls.stage = "forward" in the other file',
            )


def _profile(settings: Settings) -> tuple[str, str]:
    return settings.edge_resource_group.lower(), settings.front_door.profile.lower()
