"""Versions: their form, and which Istio runs on which Kubernetes."""

import re
from dataclasses import dataclass

from rules import Rule, RuleError, rule


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
    "1.31": KubernetesRange(32, 36),
}


# The chart ingress-routing uses Istio's v1 APIs, which 1.22 brought.
OLDEST_ISTIO_MINOR = 22


_NUMBER = r"(0|[1-9]\d*)"
_IDENTIFIER = rf"({_NUMBER}|\d*[A-Za-z-][\dA-Za-z-]*)"
_RELEASE = rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(-{_IDENTIFIER}(\.{_IDENTIFIER})*)?"


@rule("an exact version of three numbers", _RELEASE)
def release(value: str) -> str:
    """A rule for the exact version of a chart, as Semantic Versioning writes it."""
    if not re.fullmatch(_RELEASE, value, re.ASCII) or value.endswith("-"):
        raise RuleError("an exact version of three numbers", 'write it as "1.31.0"')
    return value


@rule(f"an exact version, 1.{OLDEST_ISTIO_MINOR}.0 or newer", _RELEASE)
def istio(value: str) -> str:
    """A rule for a release of Istio whose charts work here."""
    major, minor, *_ = map(int, release(value).split("-")[0].split("."))
    if major != 1 or minor < OLDEST_ISTIO_MINOR:
        raise RuleError(
            f"a release 1.x of Istio from 1.{OLDEST_ISTIO_MINOR}.0 on, the first with the APIs that"
            " the chart ingress-routing uses",
            'write a supported release, such as "1.31.0"',
        )
    return value


_KUBERNETES = r"1\.\d{1,2}(\.\d{1,2})?"


@rule('a Kubernetes version, `"1.35"` or `"1.35.2"`', _KUBERNETES)
def kubernetes(value: str) -> str:
    """A rule for a Kubernetes version as AKS takes it: a minor version, or an exact one."""
    if not re.fullmatch(_KUBERNETES, value, re.ASCII):
        raise RuleError(
            'a Kubernetes version, "1.35" or "1.35.2"', 'write it in quotes, such as "1.35"'
        )
    return value


def minor_of(version: str) -> str:
    """The minor version, such as 1.31, of a release such as 1.31.0 or v1.31.0."""
    return ".".join(version.removeprefix("v").split(".")[:2])


def supported_kubernetes(istio_version: str) -> KubernetesRange | None:
    """The Kubernetes versions that an Istio version supports; None where that is not known."""
    return ISTIO_KUBERNETES.get(minor_of(istio_version))


# What the bindings of Pipfile wrap, and what everything here is tried with.
AZURERM = "4.55.0"
HELM = "3.1.1"
KUBERNETES_PROVIDER = "2.38.0"


def _provider(oldest: str) -> Rule[str]:
    major = oldest.partition(".")[0]
    allowed = f"an exact version, {oldest} or newer, below {int(major) + 1}.0.0"

    @rule(allowed, rf"{major}\.\d+\.\d+")
    def check(value: str) -> str:
        numbers = re.fullmatch(r"(\d+)\.(\d+)\.(\d+)", release(value), re.ASCII)
        least = tuple(map(int, oldest.split(".")))
        if not numbers or numbers[1] != major or tuple(map(int, numbers.groups())) < least:
            raise RuleError(allowed, f'write a release such as "{oldest}"')
        return value

    return check


# The JSON of the bindings is that of these; the next major version renames what is in it.
azurerm = _provider(AZURERM)
helm = _provider(HELM)
kubernetes_provider = _provider(KUBERNETES_PROVIDER)
