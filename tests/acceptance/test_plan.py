"""Scenario 1: a plan on an empty subscription."""

from pathlib import Path

import pytest

from tests.acceptance.project import ROOT
from tests.acceptance.terraform.process import TerraformError
from tests.acceptance.world import World

GROUP = "00000000-0000-0000-0000-000000000001"


def test_aks_creates_nine_resources(empty: World) -> None:
    plan = empty.stack("aks").plan()
    assert plan.actions == {
        "azurerm_kubernetes_cluster.aks": "create",
        "azurerm_kubernetes_cluster_node_pool.ingress": "create",
        "azurerm_kubernetes_cluster_node_pool.user": "create",
        "azurerm_resource_group.this": "create",
        "azurerm_role_assignment.plc-network-contributor": "create",
        "azurerm_role_assignment.system-network-contributor": "create",
        "azurerm_subnet.plc": "create",
        "azurerm_subnet.system": "create",
        "azurerm_virtual_network.network": "create",
    }


def test_a_plan_changes_nothing(empty: World) -> None:
    empty.stack("aks").plan()
    assert empty.azure.recording.writes() == []


@pytest.mark.parametrize(
    ("tfvars", "size"),
    [
        ('agents_size = "Standard_D3_v2"', "Standard_D3_v2"),  # the original's
        ((ROOT / "tfvars").read_text(), "Standard_D4s_v5"),
        ('region = "WestEurope"', "Standard_D4s_v5"),
        ('region = "West Europe"', "Standard_D4s_v5"),
        ('agents_size = "standard_d4s_v5"', "standard_d4s_v5"),
    ],
)
def test_aks_takes_the_tfvars_of_the_original_and_ours(
    empty: World, tmp_path: Path, tfvars: str, size: str
) -> None:
    file = tmp_path / ".tfvars"
    file.write_text(tfvars)
    plan = empty.stack("aks").plan(f"-var-file={file}")
    for pool in ("user", "ingress"):
        assert plan.after(f"azurerm_kubernetes_cluster_node_pool.{pool}")["vm_size"] == size


@pytest.mark.parametrize(
    ("variable", "message"),
    [
        ('kubernetes_version = "1.31"', "Istio 1.31.0 supports Kubernetes 1.32 to 1.36."),
        ('agents_size = "D4s_v5"', "agents_size must be an Azure VM size"),
        ('agents_size = "Standard_4"', "agents_size must be an Azure VM size"),
        ('agents_size = "Standard_Potato"', "agents_size must be an Azure VM size"),
        ('agents_size = "Standard_B4ms"', "agents_size must not be of the B series"),
        ('agents_size = "Standard_NC4as_T4_v3"', "agents_size must not be of the N series"),
        ('region = "west-europe"', "region must be an Azure region"),
        ('region = "westus"', "region must be one in which Front Door offers Private Link"),
        ('rbac_aad_admin_group_object_ids = ["admins"]', "must be null or a list of UUIDs"),
    ],
)
def test_aks_refuses_a_variable_in_the_plan(
    empty: World, tmp_path: Path, variable: str, message: str
) -> None:
    file = tmp_path / ".tfvars"
    file.write_text(variable)
    with pytest.raises(TerraformError, match=message):
        empty.stack("aks").plan(f"-var-file={file}")


@pytest.mark.parametrize(("ids", "blocks"), [("null", 0), ("[]", 0), (f'["{GROUP}"]', 1)])
def test_entra_integration_follows_the_variable(
    empty: World, tmp_path: Path, ids: str, blocks: int
) -> None:
    file = tmp_path / ".tfvars"
    file.write_text(f"rbac_aad_admin_group_object_ids = {ids}")
    cluster = empty.stack("aks").plan(f"-var-file={file}").after("azurerm_kubernetes_cluster.aks")
    assert len(cluster["azure_active_directory_role_based_access_control"]) == blocks


def test_istio_before_aks_names_the_missing_group(empty: World) -> None:
    stack = empty.stack("istio")
    with pytest.raises(TerraformError, match="Resource Group .*istio-aks.* was not found"):
        stack.plan()
