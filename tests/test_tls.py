"""HTTPS between Front Door and the gateway: what the settings make of it, and what is refused."""

import json
from pathlib import Path

import pytest

from tests.synthesis import Json, Stacks, settings_text, synthesize, values

ZONE = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/dns/providers"
    "/Microsoft.Network/dnsZones/contoso.com"
)
VAULT = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/certificates/providers"
    "/Microsoft.KeyVault/vaults/contoso"
)
NAME = '[gateway.tls]\nhost_name = "origin.contoso.com"\n'
ISSUED = f'{NAME}cert_manager = {{ dns_zone = "{ZONE}" }}\n'
MOUNTED = f'{NAME}key_vault = {{ vault = "{VAULT}", name = "origin" }}\n'
FOUR = 'stacks = ["edge", "aks", "istio", "traffic"]\n'


def stacks_of(folder: Path, text: str) -> Stacks:
    return synthesize(settings_text(folder, text), folder / "out")


def istio_of(folder: Path, text: str) -> Json:
    made: Json = stacks_of(folder, text)["istio"]["resource"]
    return made


@pytest.mark.parametrize(
    ("stage", "ports", "http", "forwarding", "probe"),
    [
        ("listen", [15021, 80, 443], True, "HttpOnly", "Http"),
        ("forward", [15021, 80, 443], True, "HttpsOnly", "Https"),
        ("close", [15021, 443], False, "HttpsOnly", "Https"),
    ],
)
def test_each_stage_is_one_step_further(
    tmp_path: Path, stage: str, ports: list[int], http: bool, forwarding: str, probe: str
) -> None:
    made = istio_of(tmp_path, f'{ISSUED}stage = "{stage}"')
    service = values(made["helm_release"]["istio-ingress"])["service"]
    assert [each["port"] for each in service["ports"]] == ports
    assert values(made["helm_release"]["ingress-routing"])["gateway"]["http"] is http
    assert made["azurerm_cdn_frontdoor_route"]["route"]["forwarding_protocol"] == forwarding
    group = made["azurerm_cdn_frontdoor_origin_group"]["origin-group"]
    assert group["health_probe"]["protocol"] == probe


def test_azure_probes_the_status_port_for_each_port(tmp_path: Path) -> None:
    made = istio_of(tmp_path, f'{ISSUED}stage = "listen"')
    annotations = values(made["helm_release"]["istio-ingress"])["service"]["annotations"]
    prefix = "service.beta.kubernetes.io/port_{}_health-probe_port"
    assert [annotations[prefix.format(port)] for port in (80, 443)] == ["15021", "15021"]


def test_front_door_asks_by_the_name_in_the_certificate(tmp_path: Path) -> None:
    made = istio_of(tmp_path, ISSUED)
    origin = made["azurerm_cdn_frontdoor_origin"]["istio-ingress-origin"]
    assert origin["host_name"] == "origin.contoso.com"
    assert origin["certificate_name_check_enabled"] is True


def test_the_gateway_takes_tls_1_2_with_named_cipher_suites(tmp_path: Path) -> None:
    made = istio_of(tmp_path, ISSUED)
    assert values(made["helm_release"]["ingress-routing"])["gateway"]["https"] == {
        "credentialName": "origin-certificate",
        "minProtocolVersion": "TLSV1_2",
        "cipherSuites": ["ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-AES128-GCM-SHA256"],
    }


def test_tls_1_3_has_no_cipher_suites_to_choose(tmp_path: Path) -> None:
    made = istio_of(tmp_path, f'{ISSUED}minimum_version = "1.3"')
    assert values(made["helm_release"]["ingress-routing"])["gateway"]["https"] == {
        "credentialName": "origin-certificate",
        "minProtocolVersion": "TLSV1_3",
    }


def test_cert_manager_may_write_to_the_zone_and_to_nothing_else(tmp_path: Path) -> None:
    made = istio_of(tmp_path, ISSUED)
    (role,) = made["azurerm_role_assignment"].values()
    assert (role["role_definition_name"], role["scope"]) == ("DNS Zone Contributor", ZONE)
    (trust,) = made["azurerm_federated_identity_credential"].values()
    assert trust["subject"] == "system:serviceaccount:cert-manager:cert-manager"


