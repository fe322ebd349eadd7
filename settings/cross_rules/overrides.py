"""Rules of what is laid over a resource by its address."""

from collections.abc import Iterator

from rules import overrides
from rules.keys import key_of
from settings.cross_rules.rule import CrossRule
from settings.model import Settings
from settings.table import Finding


def _promises(settings: Settings) -> Iterator[Finding]:
    for address, arguments in settings.overrides.items():
        for broken in overrides.broken(address, arguments):
            key = f"{key_of(('overrides', address))}.{broken.key}"
            yield Finding(key, broken.allowed, broken.fix, shows_value=not broken.is_secret)


OVERRIDE_RULES: tuple[CrossRule, ...] = (CrossRule(("overrides",), _promises),)
