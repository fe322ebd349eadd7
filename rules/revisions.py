"""Control planes side by side: their names, and which may stand beside each other."""

import re

from rules import text_rule

# The control plane without a revision, as Istio calls it.
DEFAULT = "default"
# Istio's own limits (istio.io, setup/upgrade): side by side, with a control plane for each proxy,
# and in place, where the control plane goes ahead of the proxies.
MOST_MINORS_BESIDE = 2
MOST_MINORS_IN_PLACE = 1

# A label of Kubernetes that is part of the names istiod-NAME and istio-sidecar-injector-NAME.
revision = text_rule(
    r"[a-z\d]([-a-z\d]{0,30}[a-z\d])?",
    "1 to 32 small letters, digits and hyphens, such as a version with hyphens",
    "1-31-0",
)


def minor(version: str) -> int:
    """The minor version of a release of Istio, whose major version is 1."""
    return int(re.split(r"[.-]", version)[1])


def order(version: str) -> tuple[int, ...]:
    """What versions are sorted by; a release candidate like its release."""
    return tuple(int(each) for each in version.split("-", maxsplit=1)[0].split("."))


def minors_apart(one: str, other: str) -> int:
    """How many minor versions are between two releases; 0 for two patches of one."""
    return abs(minor(one) - minor(other))
