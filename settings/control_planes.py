"""Istio's control planes: their releases, their names, and who is served by which."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from rules import releases, repositories, versions
from rules.revisions import DEFAULT, MOST_MINORS_BESIDE, minors_apart, order, revision
from settings.table import Finding, Table, together

Revision = Annotated[str, revision]


class ControlPlanes(Table):
    """What of the table `istio` says which control planes there are."""

    version: Annotated[str, versions.istio] = releases.ISTIO_VERSION
    """The release of the control plane without a revision, `default`, and of what follows it.
    Another one upgrades in place: istiod at once, gateway and sidecars when their pods start anew.
    One minor version at a time."""
    in_place: bool = True
    """Whether there is a control plane without a revision. `false`: `revisions` alone, and nothing
    may follow `default` any more."""
    revisions: dict[Revision, Annotated[str, versions.istio]] = {}
    """Control planes beside it, each with its release: `{ "1-31-0" = "1.31.0" }`. A new one serves
    nobody until something follows it; one that goes must have nobody left. docs/upgrade.md."""
    tags: dict[Revision, Revision] = {}
    """Names of yours that namespaces and the gateway can follow in the place of a revision:
    `{ stable = "1-31-0" }`. Another revision takes effect when pods start anew."""
    revision: Revision = DEFAULT
    """The revision or tag that namespaces and the gateway follow if they say nothing else. Moving
    the gateway starts its pods anew, one by one; those of namespaces you start anew yourself."""
    chart_repository: Annotated[str, repositories.chart_repository] = releases.ISTIO_CHARTS
    """Where their charts are."""

    @property
    def control_planes(self) -> dict[str, str]:
        """The release of each control plane, by its revision."""
        return {**({DEFAULT: self.version} if self.in_place else {}), **self.revisions}

    @property
    def newest_version(self) -> str:
        """The release whose kinds are installed: those of older ones are among them."""
        return max(self.control_planes.values(), key=order)

    def revision_of(self, followed: str | None) -> str:
        """The control plane behind a revision or tag; that of `revision` where nothing is said."""
        name = followed or self.revision
        return self.tags.get(name, name)

    def version_of(self, followed: str | None) -> str:
        """The release of the control plane behind a revision or tag."""
        return self.control_planes[self.revision_of(followed)]

    def can_be_followed(self) -> list[str]:
        """What namespaces and the gateway may name."""
        return [*self.control_planes, *self.tags]

    @together("in_place", "revisions")
    def _somebody(self) -> Iterator[Finding]:
        if not self.control_planes:
            yield Finding(
                "in_place",
                "true where there are no istio.revisions: the mesh needs a control plane",
                "remove the key, or name a revision",
            )
        if DEFAULT in self.revisions:
            yield Finding(
                "revisions",
                f'names other than "{DEFAULT}", which is that of istio.version',
                'name it after its release, such as "1-31-0"',
            )

    @together("version", "in_place", "revisions")
    def _not_too_far_apart(self) -> Iterator[Finding]:
        planes = list(self.control_planes.items())
        for index, (name, version) in enumerate(planes):
            for other, its_version in planes[:index]:
                if minors_apart(version, its_version) > MOST_MINORS_BESIDE:
                    yield Finding(
                        f"revisions.{name}",
                        f"at most {MOST_MINORS_BESIDE} minor versions away from {other},"
                        f" {its_version}: Istio supports no more in one step",
                        "go by a minor version between",
                    )

    @together("in_place", "revisions", "tags", "revision")
    def _followed(self) -> Iterator[Finding]:
        for tag, name in self.tags.items():
            if tag == DEFAULT or tag in self.revisions:
                yield Finding(
                    f"tags.{tag}", "a name that no control plane has", "choose another name"
                )
            if name not in self.control_planes:
                yield Finding(
                    f"tags.{tag}",
                    f"a control plane: {_listed(self.control_planes)}",
                    "name one of them, or add it to istio.revisions",
                )
        if self.control_planes and self.revision not in self.can_be_followed():
            yield Finding(
                "revision",
                f"a control plane or a tag: {_listed(self.can_be_followed())}",
                "name one of them, or add it to istio.revisions",
            )

    @together("version", "in_place", "revisions", "chart_repository")
    def _one_folder(self) -> Iterator[Finding]:
        is_folder = not self.chart_repository.startswith(repositories.REMOTE)
        if is_folder and len(set(self.control_planes.values())) > 1:
            yield Finding(
                "chart_repository",
                "an address where there is more than one release: a folder holds one",
                "name a repository of charts",
            )


def _listed(known: Iterable[str]) -> str:
    return ", ".join(f'"{each}"' for each in known)
