"""The control planes of the mesh, and which of them a gateway follows."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.synthesized import Synthesized


@dataclass(frozen=True)
class ControlPlane:
    """An istiod, and the names by which it is followed: its revision, and tags."""

    name: str
    version: str
    followed_by: frozenset[str]


def control_planes(stacks: Synthesized) -> Iterator[ControlPlane]:
    """The releases of Istio's chart istiod."""
    tags: dict[str, str] = {}
    for release in stacks.made("helm_release"):
        for tag, behind in stacks.values(release).get("tags", {}).items():
            tags[tag] = behind["revision"]
    for release in stacks.made("helm_release"):
        if release.content.get("chart", "").rsplit("/", 1)[-1] == "istiod":
            own = str(stacks.values(release).get("revision", ""))
            names = [tag for tag, revision in tags.items() if revision in (own, own or "default")]
            yield ControlPlane(
                name=stacks.text(release, "name"),
                version=str(release.content.get("version", "")),
                followed_by=frozenset([own, *names]),
            )
