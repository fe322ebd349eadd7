"""Rules that span keys, such as the Istio version against the Kubernetes version."""

from collections.abc import Iterator

from rules import front_door, names, regions, versions
from settings.access import AzurermBackend, Kubelogin
from settings.cross_rule import CrossRule, Finding
from settings.ingress_rules import INGRESS_RULES
from settings.model import Settings
from settings.network_rules import AKS, BOTH, NETWORK_RULES, POOLS


def _stacks(settings: Settings) -> Iterator[Finding]:
    if not settings.stacks or len(set(settings.stacks)) != len(settings.stacks):
        yield Finding(
            "stacks",
            '"aks", "istio", or both, each once',
            'write ["aks", "istio"], or ["istio"] for a cluster that exists already',
        )


def _pool_counts(pool: str) -> CrossRule:
    def check(settings: Settings) -> Iterator[Finding]:
        size = getattr(settings.node_pools, pool)
        if size.min_count > size.max_count or size.max_count == 0:
            yield Finding(
                f"node_pools.{pool}.max_count",
                f"at least min_count, {size.min_count}, and at least 1",
                "raise max_count or lower min_count",
            )

    return CrossRule((f"node_pools.{pool}.min_count", f"node_pools.{pool}.max_count"), check, AKS)


def _pool_zones(pool: str) -> CrossRule:
    def check(settings: Settings) -> Iterator[Finding]:
        zones = getattr(settings.node_pools, pool).zones
        if len(set(zones)) != len(zones):
            yield Finding(
                f"node_pools.{pool}.zones", "each zone once", "remove the zone that stands twice"
            )

    return CrossRule((f"node_pools.{pool}.zones",), check, AKS)


def _private_link_location(settings: Settings) -> Iterator[Finding]:
    region = settings.variables.region
    if settings.front_door.private_link_location or region in front_door.PRIVATE_LINK_REGIONS:
        return
    if meant := regions.nearest_spelling(region):
        yield Finding(
            "variables.region",
            "an Azure region; none that is known is written so",
            f'did you mean "{meant}"? For a newer region, name front_door.private_link_location',
        )
        return
    yield Finding(
        "front_door.private_link_location",
        f"a region in which Front Door offers Private Link, which {region} is not: "
        + ", ".join(front_door.PRIVATE_LINK_REGIONS),
        "name the nearest of these regions",
    )


def _kubelogin(settings: Settings) -> Iterator[Finding]:
    groups = settings.variables.rbac_aad_admin_group_object_ids
    if isinstance(settings.kubernetes, Kubelogin) and not groups:
        yield Finding(
            "kubernetes.access",
            '"kubelogin" only for a cluster with Entra integration, which the stack aks makes with'
            " variables.rbac_aad_admin_group_object_ids",
            'name the groups of its administrators, or write access = "cluster"',
        )


def _istio_on_kubernetes(settings: Settings) -> Iterator[Finding]:
    kubernetes_version = settings.variables.kubernetes_version
    supported = versions.supported_kubernetes(settings.istio.version)
    if kubernetes_version and supported and not supported.includes(kubernetes_version):
        yield Finding(
            "istio.version",
            f"a release that supports Kubernetes {kubernetes_version}; {settings.istio.version}"
            f" supports {supported}",
            "change istio.version or variables.kubernetes_version",
        )


def _node_resource_group(settings: Settings) -> Iterator[Finding]:
    name = names.node_resource_group(
        settings.names.resource_group, settings.names.cluster, settings.variables.region
    )
    if len(name) > names.LONGEST_NODE_RESOURCE_GROUP:
        yield Finding(
            "names.cluster",
            f"a name with which the group of the nodes, {name}, has"
            f" {names.LONGEST_NODE_RESOURCE_GROUP} characters at most; it has {len(name)}",
            "shorten names.cluster or names.resource_group",
        )


def _backend_keys(settings: Settings) -> Iterator[Finding]:
    backend = settings.backend
    if not isinstance(backend, AzurermBackend) or backend.istio_key is None:
        return
    if backend.aks_key == backend.istio_key:
        yield Finding(
            "backend.istio_key",
            "a key other than backend.aks_key: two stacks cannot share one state",
            'write a key for each stack, such as "aks.tfstate" and "istio.tfstate"',
        )


CROSS_RULES: tuple[CrossRule, ...] = (
    CrossRule(("stacks",), _stacks),
    *NETWORK_RULES,
    *INGRESS_RULES,
    *(_pool_counts(pool) for pool in POOLS),
    *(_pool_zones(pool) for pool in POOLS),
    CrossRule(
        ("front_door.private_link_location", "variables.region"), _private_link_location, BOTH
    ),
    CrossRule(("istio.version", "variables.kubernetes_version"), _istio_on_kubernetes, BOTH),
    CrossRule(
        ("names.resource_group", "names.cluster", "variables.region"), _node_resource_group, AKS
    ),
    CrossRule(("kubernetes.access", "variables.rbac_aad_admin_group_object_ids"), _kubelogin, BOTH),
    CrossRule(("backend.aks_key", "backend.istio_key"), _backend_keys, BOTH),
)
