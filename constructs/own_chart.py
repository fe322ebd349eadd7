"""Releases of the charts that stand in this repository, each beside its construct."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from cdktf import AssetType, ITerraformDependable, TerraformAsset
from cdktf_cdktf_provider_helm.release import Release
from constructs import Construct

from constructs.helm_release import ChartArguments, helm_release


def own_chart_release(
    scope: Construct,
    chart: Path,
    *,
    namespace: str,
    values: Mapping[str, Any],
    name: str | None = None,
    depends_on: Sequence[ITerraformDependable] = (),
) -> Release:
    """A release of a chart of our own, undone if it fails. One for each construct.

    The chart's path carries a hash of its content: the helm provider would not look for a change in
    a chart of the same version and place.

    Args:
        scope: the construct it belongs to, after which the chart's folder is named.
        chart: the chart's folder.
        namespace: where it goes; it must exist.
        values: the values of the chart.
        name: the release; called like the chart where it is not given.
        depends_on: what must exist before.

    Raises:
        ValueError: for a name that Kubernetes refuses.
    """
    version = yaml.safe_load((chart / "Chart.yaml").read_text())["version"]
    # "Default" is left out of the name of its folder, "Resource" of the release's address.
    asset = TerraformAsset(scope, "Default", path=str(chart), type=AssetType.DIRECTORY)
    return helm_release(
        scope,
        "Resource",
        name=name or chart.name,
        namespace=namespace,
        chart=ChartArguments(chart=asset.path, version=version),
        values=values,
        roll_back=True,
        depends_on=depends_on,
    )
