"""Rules that span tables, of a deployment of the original that has come under these stacks."""

from collections.abc import Iterator

from settings.cross_rules.rule import CrossRule
from settings.model import Settings
from settings.table import Finding


def _with_its_front_door(settings: Settings) -> Iterator[Finding]:
    if settings.adoption.original and settings.edge_is_apart:
        yield Finding(
            "adoption.original",
            "false where Front Door is in the stacks edge and traffic: the original has it in the"
            " state of the stack istio",
            'keep stacks = ["aks", "istio"]',
        )


ADOPTION_RULES: tuple[CrossRule, ...] = (
    CrossRule(("adoption.original", "stacks", "existing.edge"), _with_its_front_door),
)
