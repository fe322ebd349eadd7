import pytest
import yaml
from cdktf import TerraformStack

from constructs.mesh.mesh_objects import CHART, MeshObject, MeshObjects
from tests.rendering import helm
from tests.synthesis import synth, values

POLICY = {
    "apiVersion": "security.istio.io/v1",
    "kind": "PeerAuthentication",
    "metadata": {"name": "default", "namespace": "shop"},
    "spec": {"mtls": {"mode": "PERMISSIVE"}},
}
OTHER = POLICY | {"metadata": {"name": "default", "namespace": "cart"}}


def test_an_object_is_a_value_of_the_release(stack: TerraformStack) -> None:
    MeshObjects(stack, "mesh-objects", namespace="istio-system", objects=[POLICY])
    release = synth(stack)["resource"]["helm_release"]["mesh-objects"]
    assert values(release) == {"objects": [POLICY]}


def test_the_chart_writes_objects_as_they_are() -> None:
    done = helm("template", "mesh-objects", str(CHART), values={"objects": [POLICY, OTHER]})
    assert list(yaml.safe_load_all(done.stdout)) == [POLICY, OTHER]


@pytest.mark.parametrize(
    ("objects", "refused"),
    [
        ([POLICY, POLICY], "two of PeerAuthentication/shop/default"),
        (
            [POLICY | {"metadata": {"name": "default"}}],
            "PeerAuthentication default has no namespace",
        ),
    ],
)
def test_refuses_objects_that_helm_would_mix_up(
    stack: TerraformStack, objects: list[MeshObject], refused: str
) -> None:
    with pytest.raises(ValueError, match=refused):
        MeshObjects(stack, "mesh-objects", namespace="istio-system", objects=objects)
