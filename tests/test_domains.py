"""Host names of one's own: the domain, its records, its certificate."""

from pathlib import Path

import pytest
from cdktf import TerraformStack

from constructs.front_door.domain import FrontDoorDomain, FrontDoorHostRecord
from rules import domains
from tests.synthesis import Json, settings_text, synth, synthesize

ZONE = (
    "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/dns/providers"
    "/Microsoft.Network/dnsZones/contoso.com"
)
VAULT = (
    "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/certificates/providers"
    "/Microsoft.KeyVault/vaults/Contoso"
)
SHOP = f'[domains."shop.contoso.com"]\ndns_zone = "{ZONE}"\n'


def _istio(folder: Path, text: str) -> Json:
    return synthesize(settings_text(folder, text), folder / "out")["istio"]


def _resources(folder: Path, text: str, kind: str) -> Json:
    made: Json = _istio(folder, text)["resource"].get(f"azurerm_{kind}", {})
    return made


def test_a_domain_takes_a_managed_certificate(stack: TerraformStack) -> None:
    FrontDoorDomain(stack, "shop", host="Shop.contoso.com", profile_id="p")
    assert synth(stack)["resource"]["azurerm_cdn_frontdoor_custom_domain"]["shop"] == {
        "name": "shop-contoso-com",
        "host_name": "shop.contoso.com",
        "cdn_frontdoor_profile_id": "p",
        "tls": {"certificate_type": "ManagedCertificate"},
        "lifecycle": {"create_before_destroy": True},
    }


@pytest.mark.parametrize("host", ["contoso", "10.52.192.20", "a_b.com", "*.*.com", "*", "a.com/x"])
def test_a_domain_refuses_what_is_no_host(stack: TerraformStack, host: str) -> None:
    with pytest.raises(ValueError, match="a host name such as"):
        FrontDoorDomain(stack, "shop", host=host, profile_id="p")


@pytest.mark.parametrize(
    ("host", "record", "validation"),
    [
        ("shop.contoso.com", "shop", "_dnsauth.shop"),
        ("a.b.contoso.com", "a.b", "_dnsauth.a.b"),
        ("contoso.com", "@", "_dnsauth"),
        ("*.shop.contoso.com", "*.shop", "_dnsauth.shop"),
        ("*.contoso.com", "*", "_dnsauth"),
    ],
)
def test_records_are_named_inside_their_zone(host: str, record: str, validation: str) -> None:
    assert domains.label(host, "contoso.com") == record
    assert domains.validation_label(host, "contoso.com") == validation


def test_the_validation_record_has_the_token(tmp_path: Path) -> None:
    (made,) = _resources(tmp_path, SHOP, "dns_txt_record").values()
    assert (made["name"], made["zone_name"], made["resource_group_name"]) == (
        "_dnsauth.shop",
        "contoso.com",
        "dns",
    )
    token = "${azurerm_cdn_frontdoor_custom_domain.domain-shop-contoso-com.validation_token}"
    assert made["record"] == [{"value": token}]


def test_clients_are_led_here_once_the_route_stands(tmp_path: Path) -> None:
    made = _resources(tmp_path, SHOP, "dns_cname_record")["domain-shop-contoso-com-host"]
    assert made["name"] == "shop"
    assert made["record"] == "${azurerm_cdn_frontdoor_endpoint.endpoint.host_name}"
    assert made["ttl"] == 300
    assert "azurerm_cdn_frontdoor_route.route" in made["depends_on"]


def test_the_name_of_a_zone_gets_an_address_that_follows_the_endpoint(
    stack: TerraformStack,
) -> None:
    FrontDoorHostRecord(
        stack,
        "apex",
        host="contoso.com",
        zone_id=ZONE,
        endpoint_id="/endpoint",
        endpoint_host_name="e.azurefd.net",
    )
    made = synth(stack)["resource"]["azurerm_dns_a_record"]["apex"]
    assert (made["name"], made["target_resource_id"]) == ("@", "/endpoint")


def test_the_route_answers_for_every_domain_and_for_the_endpoint(tmp_path: Path) -> None:
    made = _resources(tmp_path, f'{SHOP}[domains."a.com"]', "cdn_frontdoor_route")["route"]
    assert made["cdn_frontdoor_custom_domain_ids"] == [
        "${azurerm_cdn_frontdoor_custom_domain.domain-shop-contoso-com.id}",
        "${azurerm_cdn_frontdoor_custom_domain.domain-a-com.id}",
    ]
    assert made["link_to_default_domain"] is True


