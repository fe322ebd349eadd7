from typing import Any

import pytest
from cdktf import TerraformStack

from constructs.front_door.origin import PrivateLinkOrigin
from constructs.front_door.origin_group import FrontDoorOriginGroup
from constructs.mesh.namespace import Namespace
from tests.synthesis import Json, synth

SERVICE = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/privateLinkServices/pls"


def origin(stack: TerraformStack, **changes: Any) -> Json:
    parameters: dict[str, Any] = {
        "name": "IstioOrigin",
        "origin_group": FrontDoorOriginGroup(
            stack, "group", name="Web", profile_id="p", probe=None
        ),
        "host_name": "10.52.192.20",
        "private_link_service_id": SERVICE,
        "location": "westeurope",
    }
    PrivateLinkOrigin(stack, "web", **(parameters | changes))
    made: Json = synth(stack)["resource"]["azurerm_cdn_frontdoor_origin"]["web"]
    return made


def test_is_switched_on_in_so_many_words(stack: TerraformStack) -> None:
    assert origin(stack)["enabled"] is True


def test_checks_the_certificate_name_as_private_link_needs(stack: TerraformStack) -> None:
    assert origin(stack)["certificate_name_check_enabled"] is True


def test_asks_for_a_private_link(stack: TerraformStack) -> None:
    assert origin(stack)["private_link"] == {
        "private_link_target_id": SERVICE,
        "location": "westeurope",
        "request_message": "Request access",
    }


def test_has_the_ports_priority_and_weight_of_the_original(stack: TerraformStack) -> None:
    made = origin(stack)
    assert (made["http_port"], made["https_port"]) == (80, 443)
    assert (made["priority"], made["weight"]) == (1, 1000)


def test_passes_the_host_of_the_client_on(stack: TerraformStack) -> None:
    assert "origin_host_header" not in origin(stack)


def test_sends_a_fixed_host_when_told_to(stack: TerraformStack) -> None:
    made = origin(stack, host_header="shop.contoso.com")
    assert made["origin_host_header"] == "shop.contoso.com"


def test_depends_on_what_makes_the_service(stack: TerraformStack) -> None:
    maker = Namespace(stack, "maker", name="maker").namespace
    assert origin(stack, depends_on=[maker])["depends_on"] == ["kubernetes_namespace_v1.maker"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"location": "westus"}, "a region in which Front Door offers Private Link"),
        ({"host_name": "not a host"}, "a host name of two or more labels"),
        ({"request_message": "x" * 141}, "1 to 140 characters"),
    ],
)
def test_refuses_what_front_door_refuses(
    stack: TerraformStack, change: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        origin(stack, **change)
