"""Helm releases: where a chart comes from, and which values it is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_helm.release import Release
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import names, versions, whole_number
from rules.helm_values import escaped
from rules.repositories import REMOTE
from settings.merging import merged
from settings.yaml_text import yaml_text


@dataclass(frozen=True, kw_only=True)
class ChartArguments:
    """How a release names its chart: in a repository, or by the path of its folder."""

    chart: str
    version: str
    repository: str | None = None


@dataclass(frozen=True, kw_only=True)
class ChartSource:
    """A family of charts that are released together, and where they are.

    Args:
        repository: an https:// or oci:// address, or a folder with a folder for each chart, as
            seen from the synthesized stack.
        version: the exact version of every chart in the family. A folder must hold charts of this
            version: the helm provider refuses the plan otherwise.
    """

    repository: str
    version: str

    @property
    def is_folder(self) -> bool:
        """Whether the charts are files rather than packages in a repository."""
        return not self.repository.startswith(REMOTE)

    def arguments(self, chart: str) -> ChartArguments:
        """How a release names one of the charts."""
        if self.is_folder:
            return ChartArguments(chart=f"{self.repository}/{chart}", version=self.version)
        return ChartArguments(chart=chart, version=self.version, repository=self.repository)


def helm_release(
    scope: Construct,
    id_: str,
    *,
    name: str,
    namespace: str,
    chart: ChartArguments,
    values: Mapping[str, Any] | None = None,
    user_values: Mapping[str, object] | None = None,
    timeout_in_seconds: int = 300,
    roll_back: bool = False,
    lint: bool = False,
    depends_on: Sequence[ITerraformDependable] = (),
) -> Release:
    """A Helm release named by its path in the stack.

    Args:
        scope: the construct it belongs to.
        id_: its id there; "Default" to be named like the construct.
        name: the release, 1 to 53 characters.
        namespace: where it goes; it must exist. Helm's own create_namespace would leave the
            namespace behind on destroy.
        chart: which chart, from where.
        values: our values for the chart.
        user_values: those of the user, which win: tables merge, lists are replaced. Terraform takes
            their texts as they stand. All of it is written as YAML, so that a plan shows a change
            line by line.
        timeout_in_seconds: how long Helm waits for its pods and services, 1 to 3600.
        roll_back: whether a failed release is undone (Helm's atomic).
        lint: whether Helm checks chart and values during plan.
        depends_on: what must exist before, and still exist when this is destroyed.

    Raises:
        ValueError: for a version that is not exact, or a timeout out of range.
    """
    subject = f"Release {name}"
    guard(f"{subject} name", name, names.kubernetes)
    guard(f"{subject} version", chart.version, versions.release)
    guard(f"{subject} timeout_in_seconds", timeout_in_seconds, whole_number(1, 3600, "seconds"))
    written = merged(dict(values or {}), escaped(user_values or {}))
    release = Release(
        scope,
        id_,
        name=name,
        namespace=namespace,
        chart=chart.chart,
        repository=chart.repository,
        version=chart.version,
        values=[yaml_text(written)] if written else None,
        timeout=timeout_in_seconds,
        atomic=roll_back,
        lint=lint,
        depends_on=list(depends_on) or None,
    )
    logical_id_by_path(release, "helm_release")
    return release
