"""The firewall in the stacks: before every host, and there before anybody is answered."""

import json
from pathlib import Path

import pytest

from settings.model import Settings
from tests.synthesis import Json, settings_text, synthesize

WAF = '[waf]\nmode = "Detection"\n'
ROUTE = "azurerm_cdn_frontdoor_route"
HOSTS = "azurerm_cdn_frontdoor_security_policy"
DOMAINS = [
    "",
    "[domains.'shop.contoso.com']\n",
    "[domains.'shop.contoso.com']\n[domains.'contoso.com']\n[domains.'www.fabrikam.com']\n",
]
# Until the settings have domains, the endpoint is the only host.
if "domains" not in Settings.model_fields:
    DOMAINS = [""]


def resources(folder: Path, text: str) -> Json:
    stacks = synthesize(settings_text(folder, text), folder / "cdktf.out")
    resource: Json = stacks["istio"]["resource"]
    return resource


def hosts_of_routes(resource: Json) -> set[str]:
    """Every host that a route answers for, as what its id is called in Terraform."""
    found: set[str] = set()
    for route in resource[ROUTE].values():
        found |= set(route.get("cdn_frontdoor_custom_domain_ids", []))
        if route["link_to_default_domain"]:
            found.add(route["cdn_frontdoor_endpoint_id"])
    return found


def guarded_hosts(resource: Json) -> set[str]:
    return {
        domain["cdn_frontdoor_domain_id"]
        for policy in resource[HOSTS].values()
        for domain in policy["security_policies"]["firewall"]["association"]["domain"]
    }


@pytest.mark.parametrize("domains", DOMAINS, ids=lambda text: str(text.count("[domains")))
def test_no_host_is_left_out(tmp_path: Path, domains: str) -> None:
    resource = resources(tmp_path, WAF + domains)
    assert guarded_hosts(resource) == hosts_of_routes(resource)
    assert len(guarded_hosts(resource)) == 1 + domains.count("[domains")


def test_no_host_of_a_profile_is_left_out(tmp_path: Path) -> None:
    """Nor one that no route serves yet."""
    resource = resources(tmp_path, WAF + DOMAINS[-1])
    made = [
        f"${{{kind}.{name}.id}}"
        for kind in ("azurerm_cdn_frontdoor_endpoint", "azurerm_cdn_frontdoor_custom_domain")
        for name in resource.get(kind, [])
    ]
    assert guarded_hosts(resource) == set(made)


def test_a_route_waits_for_it(tmp_path: Path) -> None:
    route = resources(tmp_path, WAF)[ROUTE]["route"]
    assert route["depends_on"] == [f"{HOSTS}.firewall-hosts"]


def test_switched_off_nothing_of_it_is_there(tmp_path: Path) -> None:
    text = '[waf.rate_limits.login]\nrequests = 10\n[[waf.scrub]]\nmatch_variable = "RequestUri"\n'
    assert "firewall" not in json.dumps(resources(tmp_path, text)).lower()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "wafMyFrontDoor"),
        ('front_door.profile = "7-shop-edge"\n', "waf7shopedge"),
        ('waf.policy = "Shop"\n', "Shop"),
    ],
)
def test_its_name_has_no_hyphens(tmp_path: Path, text: str, name: str) -> None:
    resource = resources(tmp_path, text + 'waf.mode = "Prevention"\n')
    assert resource["azurerm_cdn_frontdoor_firewall_policy"]["firewall"]["name"] == name


def test_the_longest_profile_has_a_firewall(tmp_path: Path) -> None:
    profile = "p" * 90
    resource = resources(tmp_path, f'front_door.profile = "{profile}"\nwaf.mode = "Detection"\n')
    assert len(resource[HOSTS]["firewall-hosts"]["name"]) == 90
