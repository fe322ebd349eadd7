import pytest
from cdktf import TerraformStack

from constructs.mesh.sidecar_injection import SidecarInjection
from tests.synthesis import synth


def test_labels_the_namespace_and_leaves_it_alone_otherwise(stack: TerraformStack) -> None:
    SidecarInjection(stack, "default", namespace="default")
    resources = synth(stack)["resource"]
    assert resources == {
        "kubernetes_labels": {
            "default": {
                "api_version": "v1",
                "kind": "Namespace",
                "metadata": {"name": "default"},
                "labels": {"istio-injection": "enabled"},
            }
        }
    }


def test_refuses_a_name(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="1 to 63 lower-case letters"):
        SidecarInjection(stack, "default", namespace="Default")
