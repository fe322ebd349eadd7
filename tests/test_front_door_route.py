from collections.abc import Sequence

import pytest
from cdktf import TerraformStack

from constructs.front_door.origin import PrivateLinkOrigin
from constructs.front_door.origin_group import FrontDoorOriginGroup
from constructs.front_door.profile import FrontDoorEndpoint
from constructs.front_door.route import FrontDoorRoute
from tests.synthesis import Json, synth


def route(stack: TerraformStack, *, origins: int = 1, patterns: Sequence[str] = ("/*",)) -> Json:
    group = FrontDoorOriginGroup(stack, "group", name="Web", profile_id="p", probe=None)
    FrontDoorRoute(
        stack,
        "route",
        name="MyRoute",
        endpoint=FrontDoorEndpoint(stack, "www", name="www", profile_id="p"),
        origin_group=group,
        origins=[
            PrivateLinkOrigin(
                stack,
                f"origin-{number}",
                name=f"origin-{number}",
                origin_group=group,
                host_name="10.1.0.4",
                private_link_service_id="pls",
                location="westeurope",
            )
            for number in range(origins)
        ],
        patterns=patterns,
    )
    made: Json = synth(stack)["resource"]["azurerm_cdn_frontdoor_route"]["route"]
    return made


def test_accepts_both_protocols_which_the_redirect_needs(stack: TerraformStack) -> None:
    made = route(stack)
    assert made["supported_protocols"] == ["Http", "Https"]
    assert made["https_redirect_enabled"] is True


def test_goes_on_by_http(stack: TerraformStack) -> None:
    assert route(stack)["forwarding_protocol"] == "HttpOnly"


def test_serves_all_paths_of_the_default_domain(stack: TerraformStack) -> None:
    made = route(stack)
    assert (made["patterns_to_match"], made["link_to_default_domain"]) == (["/*"], True)


def test_names_all_its_origins(stack: TerraformStack) -> None:
    assert route(stack, origins=2)["cdn_frontdoor_origin_ids"] == [
        "${azurerm_cdn_frontdoor_origin.origin-0.id}",
        "${azurerm_cdn_frontdoor_origin.origin-1.id}",
    ]


def test_refuses_to_go_without_origins(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="at least one origin"):
        route(stack, origins=0)


@pytest.mark.parametrize("patterns", [(), ("*",), ("/a", "b")])
def test_refuses_patterns(stack: TerraformStack, patterns: Sequence[str]) -> None:
    with pytest.raises(ValueError, match='one or more paths that start with "/"'):
        route(stack, patterns=patterns)
