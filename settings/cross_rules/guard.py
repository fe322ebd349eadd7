"""Rules that span tables, of what guards the cluster and its pods, and of identities."""

from collections.abc import Iterator

from rules import names, pod_security, roles
from settings.cross_rules.rule import AKS, ISTIO, CrossRule
from settings.model import Settings
from settings.sidecars import WHY, need_net_admin
from settings.table import Finding


def _deny(settings: Settings) -> Iterator[Finding]:
    policy = settings.guard.policy
    if policy and policy.effect == "Deny" and need_net_admin(settings):
        yield Finding(
            "guard.policy.effect",
            f'"Audit": {WHY}, and the initiative {policy.initiative} would let none of their pods'
            " start",
            'write "Audit", or set istio.cni = true',
        )


def _need_the_host(settings: Settings) -> Iterator[Finding]:
    """Pods of ours that no initiative lets start, and that the mesh is not without."""
    policy = settings.guard.policy
    if policy is None or policy.effect != "Deny" or "istio" not in settings.stacks:
        return
    if need_net_admin(settings):
        return  # Refused by itself.
    needed = {names.MESH_NAMESPACE: "istio-cni"}
    if settings.monitoring.enabled:
        needed[names.MONITORING] = "node-exporter"
    for namespace, program in needed.items():
        if namespace not in policy.excluded_namespaces:
            yield Finding(
                "guard.policy.excluded_namespaces",
                f'{namespace} among them with effect = "Deny": {program} there needs the nodes'
                " themselves",
                f'add {namespace} = "{program} needs the nodes", or write effect = "Audit"',
                shows_value=False,
            )


def _enforced(settings: Settings) -> Iterator[Finding]:
    for name, namespace in settings.namespaces.items():
        is_too_strict = namespace.pod_security in pod_security.FORBID_NET_ADMIN
        if namespace.pod_security_enforced and is_too_strict and need_net_admin(settings):
            yield Finding(
                f"namespaces.{name}.pod_security_enforced",
                f"false with {namespace.pod_security}: {WHY}, so that none of its pods would start",
                "remove the key: the level is reported without it; or set istio.cni = true",
            )


def _identity(settings: Settings) -> Iterator[Finding]:
    if settings.workload_identities and settings.cluster.workload_identity is False:
        yield Finding(
            "cluster.workload_identity",
            "true with workload_identities, which no pod could have otherwise",
            "remove the key",
        )


def _vault(settings: Settings) -> Iterator[Finding]:
    if settings.guard.key_vault is not None:
        return
    for name, identity in settings.workload_identities.items():
        for index, role in enumerate(identity.roles):
            if role.scope == roles.KEY_VAULT:
                yield Finding(
                    f"workload_identities.{name}.roles[{index}].scope",
                    f'an id where there is no guard.key_vault: "{roles.KEY_VAULT}" stands for it',
                    "set guard.key_vault, or write the id of a vault",
                )


GUARD_RULES: tuple[CrossRule, ...] = (
    CrossRule(("guard.policy.effect", "istio.cni"), _deny, AKS),
    CrossRule(
        ("guard.policy", "istio.cni", "monitoring.enabled"),
        _need_the_host,
        AKS,
    ),
    CrossRule(("namespaces", "istio.cni"), _enforced, ISTIO),
    CrossRule(("workload_identities", "cluster.workload_identity"), _identity, AKS),
    CrossRule(("workload_identities", "guard.key_vault"), _vault, AKS),
)
