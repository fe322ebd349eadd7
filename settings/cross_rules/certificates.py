"""Rules that span keys, of certificates of one's own."""

from collections.abc import Iterator

from rules import domains
from settings.cross_rules.rule import CrossRule
from settings.model import Settings
from settings.table import Finding


def _in_the_subscription(settings: Settings) -> Iterator[Finding]:
    """Front Door reads no vault of another (azure-docs, frontdoor/domain.md)."""
    own = settings.subscription_id
    for host, domain in settings.domains.items():
        if own is None or domain.certificate is None:
            continue
        if domains.vault_subscription(domain.certificate.vault) != own.lower():
            yield Finding(
                f'domains."{host}".certificate.vault',
                f"a vault of subscription_id, {own}: Front Door reads no other",
                "name a vault of that subscription",
            )


def _told_apart(settings: Settings) -> Iterator[Finding]:
    vaults: dict[str, tuple[str, str]] = {}
    secrets: dict[str, tuple[str, str]] = {}
    for host, domain in settings.domains.items():
        if domain.certificate is None:
            continue
        key = f'domains."{host}".certificate'
        vault, name = domain.certificate.vault, domain.certificate.name
        known, other = vaults.setdefault(domains.vault_name(vault), (vault.lower(), host))
        if known != vault.lower():
            yield Finding(
                f"{key}.vault",
                f"the id that {other} has for this vault: there is one vault of a name",
                "write the same id for both",
            )
        secret = domains.secret_name(vault, name)
        known, other = secrets.setdefault(secret.lower(), (domain.certificate.id, host))
        if known != domain.certificate.id:
            yield Finding(
                f"{key}.name",
                f"a name other than {name} beside the certificate of {other}: both would be called"
                f" {secret}",
                "store the certificate under another name",
            )


CERTIFICATE_RULES: tuple[CrossRule, ...] = (
    CrossRule(("domains", "subscription_id"), _in_the_subscription),
    CrossRule(("domains",), _told_apart),
)
