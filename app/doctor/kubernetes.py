"""The versions of Kubernetes that the region offers, and the one that the cluster would get."""

from collections.abc import Iterator, Sequence
from functools import partial

from app.doctor.azure import Json, NotAnsweredError
from app.doctor.site import CLUSTERS, Question, Site
from app.errors import Problem
from rules.revisions import DEFAULT
from rules.versions import supported_kubernetes

# Microsoft.ContainerService, KubernetesVersions_List.
LONG_TERM, OFFICIAL = "AKSLongTermSupport", "KubernetesOfficial"


def questions(site: Site) -> Iterator[Question]:
    """One for the whole list."""
    if site.makes("aks"):
        yield partial(_versions, site)


def _versions(site: Site) -> Iterator[Problem]:
    path = f"{site.root}/providers/Microsoft.ContainerService/locations/{site.region}"
    found = site.azure.get(f"{path}/kubernetesVersions", CLUSTERS)
    if found is None:
        raise NotAnsweredError(f"{path}/kubernetesVersions: Azure knows no such region")
    offered: Sequence[Json] = found["values"]
    cluster = (site.cluster or {}).get("properties") or {}
    present = cluster.get("currentKubernetesVersion") or cluster.get("kubernetesVersion")
    wanted = site.settings.cluster.kubernetes_version
    look = f"`az aks get-versions --location {site.region} --output table` shows them"
    if wanted is None:
        yield from _by_itself(site, offered, present, look)
        return
    entry = next((each for each in offered if each["version"] == _minor(wanted)), None)
    is_offered = entry is not None and (
        wanted == entry["version"] or wanted in (entry.get("patchVersions") or {})
    )
    if not is_offered and not f"{present}.".startswith(f"{wanted}."):
        yield site.problem(
            ("cluster", "kubernetes_version"),
            f"a version that AKS offers in {site.region}: "
            + ", ".join(sorted(str(each["version"]) for each in offered)),
            f"write one of these; {look} with their patches",
            wanted,
        )
    elif entry is not None:
        yield from _support(site, entry, wanted)


def _support(site: Site, entry: Json, wanted: str) -> Iterator[Problem]:
    plans = (entry.get("capabilities") or {}).get("supportPlan") or (OFFICIAL,)
    has_long_term = site.settings.cluster.long_term_support
    if has_long_term and LONG_TERM not in plans:
        yield site.problem(
            ("cluster", "long_term_support"),
            f"false with {wanted}, of which AKS gives no long-term support",
            "remove it, or take another version",
            True,
        )
    if not has_long_term and OFFICIAL not in plans:
        yield site.problem(
            ("cluster", "kubernetes_version"),
            "a version that is not in long-term support only",
            'write a newer one, or tier = "Premium" and long_term_support = true',
            wanted,
        )


def _by_itself(
    site: Site, offered: Sequence[Json], present: str | None, look: str
) -> Iterator[Problem]:
    """Whether Istio runs on the version that is there, or that AKS would take by itself."""
    default = next((str(each["version"]) for each in offered if each.get("isDefault")), None)
    version = present or default
    if version is None:
        return
    what = "which the cluster has" if present else f"AKS's default in {site.region}"
    for name, release in site.settings.istio.control_planes.items():
        supported = supported_kubernetes(release)
        if supported and not supported.includes(version):
            yield site.problem(
                ("istio", "version") if name == DEFAULT else ("istio", "revisions", name),
                f"a release that supports Kubernetes {version}, {what}; this one supports"
                f" {supported}",
                f"write cluster.kubernetes_version, or another release; {look}",
                release,
            )


def _minor(version: str) -> str:
    return ".".join(version.split(".")[:2])
