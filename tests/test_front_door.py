import pytest
from cdktf import TerraformOutput, TerraformStack

from constructs.front_door.profile import FrontDoorEndpoint, FrontDoorProfile
from tests.synthesis import synth


def test_profile_is_premium_which_private_link_needs(stack: TerraformStack) -> None:
    FrontDoorProfile(stack, "fd", name="MyFrontDoor", resource_group_name="rg")
    made = synth(stack)["resource"]["azurerm_cdn_frontdoor_profile"]["fd"]
    assert (made["name"], made["sku_name"]) == ("MyFrontDoor", "Premium_AzureFrontDoor")


def test_profile_publishes_what_front_door_sends_to_origins(stack: TerraformStack) -> None:
    profile = FrontDoorProfile(stack, "fd", name="MyFrontDoor", resource_group_name="rg")
    TerraformOutput(stack, "id", value=profile.front_door_id)
    assert synth(stack)["output"]["id"]["value"] == (
        "${azurerm_cdn_frontdoor_profile.fd.resource_guid}"
    )


def test_endpoint_belongs_to_its_profile(stack: TerraformStack) -> None:
    profile = FrontDoorProfile(stack, "fd", name="MyFrontDoor", resource_group_name="rg")
    FrontDoorEndpoint(stack, "www", name="www", profile_id=profile.id)
    made = synth(stack)["resource"]["azurerm_cdn_frontdoor_endpoint"]["www"]
    assert made == {
        "name": "www",
        "cdn_frontdoor_profile_id": "${azurerm_cdn_frontdoor_profile.fd.id}",
    }


@pytest.mark.parametrize("name", ["a", "-door", "door-", "front_door", "d" * 91])
def test_profile_refuses_a_name(stack: TerraformStack, name: str) -> None:
    with pytest.raises(ValueError, match="2 to 90 letters, digits and hyphens"):
        FrontDoorProfile(stack, "fd", name=name, resource_group_name="rg")


def test_endpoint_refuses_a_name_of_47_characters(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="2 to 46 letters, digits and hyphens"):
        FrontDoorEndpoint(stack, "www", name="w" * 47, profile_id="p")


@pytest.mark.parametrize("seconds", [15, 241])
def test_profile_refuses_a_timeout(stack: TerraformStack, seconds: int) -> None:
    with pytest.raises(ValueError, match="a whole number from 16 to 240 seconds"):
        FrontDoorProfile(
            stack, "fd", name="fd-1", resource_group_name="rg", response_timeout_seconds=seconds
        )
