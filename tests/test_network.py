import pytest
from cdktf import TerraformStack

from constructs.cluster.network import Subnet, VirtualNetwork
from tests.synthesis import Json, synth


def network(stack: TerraformStack, address_space: str = "10.1.0.0/16") -> VirtualNetwork:
    return VirtualNetwork(
        stack,
        "network",
        name="hub",
        resource_group_name="rg",
        location="westeurope",
        address_space=address_space,
    )


def subnet(stack: TerraformStack, *, hosts_private_link_service: bool) -> Json:
    Subnet(
        stack,
        "plc",
        network=network(stack),
        address_prefix="10.1.4.0/24",
        hosts_private_link_service=hosts_private_link_service,
    )
    made: Json = synth(stack)["resource"]["azurerm_subnet"]["plc"]
    return made


def test_network_has_its_name_and_range(stack: TerraformStack) -> None:
    network(stack)
    made = synth(stack)["resource"]["azurerm_virtual_network"]["network"]
    assert (made["name"], made["address_space"]) == ("hub", ["10.1.0.0/16"])


def test_network_refuses_a_range_with_host_bits(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match='write "10.1.0.0/16"'):
        network(stack, address_space="10.1.0.1/16")


def test_subnet_lies_in_its_network(stack: TerraformStack) -> None:
    made = subnet(stack, hosts_private_link_service=False)
    assert made["virtual_network_name"] == "${azurerm_virtual_network.network.name}"


def test_subnet_keeps_private_link_service_policies_on(stack: TerraformStack) -> None:
    made = subnet(stack, hosts_private_link_service=False)
    assert made["private_link_service_network_policies_enabled"] is True


def test_subnet_of_a_private_link_service_has_them_off_as_aks_wants(stack: TerraformStack) -> None:
    made = subnet(stack, hosts_private_link_service=True)
    assert made["private_link_service_network_policies_enabled"] is False


def test_subnet_keeps_the_private_endpoint_policies_of_the_original(stack: TerraformStack) -> None:
    made = subnet(stack, hosts_private_link_service=True)
    assert made["private_endpoint_network_policies"] == "Enabled"


def test_subnet_refuses_a_range_smaller_than_azure_gives_out(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="a range of /29 or larger"):
        Subnet(stack, "tiny", network=network(stack), address_prefix="10.1.4.0/30")
