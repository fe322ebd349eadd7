"""Settings of HTTPS between Front Door and the gateway that are refused, each in one line."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_settings
from tests.refused import assert_refused
from tests.synthesis import settings_text
from tests.test_tls import FOUR, ISSUED, MOUNTED, NAME, ZONE

AUTHORITY = f'{NAME}cert_manager = {{ dns_zone = "{ZONE}", server = "SERVER" }}'


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        (NAME, "gateway.tls", "with cert_manager or key_vault, one of them"),
        (
            f'{MOUNTED}cert_manager = {{ dns_zone = "{ZONE}" }}',
            "gateway.tls.key_vault",
            "no value beside cert_manager",
        ),
        (
            ISSUED.replace("origin.contoso.com", "origin.fabrikam.com"),
            "gateway.tls.cert_manager.dns_zone",
            "the zone that holds gateway.tls.host_name, origin.fabrikam.com",
        ),
        (f"{ISSUED}cipher_suites = []", "gateway.tls.cipher_suites", "one or more, each once"),
        (
            f'front_door.origin_host_name = "a.contoso.com"\n{ISSUED}',
            "front_door.origin_host_name",
            "no value beside gateway.tls.host_name",
        ),
        (
            'gateway.hosts = ["shop.contoso.com"]\nsample.enabled = false\n'
            f'front_door.origin_host_header = "shop.contoso.com"\n{ISSUED}',
            "gateway.hosts",
            "hosts that include gateway.tls.host_name",
        ),
        (
            f"cluster.workload_identity = false\n{MOUNTED}",
            "cluster.workload_identity",
            "true with gateway.tls",
        ),
        (
            f"gateway.values.volumes = []\n{MOUNTED}",
            "gateway.values.volumes",
            "no value of yours: the certificate of gateway.tls.key_vault is mounted by it",
        ),
        (
            f"{ISSUED}[gateway.tls.cert_manager.values.crds]\nenabled = false".replace(
                f'cert_manager = {{ dns_zone = "{ZONE}" }}',
                f'[gateway.tls.cert_manager]\ndns_zone = "{ZONE}"',
            ),
            "gateway.tls.cert_manager.values.crds.enabled",
            "no value of yours: the certificate is an object of its kinds",
        ),
    ],
)
def test_what_cannot_work_is_refused(tmp_path: Path, text: str, key: str, says: str) -> None:
    assert_refused(settings_text(tmp_path, text), key, says)


@pytest.mark.parametrize("text", [ISSUED, MOUNTED])
@pytest.mark.parametrize("address", ["10.52.192.20", "a.contoso.123"])
def test_no_authority_signs_an_address(tmp_path: Path, text: str, address: str) -> None:
    file = settings_text(tmp_path, text.replace("origin.contoso.com", address))
    assert_refused(file, "gateway.tls.host_name", "a host name, no address")


@pytest.mark.parametrize(
    "name", ["*.contoso.com", "origin.contoso.com.", "origin_1.contoso.com", "localhost", ""]
)
def test_the_name_in_the_certificate_is_one_host(tmp_path: Path, name: str) -> None:
    file = settings_text(tmp_path, MOUNTED.replace("origin.contoso.com", name))
    assert_refused(file, "gateway.tls.host_name", "a host name of two or more labels")


@pytest.mark.parametrize(
    "server",
    [
        "http://acme.contoso.com/directory",
        "https://acme.contoso.com",
        "https://../directory",
        "https://_/directory",
        "https://acme.contoso.com:65536/directory",
        "https://acme.contoso.com:0/directory",
        "https://user@acme.contoso.com/directory",
    ],
)
def test_the_authority_is_an_address_that_can_be_asked(tmp_path: Path, server: str) -> None:
    file = settings_text(tmp_path, AUTHORITY.replace("SERVER", server))
    assert_refused(file, "gateway.tls.cert_manager.server", "the https:// address of an ACME")


@pytest.mark.parametrize("zone", [f"{ZONE}/", f"{ZONE}/TXT/a", "contoso.com", ZONE.upper() + "/"])
def test_a_zone_is_named_by_its_id(tmp_path: Path, zone: str) -> None:
    file = settings_text(tmp_path, ISSUED.replace(ZONE, zone))
    assert_refused(file, "gateway.tls.cert_manager.dns_zone", "the id of a zone in Azure DNS")


def test_lets_encrypt_takes_no_address_with_other_letters(tmp_path: Path) -> None:
    text = f'{NAME}cert_manager = {{ dns_zone = "{ZONE}", email = "büro@contoso.com" }}'
    file = settings_text(tmp_path, text)
    assert_refused(file, "gateway.tls.cert_manager.email", "an e-mail address in ASCII")


@pytest.mark.parametrize("key", ["name", "create"])
def test_the_account_that_reads_the_vault_stays(tmp_path: Path, key: str) -> None:
    file = settings_text(tmp_path, f"gateway.values.serviceAccount.{key} = false\n{MOUNTED}")
    says = "no value of yours: its identity in Azure trusts the service account istio-ingress/"
    assert_refused(file, f"gateway.values.serviceAccount.{key}", says)


def test_the_cluster_of_the_file_is_asked_by_the_name_in_its_certificate(tmp_path: Path) -> None:
    origin = 'origins.IstioOrigin.host_name = "other.contoso.com"\n'
    file = settings_text(tmp_path, FOUR + origin + ISSUED)
    says = "that of gateway.tls.host_name, origin.contoso.com"
    assert_refused(file, "origins.IstioOrigin.host_name", says)


def test_another_cluster_is_not_asked_by_an_address(tmp_path: Path) -> None:
    origin = 'origins.Blue = { cluster = "blue", host_name = "10.60.192.20" }\n'
    file = settings_text(tmp_path, FOUR + origin + ISSUED)
    assert_refused(file, "origins.Blue.host_name", "the name in the certificate of that cluster")


def test_hosts_without_the_name_are_not_mended_by_a_key_that_is_refused(tmp_path: Path) -> None:
    text = 'gateway.hosts = ["fabrikam.com"]\nsample.enabled = false\n'
    with pytest.raises(UserError) as refused:
        load_settings(settings_text(tmp_path, text + ISSUED))
    (problem,) = refused.value.problems
    assert problem.fix == "add it to them, or name one that they include in gateway.tls.host_name"