def test_records_go_through_the_subscription_of_their_zone(tmp_path: Path) -> None:
    istio = _istio(tmp_path, SHOP)
    other = istio["provider"]["azurerm"][1]
    assert other["alias"] == "subscription-11111111"
    assert other["subscription_id"] == "11111111-2222-3333-4444-555555555555"
    (record,) = istio["resource"]["azurerm_dns_txt_record"].values()
    assert record["provider"] == "azurerm.subscription-11111111"


def test_a_zone_of_our_own_subscription_needs_no_other_provider(tmp_path: Path) -> None:
    own = 'subscription_id = "11111111-2222-3333-4444-555555555555"\n'
    assert len(_istio(tmp_path, own + SHOP)["provider"]["azurerm"]) == 1


def test_without_a_zone_the_records_are_told_in_their_order(tmp_path: Path) -> None:
    istio = _istio(tmp_path, '[domains."shop.contoso.com"]')
    assert istio["output"]["dns_records"]["value"].splitlines() == [
        "TXT _dnsauth.shop.contoso.com"
        " ${azurerm_cdn_frontdoor_custom_domain.domain-shop-contoso-com.validation_token}",
        "CNAME shop.contoso.com ${azurerm_cdn_frontdoor_endpoint.endpoint.host_name}",
    ]
    assert not {kind for kind in istio["resource"] if kind.startswith("azurerm_dns")}


def test_a_certificate_is_read_from_its_vault_with_the_profiles_identity(tmp_path: Path) -> None:
    certificate = f'certificate = {{ vault = "{VAULT}", name = "shop" }}\n'
    text = f'[domains."a.com"]\n{certificate}[domains."b.com"]\n{certificate}'
    made = _istio(tmp_path, text)["resource"]
    secret = made["azurerm_cdn_frontdoor_secret"]["contoso-shop"]
    assert secret["secret"]["customer_certificate"] == [
        {"key_vault_certificate_id": "https://contoso.vault.azure.net/certificates/shop"}
    ]
    assert secret["depends_on"] == ["azurerm_role_assignment.front-door-identity-reads-contoso"]
    assert made["azurerm_cdn_frontdoor_profile"]["front-door"]["identity"] == {
        "type": "UserAssigned",
        "identity_ids": ["${azurerm_user_assigned_identity.front-door-identity.id}"],
    }
    role = made["azurerm_role_assignment"]["front-door-identity-reads-contoso"]
    assert (role["scope"], role["role_definition_name"]) == (VAULT, "Key Vault Secrets User")
    assert role["principal_id"] == (
        "${azurerm_user_assigned_identity.front-door-identity.principal_id}"
    )
    for domain in made["azurerm_cdn_frontdoor_custom_domain"].values():
        assert domain["tls"] == {
            "certificate_type": "CustomerCertificate",
            "cdn_frontdoor_secret_id": "${azurerm_cdn_frontdoor_secret.contoso-shop.id}",
        }


def test_a_vault_is_one_whatever_the_case_of_its_id(tmp_path: Path) -> None:
    text = "".join(
        f'[domains."{host}"]\ncertificate = {{ vault = "{vault}", name = "shop" }}\n'
        for host, vault in (("a.com", VAULT), ("b.com", VAULT.replace("Contoso", "contoso")))
    )
    made = _istio(tmp_path, text)["resource"]
    assert list(made["azurerm_role_assignment"]) == ["front-door-identity-reads-contoso"]
    assert list(made["azurerm_cdn_frontdoor_secret"]) == ["contoso-shop"]


def test_only_the_issuer_of_managed_certificates_is_let_in(tmp_path: Path) -> None:
    text = f'[domains."contoso.com"]\ndns_zone = "{ZONE}"\nmanaged_issuer_only = true'
    made = _resources(tmp_path, text, "dns_caa_record")["domain-contoso-com-issuer"]
    assert made["record"] == [{"flags": 0, "tag": "issue", "value": "digicert.com"}]


def test_a_domain_that_another_file_has_can_go(tmp_path: Path) -> None:
    (tmp_path / "below.toml").write_text(SHOP)
    text = 'extends = "below.toml"\ndomains."shop.contoso.com".enabled = false'
    assert _resources(tmp_path, text, "cdn_frontdoor_custom_domain") == {}


@pytest.mark.parametrize("host", ["shop.contoso.com", "*.contoso.com"])
def test_a_route_needs_a_domain_of_its_hosts(tmp_path: Path, host: str) -> None:
    route = f'[[routes]]\nhost = "{host}"\nservice = "shop"\nport = 80\n'
    assert _istio(tmp_path, f"{SHOP}\n{route}")