def test_the_gateway_may_read_the_secrets_of_the_vault_and_nothing_else(tmp_path: Path) -> None:
    made = istio_of(tmp_path, MOUNTED)
    (role,) = made["azurerm_role_assignment"].values()
    assert (role["role_definition_name"], role["scope"]) == ("Key Vault Secrets User", VAULT)
    (trust,) = made["azurerm_federated_identity_credential"].values()
    assert trust["subject"] == "system:serviceaccount:istio-ingress:istio-ingress"


def test_pods_of_the_gateway_mount_the_certificate_of_the_vault(tmp_path: Path) -> None:
    gateway = istio_of(tmp_path, MOUNTED)["helm_release"]["istio-ingress"]
    assert values(gateway)["volumes"] == [
        {
            "name": "origin-certificate",
            "csi": {
                "driver": "secrets-store.csi.k8s.io",
                "readOnly": True,
                "volumeAttributes": {"secretProviderClass": "origin-certificate"},
            },
        }
    ]
    assert values(gateway)["volumeMounts"] == [
        {"name": "origin-certificate", "mountPath": "/etc/origin-certificate", "readOnly": True}
    ]
    assert "helm_release.mounted-certificate" in gateway["depends_on"]


def test_the_gateway_listens_after_the_certificate_is_asked_for(tmp_path: Path) -> None:
    releases = istio_of(tmp_path, ISSUED)["helm_release"]
    assert "helm_release.origin-certificate" in releases["ingress-routing"]["depends_on"]
    assert "helm_release.cert-manager" in releases["origin-certificate"]["depends_on"]


@pytest.mark.parametrize(("text", "written"), [(ISSUED, True), (MOUNTED, True), ("", False)])
def test_the_cluster_gives_pods_identities_where_one_needs_it(
    tmp_path: Path, text: str, written: bool
) -> None:
    cluster = stacks_of(tmp_path, text)["aks"]["resource"]["azurerm_kubernetes_cluster"]["aks"]
    assert cluster["workload_identity_enabled"] is written


def test_the_edge_probes_and_traffic_forwards_with_an_edge_apart(tmp_path: Path) -> None:
    made = stacks_of(tmp_path, FOUR + ISSUED)
    group = made["edge"]["resource"]["azurerm_cdn_frontdoor_origin_group"]["origin-group"]
    traffic = made["traffic"]["resource"]
    assert group["health_probe"]["protocol"] == "Https"
    assert traffic["azurerm_cdn_frontdoor_route"]["route"]["forwarding_protocol"] == "HttpsOnly"
    assert "terraform_data" in traffic
    assert "terraform_data" not in made["istio"]["resource"]


@pytest.mark.parametrize("text", [ISSUED, MOUNTED])
def test_nothing_that_is_written_has_a_place_for_a_key(tmp_path: Path, text: str) -> None:
    written = json.dumps(istio_of(tmp_path, text))
    assert "azurerm_key_vault_certificate_data" not in written
    assert "azurerm_key_vault_secret" not in written
    assert '"tls_' not in written


def test_each_way_to_a_certificate_has_a_release_of_its_own(tmp_path: Path) -> None:
    """Helm cannot read a release whose kinds are gone, as cert-manager's are when it goes."""
    (issued, mounted) = (istio_of(tmp_path, text)["helm_release"] for text in (ISSUED, MOUNTED))
    assert issued["origin-certificate"]["name"] == "origin-certificate"
    assert mounted["mounted-certificate"]["name"] == "mounted-certificate"
    assert "mounted-certificate" not in issued
    assert "origin-certificate" not in mounted


def test_a_file_with_the_cluster_alone_gives_pods_identities_too(tmp_path: Path) -> None:
    made = stacks_of(tmp_path, f'stacks = ["aks"]\n{ISSUED}')["aks"]["resource"]
    assert made["azurerm_kubernetes_cluster"]["aks"]["workload_identity_enabled"] is True


def test_each_cluster_behind_an_edge_may_have_a_name_of_its_own(tmp_path: Path) -> None:
    other = 'origins.Blue = { cluster = "blue", host_name = "blue.contoso.com" }\n'
    made = stacks_of(tmp_path, FOUR + other + ISSUED)["traffic"]["resource"]
    origins = made["azurerm_cdn_frontdoor_origin"].values()
    assert {each["name"]: each["host_name"] for each in origins} == {
        "IstioOrigin": "origin.contoso.com",
        "Blue": "blue.contoso.com",
    }
