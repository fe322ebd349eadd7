"""Objects that hold for the mesh and its namespaces, such as policies and telemetry."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cdktf import ITerraformDependable
from constructs import Construct

from constructs.own_chart import own_chart_release

CHART = Path(__file__).parent / "mesh-objects"
MeshObject = Mapping[str, Any]


class MeshObjects(Construct):
    """Objects of Istio's kinds and of Kubernetes', which a chart of our own writes as they are.

    They come by Helm because `kubernetes_manifest` would need Istio's kinds while Terraform plans,
    before Istio is there (docs/decisions/a-chart-of-our-own.md). A plan shows them line by line.

    Exposes `release`.

    Args:
        namespace: the namespace of the release; istio-system by convention.
        objects: whole objects. Each names its namespace, and no two have the same kind, namespace
            and name.
        depends_on: what must exist before: the kinds, the webhook that checks them, the namespaces.

    Raises:
        ValueError: for an object without a namespace, or for two of one name.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        namespace: str,
        objects: Sequence[MeshObject],
        depends_on: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        _each_once(id_, objects)
        self.release = own_chart_release(
            self,
            CHART,
            namespace=namespace,
            values={"objects": [dict(each) for each in objects]},
            depends_on=depends_on,
        )


def _each_once(id_: str, objects: Sequence[MeshObject]) -> None:
    seen: set[tuple[str, str, str]] = set()
    for each in objects:
        metadata = each["metadata"]
        if "namespace" not in metadata:
            raise ValueError(
                f"MeshObjects {id_}: {each['kind']} {metadata['name']} has no namespace"
            )
        known = (each["kind"], metadata["namespace"], metadata["name"])
        if known in seen:
            raise ValueError(f"MeshObjects {id_}: two of {'/'.join(known)}")
        seen.add(known)
