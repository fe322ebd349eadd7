import pytest
from cdktf import TerraformOutput, TerraformStack

from constructs.mesh.namespace import Namespace
from tests.synthesis import synth


def test_has_name_and_labels(stack: TerraformStack) -> None:
    Namespace(stack, "apps", name="apps", labels={"istio-injection": "enabled"})
    made = synth(stack)["resource"]["kubernetes_namespace_v1"]["apps"]
    assert made["metadata"] == {"name": "apps", "labels": {"istio-injection": "enabled"}}


def test_name_is_a_reference_so_that_contents_come_after(stack: TerraformStack) -> None:
    namespace = Namespace(stack, "apps", name="apps")
    TerraformOutput(stack, "name", value=namespace.name)
    assert synth(stack)["output"]["name"]["value"] == (
        "${kubernetes_namespace_v1.apps.metadata[0].name}"
    )


@pytest.mark.parametrize("name", ["", "Apps", "my_apps", "-apps", "a" * 64])
def test_refuses_a_name(stack: TerraformStack, name: str) -> None:
    with pytest.raises(ValueError, match="1 to 63 lower-case letters, digits and hyphens"):
        Namespace(stack, "apps", name=name)
