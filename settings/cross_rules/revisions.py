"""Rules that span tables, of the control planes that namespaces and gateway follow."""

from collections.abc import Iterator

from settings.cross_rules.rule import ISTIO, CrossRule
from settings.model import Settings
from settings.table import Finding


def _known(settings: Settings) -> Iterator[Finding]:
    known = settings.istio.can_be_followed()
    followed = {
        "gateway.revision": settings.gateway.revision,
        **{
            f"namespaces.{name}.revision": options.revision
            for name, options in settings.namespaces.items()
        },
    }
    listed = ", ".join(f'"{each}"' for each in known)
    for key, name in followed.items():
        if name is not None and name not in known:
            yield Finding(
                key,
                f"a control plane or a tag of istio: {listed}",
                "name one of them, or add it to istio.revisions",
            )


REVISION_RULES: tuple[CrossRule, ...] = (
    CrossRule(("istio", "gateway.revision", "namespaces"), _known, ISTIO),
)
