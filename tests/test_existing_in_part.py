"""Where only a part exists: what is made in it."""

from pathlib import Path

from tests.test_existing import NETWORK, SUBNETS, found, stacks


def test_a_network_by_name_is_that_of_the_group(tmp_path: Path) -> None:
    text = f'[existing]\nresource_group = true\nvirtual_network = "hub"\n{SUBNETS}'
    assert found(stacks(tmp_path, text)["aks"], "azurerm_subnet")["plc"] == {
        "name": "links",
        "virtual_network_name": "hub",
        "resource_group_name": "${data.azurerm_resource_group.this.name}",
    }


def test_subnets_that_do_not_exist_are_made_in_the_network_that_does(tmp_path: Path) -> None:
    aks = stacks(tmp_path, f'[existing]\nvirtual_network = "{NETWORK}"')["aks"]
    assert "azurerm_virtual_network" not in aks["resource"]
    assert "azurerm_resource_group" in aks["resource"]
    made = {
        name: (
            subnet["name"],
            subnet["virtual_network_name"],
            subnet["resource_group_name"],
            subnet["private_link_service_network_policies_enabled"],
        )
        for name, subnet in aks["resource"]["azurerm_subnet"].items()
    }
    assert made == {
        "system": ("system", "hub", "hub-rg", True),
        "plc": ("plc", "hub", "hub-rg", False),
    }


def test_one_subnet_may_exist_and_the_other_not(tmp_path: Path) -> None:
    text = f'[existing]\nvirtual_network = "{NETWORK}"\nprivate_link_subnet = "links"'
    aks = stacks(tmp_path, text)["aks"]
    assert list(aks["resource"]["azurerm_subnet"]) == ["system"]
    assert list(found(aks, "azurerm_subnet")) == ["plc"]


def test_a_group_that_exists_gets_a_network_of_its_own(tmp_path: Path) -> None:
    aks = stacks(tmp_path, "existing.resource_group = true")["aks"]
    network = aks["resource"]["azurerm_virtual_network"]["network"]
    assert (network["resource_group_name"], network["location"]) == (
        "${data.azurerm_resource_group.this.name}",
        "${var.region}",
    )
