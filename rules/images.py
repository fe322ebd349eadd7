"""Images: what a registry is called, and which images the charts' releases bring.

tests/recorded/images.json has what the real charts name.
"""

import re
from dataclasses import dataclass

from rules import RuleError, rule
from rules.releases import PROMETHEUS_STACK_VERSION

_HOST = r"[a-z\d](?:[-a-z\d]*[a-z\d])?(?:\.[a-z\d](?:[-a-z\d]*[a-z\d])?)+(?::\d{1,5})?"
_REGISTRY = rf"{_HOST}(?:/[a-z\d]+(?:[._-][a-z\d]+)*)*"
AZURE = ".azurecr.io"


@rule("the host name of a registry, perhaps with a path, such as `contoso.azurecr.io`", _REGISTRY)
def registry(value: str) -> str:
    """A rule for a registry, as it stands before the name of an image (distribution/reference)."""
    if not re.fullmatch(_REGISTRY, value, re.ASCII):
        raise RuleError(
            "the host name of a registry in small letters, perhaps with a path; no https:// and no"
            " slash at its end",
            'write it as "contoso.azurecr.io"',
        )
    return value


@dataclass(frozen=True)
class Image:
    """An image where it is published.

    Args:
        host: its registry.
        name: repository and tag, which stay in a registry of one's own.
    """

    host: str
    name: str

    def __str__(self) -> str:
        return f"{self.host}/{self.name}"

    def in_registry(self, chosen: str | None) -> str:
        """What a pod asks for: from the chosen registry, or from its own."""
        return f"{chosen or self.host}/{self.name}"


def image(reference: str) -> Image:
    """An image by its reference; without a host it is Docker Hub's (distribution/reference)."""
    first, _, rest = reference.partition("/")
    if rest and re.search(r"[.:]|^localhost$", first):
        return Image(first, rest)
    return Image("docker.io", reference if rest else f"library/{reference}")


# Istio gives up its own registry, and switches it off for tests until December 2026. Docker Hub has
# every release, and from 1.31 on it alone (istio.io, upgrade notes of 1.31).
ISTIO_HOST, ISTIO_PATH = "docker.io", "istio"
# What istiod puts into pods, and itself.
_ISTIO = ("pilot", "proxyv2")
_CNI = "install-cni"
# What the charts call those with nothing but the program, and how their tags end.
DISTROLESS = "distroless"
_CERT_MANAGER = ("controller", "webhook", "cainjector", "startupapicheck")
# By the version of kube-prometheus-stack. A new version has other tags: tests/recording.py.
_MONITORING = {
    PROMETHEUS_STACK_VERSION: (
        "docker.io/grafana/grafana:13.2.0",
        "ghcr.io/jkroepke/kube-webhook-certgen:1.8.7",
        "quay.io/kiwigrid/k8s-sidecar:2.10.1",
        "quay.io/prometheus-operator/prometheus-config-reloader:v0.93.1",
        "quay.io/prometheus-operator/prometheus-operator:v0.93.1",
        "quay.io/prometheus/alertmanager:v0.34.0",
        "quay.io/prometheus/node-exporter:v1.12.1-distroless",
        "quay.io/prometheus/prometheus:v3.14.0-distroless",
        "registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.20.0",
    )
}
# What fetches dashboards before Grafana starts, where there are any to fetch.
_DASHBOARDS = {PROMETHEUS_STACK_VERSION: "docker.io/curlimages/curl:8.21.0"}


def of_istio(version: str, *, cni: bool = False, distroless: bool = False) -> list[Image]:
    """The images of a release of Istio that pods run.

    Args:
        version: the release.
        cni: whether istio-cni is among them.
        distroless: whether those are meant that have nothing but the program.
    """
    tag = f"{version}-{DISTROLESS}" if distroless else version
    found = (*_ISTIO, *((_CNI,) if cni else ()))
    return [Image(ISTIO_HOST, f"{ISTIO_PATH}/{name}:{tag}") for name in found]


def of_cert_manager(version: str) -> list[Image]:
    """The images of a release of cert-manager; not acmesolver, which proves no name by DNS."""
    tag = f"v{version.removeprefix('v')}"
    return [Image("quay.io", f"jetstack/cert-manager-{name}:{tag}") for name in _CERT_MANAGER]


def of_monitoring(version: str, *, dashboards: bool = False) -> list[Image] | None:
    """The images of a version of kube-prometheus-stack; None for one that is not known here.

    Args:
        version: the chart's.
        dashboards: whether some are fetched.
    """
    known = _MONITORING.get(version)
    if known is None:
        return None
    return [image(each) for each in (*known, *([_DASHBOARDS[version]] if dashboards else ()))]
