"""Domains on the real azurerm: made, added, taken away, with another certificate."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.azure.resource_manager import SUBSCRIPTION
from tests.acceptance.project import Synthesized
from tests.acceptance.terraform.process import TerraformError
from tests.acceptance.world import Enter, Kept, World

DNS = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/dns"
ZONE = f"{DNS}/providers/Microsoft.Network/dnsZones/contoso.com"
VAULT = f"{DNS}/providers/Microsoft.KeyVault/vaults/contoso"
ROUTE = "azurerm_cdn_frontdoor_route.route"
Domains = Mapping[str, Mapping[str, Any]]

IN_THE_ZONE = {"dns_zone": ZONE}
WITH_CERTIFICATE = {"dns_zone": ZONE, "certificate": {"vault": VAULT, "name": "shop"}}
TWO: Domains = {"shop.contoso.com": IN_THE_ZONE, "contoso.com": IN_THE_ZONE}


def _settings(domains: Domains) -> dict[str, str]:
    return {"ISTIO_AKS_DOMAINS": json.dumps(domains), "ISTIO_AKS_SUBSCRIPTION_ID": SUBSCRIPTION}


def _output(synthesized: Synthesized, domains: Domains) -> Path:
    return synthesized(_settings(domains), only_azure=True)


@pytest.fixture(scope="session")
def with_domains(kept: Kept, synthesized: Synthesized, with_both: Path) -> Path:
    """Both stacks, and then two domains."""

    def live(made: World) -> None:
        made.azure.make(DNS, {"location": "global"})
        made.azure.make(ZONE, {"location": "global", "properties": {}})
        vault = {"vaultUri": "https://contoso.vault.azure.net/", "tenantId": SUBSCRIPTION}
        made.azure.make(VAULT, {"location": "westeurope", "properties": vault})
        made.stack("istio").apply()

    return kept("with-domains", _output(synthesized, TWO), live, with_both)


def _changed(enter: Enter, synthesized: Synthesized, saved: Path, domains: Domains) -> World:
    return enter(_output(synthesized, domains), saved)


def test_a_second_plan_is_quiet(enter: Enter, synthesized: Synthesized, with_domains: Path) -> None:
    world = _changed(enter, synthesized, with_domains, TWO)
    assert world.stack("istio").plan().actions == {}


def test_clients_come_last(enter: Enter, synthesized: Synthesized, with_domains: Path) -> None:
    world = _changed(enter, synthesized, with_domains, TWO)
    names = [each.rpartition("/")[2] for each in world.history.writes()][-7:]
    assert sorted(names[:2]) == ["contoso-com", "shop-contoso-com"]
    assert "MyRoute" in names[2:5]
    assert sorted(names[5:]) == ["@", "shop"]


def test_one_of_them_is_taken_away_in_one_apply(
    enter: Enter, synthesized: Synthesized, with_domains: Path
) -> None:
    left: Domains = {"shop.contoso.com": IN_THE_ZONE}
    stack = _changed(enter, synthesized, with_domains, left).stack("istio")
    assert stack.plan().actions == {
        "azurerm_cdn_frontdoor_custom_domain.domain-contoso-com": "delete",
        "azurerm_dns_txt_record.domain-contoso-com-validation": "delete",
        "azurerm_dns_a_record.domain-contoso-com-host": "delete",
        ROUTE: "update",
    }
    stack.apply()
    assert stack.plan().actions == {}


def test_the_last_of_them_is_taken_away(
    enter: Enter, synthesized: Synthesized, with_domains: Path
) -> None:
    stack = _changed(enter, synthesized, with_domains, {}).stack("istio")
    stack.apply()
    assert stack.plan().actions == {}


def test_a_certificate_of_ones_own_is_changed_in_place(
    enter: Enter, synthesized: Synthesized, with_domains: Path
) -> None:
    domains: Domains = {"shop.contoso.com": WITH_CERTIFICATE, "contoso.com": IN_THE_ZONE}
    stack = _changed(enter, synthesized, with_domains, domains).stack("istio")
    assert stack.plan().actions == {
        "azurerm_cdn_frontdoor_profile.front-door": "update",
        "azurerm_user_assigned_identity.front-door-identity": "create",
        "azurerm_role_assignment.front-door-identity-reads-contoso": "create",
        "azurerm_cdn_frontdoor_secret.contoso-shop": "create",
        "azurerm_cdn_frontdoor_custom_domain.domain-shop-contoso-com": "update",
    }
    stack.apply()
    assert stack.plan().actions == {}


def test_back_to_a_managed_certificate_it_must_be_made_anew(
    enter: Enter, synthesized: Synthesized, with_domains: Path
) -> None:
    """azurerm 4.55.0 sends the old secret along, and refuses it itself."""
    own: Domains = {"shop.contoso.com": WITH_CERTIFICATE}
    managed: Domains = {"shop.contoso.com": IN_THE_ZONE}
    world = _changed(enter, synthesized, with_domains, own)
    world.stack("istio").apply()
    world.project.resynthesize(_output(synthesized, managed))
    with pytest.raises(TerraformError, match="not supported if the 'certificate_type'"):
        world.stack("istio").apply()
    for domains in ({}, managed):
        world.project.resynthesize(_output(synthesized, domains))
        world.stack("istio").apply()
    assert world.stack("istio").plan().actions == {}


def test_with_the_firewall_on_too(
    enter: Enter, synthesized: Synthesized, with_domains: Path
) -> None:
    """azurerm issue 31362: the firewall must let go of a domain before it is deleted."""
    on = {"ISTIO_AKS_WAF__MODE": "Prevention"}
    both = synthesized(_settings(TWO) | on, only_azure=True)
    world = enter(both, with_domains)
    world.stack("istio").apply()
    left: Domains = {"shop.contoso.com": IN_THE_ZONE}
    world.project.resynthesize(synthesized(_settings(left) | on, only_azure=True))
    world.stack("istio").apply()
    assert world.stack("istio").plan().actions == {}
    policy = world.azure.resource("/securityPolicies/wafMyFrontDoor")["properties"]
    hosts = policy["parameters"]["associations"][0]["domains"]
    assert sorted(each["id"].rpartition("/")[2] for each in hosts) == [
        "afd-190bdfc2a599e681",
        "shop-contoso-com",
    ]


def test_all_of_it_is_destroyed(enter: Enter, synthesized: Synthesized, with_domains: Path) -> None:
    world = _changed(enter, synthesized, with_domains, TWO)
    world.stack("istio").destroy()
    assert world.stack("istio").addresses() == []
