"""What a plan of the stack istio does to the releases of Istio, and what Istio does not support.

The plan says what is deployed and what would be, whatever the settings were before: each release's
version before and after, and who followed which control plane.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from app.errors import Problem
from rules import names
from rules.repositories import chart_name
from rules.revisions import (
    DEFAULT,
    MOST_MINORS_BESIDE,
    MOST_MINORS_IN_PLACE,
    minors_apart,
)

Json = dict[str, Any]
_REVISION, _INJECTION = "istio.io/rev", "istio-injection"
_NAMESPACE = "the namespace "


@dataclass(frozen=True)
class Moment:
    """What there is before a plan, or after it.

    Args:
        planes: the release of each control plane, by revision.
        gateways: the release of each gateway, by name.
        followed: which revision or tag is followed, by who follows it.
        tags: the control plane behind each tag.
    """

    planes: Mapping[str, str]
    gateways: Mapping[str, str]
    followed: Mapping[str, str]
    tags: Mapping[str, str]

    def plane_of(self, follower: str) -> str | None:
        """The control plane that somebody follows, if anybody is there of this name."""
        name = self.followed.get(follower)
        return self.tags.get(name, name) if name else None


def problems(plan: Json) -> list[Problem]:
    """A line for each thing in a plan that would leave a proxy without a control plane of its own.

    Args:
        plan: what `terraform show -json` says of it.
    """
    before, after = moment(plan, "before"), moment(plan, "after")
    return [
        *_steps(before, after),
        *_side_by_side(before, after),
        *_left_behind(before, after),
        *_not_there_yet(before, after),
        *_tags_that_go(before, after),
    ]


def _steps(before: Moment, after: Moment) -> Iterator[Problem]:
    """Releases that become others in place: a control plane goes ahead of its proxies."""
    for revision, version in after.planes.items():
        deployed = before.planes.get(revision, version)
        if minors_apart(deployed, version) > MOST_MINORS_IN_PLACE:
            yield _problem(
                "istio.version" if revision == DEFAULT else f"istio.revisions.{revision}",
                version,
                f"at most {MOST_MINORS_IN_PLACE} minor version away from {deployed}, which is"
                " deployed: its proxies would be too far behind",
                "go by each minor version, or by a revision beside it (docs/upgrade.md)",
            )


def _side_by_side(before: Moment, after: Moment) -> Iterator[Problem]:
    """New control planes beside those that are there, and stay or go in this plan."""
    for revision in after.planes.keys() - before.planes.keys():
        version = after.planes[revision]
        for other, deployed in before.planes.items():
            if minors_apart(deployed, version) > MOST_MINORS_BESIDE:
                yield _problem(
                    f"istio.revisions.{revision}",
                    version,
                    f"at most {MOST_MINORS_BESIDE} minor versions away from {other}, {deployed},"
                    " which is deployed",
                    "go by a minor version between",
                )


def _left_behind(before: Moment, after: Moment) -> Iterator[Problem]:
    """Control planes that go while somebody follows them: pods keep their proxy until they end."""
    for revision in sorted(before.planes.keys() - after.planes.keys()):
        if not after.planes:
            continue  # The mesh is destroyed.
        followers = sorted(each for each in before.followed if before.plane_of(each) == revision)
        if followers:
            yield _problem(
                "istio.in_place" if revision == DEFAULT else "istio.revisions",
                False if revision == DEFAULT else revision,
                f"the control plane {revision}, as long as it is followed by"
                f" {', '.join(followers)}",
                "let them follow another one, apply that, and start their pods anew; then take it"
                " away",
            )


def _not_there_yet(before: Moment, after: Moment) -> Iterator[Problem]:
    """Names that come in the plan in which namespaces begin to follow them.

    Terraform labels a namespace at once, and the webhook comes later: until then pods start without
    a proxy, and nobody says so. The gateway waits for it.
    """
    if not before.planes:
        return  # The mesh is new, and so are its pods.
    for name in sorted({*after.planes, *after.tags} - {*before.planes, *before.tags}):
        followers = sorted(
            each
            for each, its_name in after.followed.items()
            if its_name == name and before.followed.get(each, name) != name
            if each.startswith(_NAMESPACE)
        )
        if followers:
            is_tag = name in after.tags
            yield _problem(
                f"istio.{'tags' if is_tag else 'revisions'}.{name}",
                after.tags[name] if is_tag else after.planes[name],
                f"nobody that follows it in the plan that makes it, but {', '.join(followers)}"
                " would: pods that start before it is there have no proxy",
                "deploy it alone, then let them follow it",
            )


def _tags_that_go(before: Moment, after: Moment) -> Iterator[Problem]:
    """Tags whose webhook goes in the plan in which they are left, in an order that nobody says."""
    for tag in sorted(before.tags.keys() - after.tags.keys()):
        followers = sorted(
            each for each, name in before.followed.items() if name == tag and each in after.followed
        )
        if followers and after.planes:
            yield _problem(
                f"istio.tags.{tag}",
                before.tags[tag],
                f"the tag, as long as it is followed by {', '.join(followers)}: pods that start"
                " between would have no proxy",
                "let them follow another name, and deploy that; then take the tag away",
            )


def _problem(key: str, value: object, allowed: str, fix: str) -> Problem:
    return Problem(source="plan", key=key, value=value, allowed=allowed, fix=fix)


def moment(plan: Json, when: str) -> Moment:
    """What there is before a plan, or after it.

    Args:
        plan: what `terraform show -json` says of it.
        when: `before` or `after`.
    """
    planes: dict[str, str] = {}
    gateways: dict[str, str] = {}
    followed: dict[str, str] = {}
    tags: dict[str, str] = {}
    for each in plan.get("resource_changes", []):
        type_, found = each["type"], each["change"][when]
        if each["mode"] != "managed" or found is None:
            continue
        if type_ == "helm_release":
            chart = chart_name(str(found["chart"]))
            values = _values(found)
            if chart == "istiod":
                planes[values.get("revision") or DEFAULT] = found["version"]
            elif chart == "gateway":
                gateways[found["name"]] = found["version"]
                followed[f"the gateway {found['name']}"] = values.get("revision") or DEFAULT
            elif found["name"] == names.REVISION_TAGS:
                tags |= {tag: plane["revision"] for tag, plane in values["tags"].items()}
        elif type_ in ("kubernetes_labels", "kubernetes_namespace_v1"):
            metadata = found["metadata"][0]
            labels = found.get("labels") or metadata.get("labels") or {}
            if _REVISION in labels or _INJECTION in labels:
                name = f"{_NAMESPACE}{metadata['name']}"
                followed[name] = labels.get(_REVISION, DEFAULT)
    return Moment(planes, gateways, followed, tags)


def _values(release: Json) -> Json:
    values: Json = {}
    for text in release.get("values") or []:
        values |= yaml.safe_load(text) or {}
    return values
