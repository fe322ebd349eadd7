import pytest
from cdktf import TerraformStack, TerraformVariable

from constructs.cluster.cluster import AksCluster
from constructs.cluster.identity import NetworkAccess
from constructs.cluster.network import Subnet, VirtualNetwork
from settings.node_pools import NODE_POOLS, NodePoolOptions
from tests.synthesis import Json, synth

SYSTEM = NodePoolOptions.model_validate(NODE_POOLS["system"])
GROUP = "11111111-2222-3333-4444-555555555555"


def cluster(
    stack: TerraformStack,
    *,
    options: NodePoolOptions = SYSTEM,
    dns_service_ip: str = "10.0.0.10",
    groups: list[str] | TerraformVariable | None = None,
) -> tuple[AksCluster, Subnet]:
    network = VirtualNetwork(
        stack,
        "network",
        name="vnet",
        resource_group_name="rg",
        location="westeurope",
        address_space="10.1.0.0/16",
    )
    subnet = Subnet(stack, "nodes", network=network, address_prefix="10.1.0.0/18")
    made = AksCluster(
        stack,
        "aks",
        name="mesh",
        resource_group_name="rg",
        location="westeurope",
        dns_prefix="mesh",
        subnet_id=subnet.id,
        system_pool=options,
        vm_size="Standard_D4s_v5",
        service_cidr="10.0.0.0/16",
        dns_service_ip=dns_service_ip,
        admin_group_object_ids=groups or (),
    )
    return made, subnet


def synthesized(stack: TerraformStack) -> Json:
    made: Json = synth(stack)["resource"]["azurerm_kubernetes_cluster"]["aks"]
    return made


def test_the_oidc_issuer_is_on_because_aks_never_lets_it_be_switched_off(
    stack: TerraformStack,
) -> None:
    cluster(stack)
    assert synthesized(stack)["oidc_issuer_enabled"] is True


def test_default_pool_has_the_values_of_the_original(stack: TerraformStack) -> None:
    cluster(stack)
    pool = synthesized(stack)["default_node_pool"]
    assert pool == {
        "name": "system",
        "type": "VirtualMachineScaleSets",
        "vm_size": "Standard_D4s_v5",
        "vnet_subnet_id": "${azurerm_subnet.nodes.id}",
        "zones": ["1", "2"],
        "auto_scaling_enabled": True,
        "min_count": 1,
        "max_count": 5,
        "max_pods": 100,
        "os_disk_size_gb": 50,
        "os_disk_type": "Managed",
        "scale_down_mode": "Delete",
        "host_encryption_enabled": False,
        "node_public_ip_enabled": False,
        "ultra_ssd_enabled": False,
        "node_labels": {"nodepool": "defaultnodepool"},
        "tags": {"Agent": "defaultnodepoolagent"},
        "temporary_name_for_rotation": "systemtmp",
        "upgrade_settings": {"max_surge": "10%"},
    }


def test_network_profile_has_the_values_of_the_original(stack: TerraformStack) -> None:
    cluster(stack)
    assert synthesized(stack)["network_profile"] == {
        "network_plugin": "azure",
        "network_policy": "azure",
        "dns_service_ip": "10.0.0.10",
        "service_cidr": "10.0.0.0/16",
        "load_balancer_sku": "standard",
        "outbound_type": "loadBalancer",
    }


def test_ignores_what_the_autoscaler_does_to_the_default_pool(stack: TerraformStack) -> None:
    cluster(stack)
    assert synthesized(stack)["lifecycle"] == {
        "ignore_changes": ["default_node_pool[0].node_count"]
    }


def test_default_pool_names_no_zones_where_none_are_given(stack: TerraformStack) -> None:
    cluster(stack, options=NodePoolOptions())
    assert "zones" not in synthesized(stack)["default_node_pool"]


def test_rotates_secrets_of_the_key_vault_provider(stack: TerraformStack) -> None:
    cluster(stack)
    assert synthesized(stack)["key_vault_secrets_provider"] == {
        "secret_rotation_enabled": True,
        "secret_rotation_interval": "3m",
    }


def test_has_no_entra_integration_by_itself(stack: TerraformStack) -> None:
    cluster(stack)
    made = synthesized(stack)
    assert "dynamic" not in made
    assert "azure_active_directory_role_based_access_control" not in made


def test_has_entra_integration_with_groups(stack: TerraformStack) -> None:
    cluster(stack, groups=[GROUP])
    assert synthesized(stack)["azure_active_directory_role_based_access_control"] == {
        "admin_group_object_ids": [GROUP]
    }


def test_leaves_entra_integration_to_a_variable(stack: TerraformStack) -> None:
    cluster(stack, groups=TerraformVariable(stack, "admins", type="list(string)"))
    block = "azure_active_directory_role_based_access_control"
    assert synthesized(stack)["dynamic"][block] == {
        "for_each": "${try(length(var.admins), 0) > 0 ? [var.admins] : []}",
        "content": {"admin_group_object_ids": f"${{{block}.value}}"},
    }


def test_system_pool_cannot_scale_to_nothing(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="min_count = 0: allowed: a whole number from 1 to 1000"):
        cluster(stack, options=NodePoolOptions(min_count=0))


def test_refuses_a_dns_address_outside_the_service_range(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="an address inside service_cidr, 10.0.0.0/16"):
        cluster(stack, dns_service_ip="10.1.0.10")


def test_identity_may_manage_the_subnet_and_no_more(stack: TerraformStack) -> None:
    made, subnet = cluster(stack)
    NetworkAccess(stack, "access", principal_id=made.principal_id, scope_id=subnet.id)
    role = synth(stack)["resource"]["azurerm_role_assignment"]["access"]
    assert role == {
        "role_definition_name": "Network Contributor",
        "scope": "${azurerm_subnet.nodes.id}",
        "principal_id": "${azurerm_kubernetes_cluster.aks.identity[0].principal_id}",
    }
