"""Approval of Front Door's private endpoint: by Azure, or by a person with one command."""

from pathlib import Path

import pytest

from tests.synthesis import Json, settings_text, synthesize, values

PREFIX = "service.beta.kubernetes.io/azure-pls-"
MESSAGE = "istio-aks Front Door ${azurerm_cdn_frontdoor_profile.front-door.resource_guid}"
SERVICE = (
    "${data.azurerm_kubernetes_cluster.aks.node_resource_group_id}"
    "/providers/Microsoft.Network/privateLinkServices/istio-ingress"
)


@pytest.fixture
def manual(tmp_path: Path) -> Json:
    settings = settings_text(tmp_path, '[private_link_service]\napproval = "manual"')
    return synthesize(settings, tmp_path / "out")["istio"]


def annotations(istio: Json) -> Json:
    made: Json = values(istio["resource"]["helm_release"]["istio-ingress"])["service"][
        "annotations"
    ]
    return made


def test_auto_lets_everybody_connect_as_in_the_original(istio: Json) -> None:
    made = annotations(istio)
    assert (made[f"{PREFIX}visibility"], made[f"{PREFIX}auto-approval"]) == ("*", "*")


def test_auto_needs_no_command(istio: Json) -> None:
    assert "approve_private_endpoint" not in istio["output"]


def test_manual_annotates_neither(manual: Json) -> None:
    made = annotations(manual)
    assert f"{PREFIX}visibility" not in made
    assert f"{PREFIX}auto-approval" not in made


def test_manual_asks_with_a_message_that_only_this_deployment_has(manual: Json) -> None:
    origin = manual["resource"]["azurerm_cdn_frontdoor_origin"]["istio-ingress-origin"]
    assert origin["private_link"]["request_message"] == MESSAGE


def test_manual_prints_the_command_for_that_message_and_no_other(manual: Json) -> None:
    assert manual["output"]["approve_private_endpoint"]["value"] == (
        f"az network private-endpoint-connection list --id {SERVICE} --query"
        " \"[?properties.privateLinkServiceConnectionState.status=='Pending' &&"
        f" properties.privateLinkServiceConnectionState.description=='{MESSAGE}'].id\""
        " --output tsv | xargs -r -n 1 az network private-endpoint-connection approve"
        f" --description '{MESSAGE}' --id"
    )


def test_lists_of_subscriptions_are_separated_by_spaces(tmp_path: Path) -> None:
    ours = "11111111-2222-3333-4444-555555555555"
    settings = settings_text(
        tmp_path,
        f'[private_link_service]\nvisibility = ["*"]\nauto_approval = ["{ours}", "*"]',
    )
    istio = synthesize(settings, tmp_path / "out")["istio"]
    assert annotations(istio)[f"{PREFIX}auto-approval"] == f"{ours} *"
