"""Where the charts take their images from, and how each of them is told a digest.

Read in the templates of the charts istiod and cni 1.31.0, cert-manager 1.21.1 and
kube-prometheus-stack 88.5.3; tests/recorded/images.json has what they make of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from rules import images
from settings.merging import merged

Values = Mapping[str, Any]
Path = tuple[str, ...]
# All of it with its digest; the digest alone; the digest without the name of its algorithm.
Form = Literal["reference", "digest", "hex"]


@dataclass(frozen=True)
class Place:
    """A value of a chart that names an image, or its digest only.

    Args:
        path: the keys that lead to it.
        image: what pods ask for without a digest; None where nobody knows it here.
        form: what stands there.
    """

    path: Path
    image: str | None
    form: Form = "reference"

    def value(self, digest: str) -> str:
        """What stands there, with this digest."""
        if self.form == "reference":
            return f"{self.image}@{digest}"
        return digest if self.form == "digest" else digest.removeprefix("sha256:")


def places(chart: str, version: str, values: Values) -> Iterator[Place]:
    """Where a release names its images; nothing for a chart that brings none.

    What the values say of an image holds: it is another one then, or one that is not known.

    Args:
        chart: the chart's name.
        version: its version.
        values: all values of the release.
    """
    if chart == "istiod":
        yield from _istiod(version, values)
    elif chart == "cni":
        yield _istio(("cni", "image"), "install-cni", version, values)
    elif chart == "cert-manager":
        yield from _cert_manager(version, values)
    elif chart == "kube-prometheus-stack":
        yield from _monitoring(version, values)


def _istiod(version: str, values: Values) -> Iterator[Place]:
    yield _istio(("pilot", "image"), "pilot", version, values)
    # What istiod puts into pods: all of it is taken as it is where a slash is in it.
    given = values.get("global") or {}
    for key in ("proxy", "proxy_init"):
        name = (given.get(key) or {}).get("image") or "proxyv2"
        yield Place(("global", key, "image"), _of_istio(name, version, given))


def _istio(path: Path, name: str, version: str, values: Values) -> Place:
    """An image of a chart, whose values may stand in a table of their own or outside of it."""
    given = merged(dict(values), dict(values.get(path[0]) or {}))
    everywhere = given.get("global") or {}
    chosen = {key: given[key] for key in ("hub", "tag", "variant") if given.get(key)}
    return Place(path, _of_istio(given.get("image") or name, version, everywhere | chosen))


def _of_istio(name: str, version: str, given: Values) -> str:
    if "/" in name:
        return name
    hub = given.get("hub") or f"{images.ISTIO_HOST}/{images.ISTIO_PATH}"
    tag = "-".join(filter(None, (given.get("tag") or version, given.get("variant"))))
    return f"{hub}/{name}:{tag}"


def _cert_manager(version: str, values: Values) -> Iterator[Place]:
    registry = values.get("imageRegistry")
    is_theirs = "imageNamespace" in values
    for each in images.of_cert_manager(version):
        component = each.name.rpartition("cert-manager-")[2].partition(":")[0]
        path = ("image",) if component == "controller" else (component, "image")
        if not _has_digest(values, path):
            known = None if is_theirs or _is_theirs(values, path) else each.in_registry(registry)
            yield Place((*path, "digest"), known, "digest")


# By the end of the image's name: the table of the image, and how it takes a digest.
_PARTS: Mapping[str, tuple[Path, str, Form]] = {
    "prometheus/prometheus": (("prometheus", "prometheusSpec", "image"), "sha", "hex"),
    "prometheus/alertmanager": (("alertmanager", "alertmanagerSpec", "image"), "sha", "hex"),
    "prometheus-operator/prometheus-operator": (("prometheusOperator", "image"), "sha", "hex"),
    "prometheus-operator/prometheus-config-reloader": (
        ("prometheusOperator", "prometheusConfigReloader", "image"),
        "sha",
        "hex",
    ),
    "jkroepke/kube-webhook-certgen": (
        ("prometheusOperator", "admissionWebhooks", "patch", "image"),
        "sha",
        "hex",
    ),
    "grafana/grafana": (("grafana", "image"), "sha", "hex"),
    "kiwigrid/k8s-sidecar": (("grafana", "sidecar", "image"), "sha", "hex"),
    "curlimages/curl": (("grafana", "downloadDashboardsImage"), "sha", "hex"),
    # Named sha, and takes all of it.
    "kube-state-metrics/kube-state-metrics": (("kube-state-metrics", "image"), "sha", "digest"),
    "prometheus/node-exporter": (("prometheus-node-exporter", "image"), "digest", "digest"),
}


def _monitoring(version: str, values: Values) -> Iterator[Place]:
    registry = (values.get("global") or {}).get("imageRegistry")
    dashboards = bool(_at(values, ("grafana", "dashboards")))
    known = images.of_monitoring(version, dashboards=dashboards)
    if known is None:
        yield Place((), None)
        return
    for each in known:
        path, key, form = _PARTS[each.name.partition(":")[0]]
        if not _has_digest(values, path):
            known_as = None if _is_theirs(values, path) else each.in_registry(registry)
            yield Place((*path, key), known_as, form)


def _has_digest(values: Values, path: Path) -> bool:
    """Whether the user has said which image it is, by a digest."""
    return any(_at(values, (*path, key)) for key in ("sha", "digest"))


def _is_theirs(values: Values, path: Path) -> bool:
    """Whether the user has said that it is another one."""
    return any(_at(values, (*path, key)) for key in ("registry", "repository", "name", "tag"))


def _at(values: Values, path: Path) -> Any:
    found: Any = values
    for part in path:
        if not isinstance(found, Mapping):
            return None
        found = found.get(part)
    return found
