"""Until when releases are supported by those who publish them.

The one table of dates; `make check` compares it with today. What is expected is not decided yet:
Istio ends a minor version six weeks after the second one that follows it, cert-manager with the
second one that follows.
"""

from dataclasses import dataclass
from datetime import date

from rules.versions import minor_of

SOON_DAYS = 60


@dataclass(frozen=True)
class End:
    """When a minor version leaves support.

    Args:
        on: the last day.
        expected: whether its publishers only expect it.
    """

    on: date
    expected: bool = False


@dataclass(frozen=True)
class Product:
    """Something with a version, and the ends of its minor versions."""

    name: str
    ends: dict[str, End]


# istio.io, supported releases, of August 2026; 1.32 came in October or November.
ISTIO = Product(
    "Istio",
    {
        "1.27": End(date(2026, 4, 7)),
        "1.28": End(date(2026, 7, 1)),
        "1.29": End(date(2026, 10, 12)),
        "1.30": End(date(2026, 12, 15), expected=True),
        "1.31": End(date(2027, 3, 31), expected=True),
    },
)
# azure-aks-docs, supported-kubernetes-versions.md, of 5 August 2026.
KUBERNETES = Product(
    "Kubernetes on AKS",
    {
        "1.32": End(date(2026, 3, 31)),
        "1.33": End(date(2026, 7, 31)),
        "1.34": End(date(2026, 11, 30)),
        "1.35": End(date(2027, 3, 31)),
        "1.36": End(date(2027, 6, 30)),
    },
)
# The same page: with long-term support a year more.
LONG_TERM_DAYS = 365
# cert-manager.io, releases: 1.22 is expected in November 2026, 1.23 four months later.
CERT_MANAGER = Product(
    "cert-manager",
    {
        "1.19": End(date(2026, 7, 8)),
        "1.20": End(date(2026, 11, 30), expected=True),
        "1.21": End(date(2027, 3, 31), expected=True),
    },
)


@dataclass(frozen=True)
class Said:
    """What is known of a version: a sentence, and whether somebody should act."""

    text: str
    is_urgent: bool


def said(product: Product, version: str, today: date, more_days: int = 0) -> Said:
    """What is to be said of a version.

    Args:
        product: what it is a version of.
        version: the version.
        today: the day it is asked.
        more_days: for how long it is supported after its end, by whoever is paid for it.
    """
    name = f"{product.name} {version}"
    end = product.ends.get(minor_of(version))
    if end is None:
        return Said(f"{name}: its end of support is not in our table, rules/support.py", False)
    on = date.fromordinal(end.on.toordinal() + more_days)
    left = (on - today).days
    about = "about " if end.expected else ""
    if left < 0:
        return Said(f"{name} is out of support since {about}{on}", True)
    return Said(f"{name} is supported until {about}{on}", left <= SOON_DAYS)
