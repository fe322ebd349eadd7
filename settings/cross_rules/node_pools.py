"""Rules that span tables, of the node pools and of who runs on them."""

from collections.abc import Iterator

from rules.nodes import CRITICAL_TAINT, keeps_pods_away, temporary_name
from settings.cross_rules.rule import AKS, BOTH, CrossRule
from settings.model import Settings
from settings.node_pools import SYSTEM_POOL, ephemeral_findings
from settings.table import Finding


def _system_pool(settings: Settings) -> Iterator[Finding]:
    pool = settings.node_pools.get(SYSTEM_POOL)
    if pool is None:
        yield Finding(
            f"node_pools.{SYSTEM_POOL}.enabled",
            "true: it is the cluster's own pool, and a cluster without one cannot be",
            "remove the key",
        )
        return
    if pool.mode != "System":
        yield Finding(
            f"node_pools.{SYSTEM_POOL}.mode", '"System": AKS\'s own pods run here', "remove the key"
        )
    for key in ("taints", "dedicated"):
        if getattr(pool, key):
            yield Finding(
                f"node_pools.{SYSTEM_POOL}.{key}",
                "no value: the cluster's own pool is open to AKS's own pods",
                "remove the key, or make another pool",
            )
    if pool.gpu_driver_written:
        yield Finding(
            f"node_pools.{SYSTEM_POOL}.vm_size",
            "a size without GPU, none of the N series",
            "make another pool for it",
        )


def _critical_addons(settings: Settings) -> Iterator[Finding]:
    """Azurerm has the key in the cluster's own pool only."""
    for name, pool in settings.node_pools.items():
        if pool.critical_addons_only and name != SYSTEM_POOL:
            yield Finding(
                f"node_pools.{name}.critical_addons_only",
                "no value: only the cluster's own pool, system, has this key",
                f'write taints = ["{CRITICAL_TAINT}"]',
            )


def _temporary_names(settings: Settings) -> Iterator[Finding]:
    """Azurerm makes a pool of this name while it replaces one."""
    taken = dict.fromkeys(settings.node_pools, "")
    for name in settings.node_pools:
        temporary = temporary_name(name)
        if temporary in taken:
            owner = taken[temporary] or temporary
            other = "the pool itself" if owner == name else f"the pool {owner}"
            yield Finding(
                f"node_pools.{name}",
                "a name whose first nine letters are free: while it rotates, the pool is called"
                f" {temporary}, which is for {other}",
                "rename one of the two",
            )
        taken.setdefault(temporary, name)


def _default_size(settings: Settings) -> Iterator[Finding]:
    for name, pool in settings.node_pools.items():
        if pool.os_disk_type == "Ephemeral" and pool.vm_size is None:
            yield from ephemeral_findings(
                f"node_pools.{name}.vm_size", settings.cluster.agents_size
            )


def _pools_exist(settings: Settings) -> Iterator[Finding]:
    for key, name in (
        ("gateway.node_pool", settings.gateway.node_pool),
        ("istio.node_pool", settings.istio.node_pool),
    ):
        if name is not None and name not in settings.node_pools:
            yield Finding(
                key,
                "one of the pools " + ", ".join(settings.node_pools),
                "name one of them, or add it to node_pools",
            )


def _room_for_the_gateway(settings: Settings) -> Iterator[Finding]:
    name, least = settings.gateway.node_pool, settings.gateway.min_available + 1
    pool = settings.node_pools.get(name)
    if pool is None or settings.gateway.min_replicas == 1:
        return
    # None at all is refused by itself.
    if not 0 < pool.max_count < least:
        return
    if any(keeps_pods_away(taint) for taint in pool.all_taints(name)):
        reason = f"gateway.min_replicas is {settings.gateway.min_replicas}"
        if least > 2:
            reason = f"gateway.min_available is {settings.gateway.min_available}"
        yield Finding(
            f"node_pools.{name}.max_count",
            f"at least {least} where {reason}: its pods"
            " run on this pool only, and two never on one node",
            "raise max_count, set gateway.min_replicas = 1, or"
            f" node_pools.{name}.dedicated = false",
        )


def _room_for_istiod(settings: Settings) -> Iterator[Finding]:
    name = settings.istio.node_pool
    pool = settings.node_pools.get(name) if name else None
    if pool is None or pool.max_count != 1 or (settings.istio.min_replicas or 1) == 1:
        return
    if any(keeps_pods_away(taint) for taint in pool.all_taints(name or "")):
        yield Finding(
            f"node_pools.{name}.max_count",
            f"at least 2 where istio.min_replicas is {settings.istio.min_replicas}: istiod runs on"
            " this pool only, and two of it never on one node",
            "raise max_count, or remove istio.min_replicas or istio.node_pool",
        )


def _spot(settings: Settings) -> Iterator[Finding]:
    for key, name in (
        ("gateway.node_pool", settings.gateway.node_pool),
        ("istio.node_pool", settings.istio.node_pool),
    ):
        pool = settings.node_pools.get(name) if name else None
        if pool is not None and pool.spot:
            yield Finding(
                key,
                "a pool whose nodes stay: Azure takes those of a spot pool back at any time",
                "name another pool",
            )


NODE_POOL_RULES: tuple[CrossRule, ...] = (
    CrossRule(("node_pools",), _system_pool, AKS),
    CrossRule(("node_pools.*.critical_addons_only",), _critical_addons, AKS),
    CrossRule(("node_pools",), _temporary_names, AKS),
    CrossRule(
        ("node_pools.*.os_disk_type", "node_pools.*.vm_size", "cluster.agents_size"),
        _default_size,
        AKS,
    ),
    CrossRule(("gateway.node_pool", "istio.node_pool", "node_pools"), _pools_exist, BOTH),
    CrossRule(
        (
            "gateway.node_pool",
            "gateway.min_replicas",
            "gateway.min_available",
            "node_pools.*.max_count",
            "node_pools.*.dedicated",
            "node_pools.*.taints",
        ),
        _room_for_the_gateway,
        BOTH,
    ),
    CrossRule(
        ("istio.node_pool", "istio.min_replicas", "node_pools"),
        _room_for_istiod,
        BOTH,
    ),
    CrossRule(("gateway.node_pool", "istio.node_pool", "node_pools.*.spot"), _spot, BOTH),
)
