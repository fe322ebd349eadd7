"""Rules that span tables, of trust inside the mesh."""

from collections.abc import Iterator

from rules import names, trust
from settings.cross_rules.rule import ISTIO, CrossRule
from settings.model import Settings
from settings.table import Finding

# Where pods with an identity of Azure get their tokens; AKS's webhook puts it into them.
LOGIN = "login.microsoftonline.com"
_SWITCH_ON = 'set istio.strict_mutual_tls = true, or mutual_tls = "strict" for it'


def _exceptions(settings: Settings) -> Iterator[Finding]:
    """Exceptions where there is a rule, and who calls is known where it is asked."""
    for name, namespace in settings.namespaces.items():
        key = f"namespaces.{name}"
        mesh_is_strict = settings.istio.strict_mutual_tls
        is_strict = namespace.mutual_tls == "strict" or mesh_is_strict
        if namespace.mutual_tls == "permissive" and not mesh_is_strict:
            yield Finding(
                f"{key}.mutual_tls",
                '"strict", or no value, where istio.strict_mutual_tls is false: everything takes'
                " plain text",
                "remove the key, or set istio.strict_mutual_tls = true",
            )
        if namespace.plain_text and not is_strict:
            yield Finding(
                f"{key}.plain_text",
                "no value where its pods take plain text on every port",
                f"remove it, or {_SWITCH_ON}",
            )
        if namespace.deny_all and not is_strict:
            yield Finding(
                f"{key}.deny_all",
                "false where its pods take plain text: who calls by it has no name, and would be"
                " refused",
                _SWITCH_ON,
            )


def _gateway_account(settings: Settings) -> Iterator[Finding]:
    account = settings.gateway.values.get("serviceAccount")
    if isinstance(account, dict) and {"name", "create"} & set(account):
        denying = [name for name, each in settings.namespaces.items() if each.deny_all]
        if denying:
            yield Finding(
                "gateway.values.serviceAccount",
                f"no name and no create of yours where namespaces.{denying[0]}.deny_all is true: it"
                f" lets in {names.INGRESS}/{names.INGRESS}",
                "remove the two keys",
            )


def _heard(settings: Settings) -> Iterator[Finding]:
    for name, namespace in settings.namespaces.items():
        if namespace.hears and not settings.istio.limit_sidecars:
            yield Finding(
                f"namespaces.{name}.hears",
                "no value where istio.limit_sidecars is false: sidecars hear everything",
                "remove it, or set istio.limit_sidecars = true",
            )


def _discovered(settings: Settings) -> Iterator[Finding]:
    options = settings.istio
    if not options.discovery_selectors:
        return
    known = {names.MESH_NAMESPACE, names.INGRESS, *settings.namespaces}
    known |= set(options.discovered_namespaces)
    fix = "add it to istio.discovered_namespaces"
    for name, namespace in settings.namespaces.items():
        for key in ("callers", "hears"):
            for index, each in enumerate(getattr(namespace, key)):
                of = trust.namespace_of(each)
                if of not in (trust.EVERY, *known):
                    yield Finding(
                        f"namespaces.{name}.{key}[{index}]",
                        f"a namespace that istiod looks at; {of} is none",
                        fix,
                    )
    for name, service in settings.external_services.items():
        for index, each in enumerate(service.namespaces):
            if each not in known:
                yield Finding(
                    f"external_services.{name}.namespaces[{index}]",
                    f"a namespace that istiod looks at; {each} is none",
                    fix,
                )


def _hosts_once(settings: Settings) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for name, service in settings.external_services.items():
        for index, host in enumerate(service.hosts):
            if seen.setdefault(host, name) != name:
                yield Finding(
                    f"external_services.{name}.hosts[{index}]",
                    f"a host that no other entry has; {seen[host]} has this one",
                    "remove one of the two",
                )


def _tokens(settings: Settings) -> Iterator[Finding]:
    """Pods with an identity of Azure ask for tokens outside of the mesh."""
    if settings.istio.egress == "any":
        return
    for name, identity in settings.workload_identities.items():
        if identity.namespace not in settings.namespaces:
            continue
        if not any(
            LOGIN in each.hosts and identity.namespace in (each.namespaces or settings.namespaces)
            for each in settings.external_services.values()
        ):
            yield Finding(
                "istio.egress",
                f'"any", or {LOGIN} in external_services for the namespace {identity.namespace}:'
                f" the pods of workload_identities.{name} get their tokens there",
                f'add [external_services.azure-login] with hosts = ["{LOGIN}"], and what they ask'
                " with the tokens",
            )
            return


TRUST_RULES: tuple[CrossRule, ...] = (
    CrossRule(("namespaces", "istio.strict_mutual_tls"), _exceptions, ISTIO),
    CrossRule(("namespaces", "gateway.values"), _gateway_account, ISTIO),
    CrossRule(("namespaces", "istio.limit_sidecars"), _heard, ISTIO),
    CrossRule(
        (
            "namespaces",
            "external_services",
            "istio.discovery_selectors",
            "istio.discovered_namespaces",
        ),
        _discovered,
        ISTIO,
    ),
    CrossRule(("external_services",), _hosts_once, ISTIO),
    CrossRule(
        ("istio.egress", "external_services", "workload_identities", "namespaces"), _tokens, ISTIO
    ),
)
