"""Names for revisions of Istio, which can move from one control plane to another."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml
from cdktf import AssetType, ITerraformDependable, TerraformAsset
from constructs import Construct

from constructs.helm_release import ChartArguments, helm_release
from constructs.mesh.control_plane import service_of

CHART = Path(__file__).parent / "revision-tags"


class RevisionTags(Construct):
    """The webhooks by which pods get their proxy from the control plane that a tag stands for.

    Exposes `release`.

    Args:
        namespace: that of the mesh.
        tags: the revision behind each tag.
        depends_on: the control planes.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        namespace: str,
        tags: Mapping[str, str],
        depends_on: Sequence[ITerraformDependable],
    ) -> None:
        super().__init__(scope, id_)
        chart = yaml.safe_load((CHART / "Chart.yaml").read_text())
        asset = TerraformAsset(self, "Default", path=str(CHART), type=AssetType.DIRECTORY)
        self.release = helm_release(
            self,
            "Resource",
            name=CHART.name,
            namespace=namespace,
            chart=ChartArguments(chart=asset.path, version=chart["version"]),
            values={
                "tags": {
                    tag: {"revision": revision, "service": service_of(revision)}
                    for tag, revision in tags.items()
                }
            },
            roll_back=True,
            depends_on=depends_on,
        )
