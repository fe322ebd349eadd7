"""Rules that span tables, of the namespaces of applications."""

from collections.abc import Iterator

from rules import quotas
from settings.cross_rules.rule import BOTH, ISTIO, CrossRule
from settings.model import Settings
from settings.sidecars import limits
from settings.table import Finding


def _groups(settings: Settings) -> Iterator[Finding]:
    if settings.has_entra:
        return
    for name, namespace in settings.namespaces.items():
        for key in ("editors", "viewers"):
            if getattr(namespace, key):
                yield Finding(
                    f"namespaces.{name}.{key}",
                    "no groups in a cluster without Entra integration, where nobody is in one",
                    "set access.azure_rbac, or name the groups of cluster.admin_group_object_ids",
                )


def _sidecars(settings: Settings) -> Iterator[Finding]:
    for name, namespace in settings.namespaces.items():
        for resource, limit in limits(settings).items():
            highest = getattr(namespace.limits, f"max_{resource}")
            if highest and quotas.amount(highest) < quotas.amount(limit):
                yield Finding(
                    f"namespaces.{name}.limits.max_{resource}",
                    f"at least {limit}, the limit of a sidecar: no pod would start otherwise",
                    "raise it, or lower global.proxy.resources in istio.istiod_values",
                )


def _policies(settings: Settings) -> Iterator[Finding]:
    made = settings.istio.network_policies
    for name, namespace in settings.namespaces.items():
        for key in ("network_policy", "reached_from", "reaches"):
            if getattr(namespace, key) and not made:
                yield Finding(
                    f"namespaces.{name}.{key}",
                    "no value without istio.network_policies, which makes them",
                    "set that as well, or remove the key",
                )
        for each in namespace.reached_namespaces():
            other = settings.namespaces.get(each)
            if made and other is not None and other.has_network_policy:
                yield Finding(
                    f"namespaces.{name}.reaches",
                    f"no namespace with a policy of its own, as {each}: it says itself who comes",
                    f'write namespaces.{each}.reached_from = ["{name}"], which opens both sides',
                )


NAMESPACE_RULES: tuple[CrossRule, ...] = (
    CrossRule(("namespaces", "access.azure_rbac", "cluster.admin_group_object_ids"), _groups, BOTH),
    CrossRule(("namespaces", "istio.istiod_values"), _sidecars, ISTIO),
    CrossRule(("namespaces", "istio.network_policies"), _policies, ISTIO),
)
