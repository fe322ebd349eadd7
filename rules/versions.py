"""Versions: their form, and which Istio runs on which Kubernetes."""

import re
from dataclasses import dataclass

from rules import RuleError


@dataclass(frozen=True)
class KubernetesRange:
    """Kubernetes minor versions from 1.first to 1.last."""

    first: int
    last: int

    def includes(self, version: str) -> bool:
        """Whether a version such as "1.35" or "1.35.2" is among them."""
        return self.first <= int(version.split(".")[1]) <= self.last

    def __str__(self) -> str:
        return f"1.{self.first} to 1.{self.last}"


# istio.io, supported releases. A minor version that is not listed here is not checked, so that a
# release newer than this table is not held up by it.
ISTIO_KUBERNETES = {
    "1.28": KubernetesRange(30, 34),
    "1.29": KubernetesRange(31, 35),
    "1.30": KubernetesRange(32, 36),
}


# The chart ingress-routing uses Istio's v1 APIs, which 1.22 brought.
OLDEST_ISTIO_MINOR = 22


def release(value: str) -> str:
    """A rule for the exact version of a chart, as Semantic Versioning writes it."""
    number = r"(0|[1-9]\d*)"
    identifier = rf"({number}|\d*[A-Za-z-][\dA-Za-z-]*)"
    pattern = rf"{number}\.{number}\.{number}(-{identifier}(\.{identifier})*)?"
    if not re.fullmatch(pattern, value, re.ASCII) or value.endswith("-"):
        raise RuleError("an exact version of three numbers", 'write it as "1.30.3"')
    return value


def istio(value: str) -> str:
    """A rule for a release of Istio whose charts work here."""
    major, minor, *_ = map(int, release(value).split("-")[0].split("."))
    if major != 1 or minor < OLDEST_ISTIO_MINOR:
        raise RuleError(
            f"a release of Istio from 1.{OLDEST_ISTIO_MINOR}.0 on, the first with the APIs that"
            " the chart ingress-routing uses",
            'write a supported release, such as "1.30.3"',
        )
    return value


def kubernetes(value: str) -> str:
    """A rule for a Kubernetes version as AKS takes it: a minor version, or an exact one."""
    if not re.fullmatch(r"1\.\d{1,2}(\.\d{1,2})?", value, re.ASCII):
        raise RuleError(
            'a Kubernetes version, "1.35" or "1.35.2"', 'write it in quotes, such as "1.35"'
        )
    return value


def supported_kubernetes(istio_version: str) -> KubernetesRange | None:
    """The Kubernetes versions that an Istio version supports; None where that is not known."""
    return ISTIO_KUBERNETES.get(".".join(istio_version.split(".")[:2]))
