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
    "1.17": KubernetesRange(23, 26),
    "1.28": KubernetesRange(30, 34),
    "1.29": KubernetesRange(31, 35),
    "1.30": KubernetesRange(32, 36),
}


def release(value: str) -> str:
    """A rule for the exact version of a chart: three numbers, perhaps with a suffix."""
    if not re.fullmatch(r"\d+\.\d+\.\d+(-[\dA-Za-z.-]+)?", value):
        raise RuleError("an exact version of three numbers", 'write it as "1.30.3"')
    return value


def kubernetes(value: str) -> str:
    """A rule for a Kubernetes version as AKS takes it: a minor version, or an exact one."""
    if not re.fullmatch(r"1\.\d{1,2}(\.\d{1,2})?", value):
        raise RuleError(
            'a Kubernetes version, "1.35" or "1.35.2"', 'write it in quotes, such as "1.35"'
        )
    return value


def supported_kubernetes(istio_version: str) -> KubernetesRange | None:
    """The Kubernetes versions that an Istio version supports; None where that is not known."""
    return ISTIO_KUBERNETES.get(".".join(istio_version.split(".")[:2]))
