"""Names for revisions of Istio, which can move from one control plane to another."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from cdktf import ITerraformDependable
from constructs import Construct

from constructs.mesh.control_plane import service_of
from constructs.own_chart import own_chart_release

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
        self.release = own_chart_release(
            self,
            CHART,
            namespace=namespace,
            values={
                "tags": {
                    tag: {"revision": revision, "service": service_of(revision)}
                    for tag, revision in tags.items()
                }
            },
            depends_on=depends_on,
        )
