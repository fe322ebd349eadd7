"""AKS switches the OIDC issuer on by itself, and refuses to switch it off."""

import json

import pytest

from tests.acceptance.terraform.process import TerraformError
from tests.acceptance.terraform.stack import Stack
from tests.acceptance.world import World

CLUSTER = "azurerm_kubernetes_cluster.aks"


def _with_issuer(world: World, enabled: bool) -> Stack:
    """The stack aks with another value of the argument than ours."""
    stack = world.stack("aks")
    file = stack.folder / "cdk.tf.json"
    content = json.loads(file.read_text())
    content["resource"]["azurerm_kubernetes_cluster"]["aks"]["oidc_issuer_enabled"] = enabled
    file.write_text(json.dumps(content))
    return stack


def test_without_the_issuer_a_plan_wants_to_switch_it_off(deployed_aks: World) -> None:
    plan = _with_issuer(deployed_aks, enabled=False).plan()
    assert plan.actions == {CLUSTER: "update"}
    assert plan.changed(CLUSTER) == {"oidc_issuer_enabled", "oidc_issuer_url"}
    assert plan.after(CLUSTER)["oidc_issuer_enabled"] is False


def test_aks_refuses_to_switch_it_off(deployed_aks: World) -> None:
    stack = _with_issuer(deployed_aks, enabled=False)
    with pytest.raises(TerraformError, match="OIDC issuer feature cannot be disabled"):
        stack.apply()


def test_without_the_issuer_no_plan_is_ever_quiet(group: World) -> None:
    # azurerm 4.55.0 does not send the false, AKS switches the issuer on, and azurerm reads true.
    stack = _with_issuer(group, enabled=False)
    stack.apply("-target=azurerm_kubernetes_cluster.aks")
    asked = group.azure.recording.body("PUT", "*/managedClusters/istio-aks")
    assert "oidcIssuerProfile" not in asked["properties"]
    plan = stack.plan("-target=azurerm_kubernetes_cluster.aks")
    assert plan.actions == {CLUSTER: "update"}
