"""Rules that span tables, of the sidecars and of what a user tells istiod about them."""

from collections.abc import Iterator

from rules import helm_values
from settings.cross_rules.rule import ISTIO, CrossRule
from settings.model import Settings
from settings.promises import promises, said
from settings.table import Finding


def _said_once(settings: Settings) -> Iterator[Finding]:
    own = said("proxies", settings.proxies, helm_values.PROXIES_KEYS)
    yield from promises("istio.istiod_values", settings.istio.istiod_values, own)


PROXY_RULES: tuple[CrossRule, ...] = (CrossRule(("proxies", "istio"), _said_once, ISTIO),)
