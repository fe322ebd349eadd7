import pytest
from cdktf import App, TerraformStack
from constructs import Construct

from constructs.mesh.namespace import Namespace
from tests.synthesis import synth


def test_direct_child_is_named_by_its_id(stack: TerraformStack) -> None:
    Namespace(stack, "apps", name="apps")
    assert list(synth(stack)["resource"]["kubernetes_namespace_v1"]) == ["apps"]


def test_deeper_child_is_named_by_its_path_without_a_hash(stack: TerraformStack) -> None:
    Namespace(Construct(stack, "team"), "apps", name="apps")
    assert list(synth(stack)["resource"]["kubernetes_namespace_v1"]) == ["team-apps"]


def test_same_address_twice_is_refused(stack: TerraformStack) -> None:
    Namespace(stack, "team-apps", name="one")
    with pytest.raises(ValueError, match="kubernetes_namespace_v1.team-apps exists in the stack"):
        Namespace(Construct(stack, "team"), "apps", name="two")


def test_same_address_in_another_stack_is_fine(stack: TerraformStack) -> None:
    other = TerraformStack(App.of(stack), "other")
    Namespace(stack, "apps", name="apps")
    Namespace(other, "apps", name="apps")
    assert list(synth(other)["resource"]["kubernetes_namespace_v1"]) == ["apps"]
