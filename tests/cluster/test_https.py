"""HTTPS to the gateway on the real programs, switched on step by step.

Azure is the stand-in, the authority Let's Encrypt's own for tests; cert-manager, istiod, the cloud
controller, kube-apiserver and Envoy are real.
"""

import json
from pathlib import Path

import pytest

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.project import Synthesized
from tests.acceptance.shared import once
from tests.cluster.deployment import deployment, real_charts
from tests.cluster.https_life import live
from tests.cluster.https_seen import Noted
from tests.cluster.journal import REPORTS

STEPS = ("off", "listen", "mounted", "back", "forward", "close")
ISSUED = ("listen", "back", "forward", "close")


@pytest.fixture(scope="session")
def life(
    shared: Path,
    authority: Authority,
    synthesized: Synthesized,
    with_aks: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Noted:
    """What was noted in a life with HTTPS, lived once in a run."""

    def make(folder: Path) -> None:
        work = tmp_path_factory.mktemp("https")
        (work / "project").mkdir()
        with deployment(authority, synthesized(real_charts()), work, with_aks) as made:
            noted = live(made, synthesized, work)
        (folder / "noted.json").write_text(json.dumps(noted))

    noted: Noted = json.loads((once(shared / "https", make) / "noted.json").read_text())
    REPORTS["test_https.py"] = noted["report"]
    return noted


@pytest.mark.parametrize(
    ("step", "ports"),
    [
        ("off", [80, 15021]),
        ("listen", [80, 443, 15021]),
        ("forward", [80, 443, 15021]),
        ("close", [443, 15021]),
    ],
)
def test_azure_has_a_rule_for_each_port_of_a_step(life: Noted, step: str, ports: list[int]) -> None:
    assert (life[step]["ports"], life[step]["rules"]) == (ports, ports)


@pytest.mark.parametrize("step", STEPS)
def test_each_port_is_probed_where_the_gateway_says_that_it_is_ready(
    life: Noted, step: str
) -> None:
    assert set(life[step]["probes"].values()) == {life[step]["status-port"]}


@pytest.mark.parametrize("key", ["frontend", "link", "alias"])
def test_frontend_and_private_link_service_stay_the_same(life: Noted, key: str) -> None:
    assert len({life[step][key] for step in STEPS}) == 1


@pytest.mark.parametrize("step", STEPS)
def test_front_door_stays_connected(life: Noted, step: str) -> None:
    assert life[step]["connections"] == ["Approved"]


@pytest.mark.parametrize("step", STEPS[1:])
def test_no_step_touches_the_private_link_service(life: Noted, step: str) -> None:
    assert [each for each in life["steps"][step] if "privateLinkServices" in each] == []


@pytest.mark.parametrize("step", STEPS)
def test_second_plans_are_quiet(life: Noted, step: str) -> None:
    assert life[step]["plans"] == [{}, {}]


@pytest.mark.parametrize("step", ISSUED)
def test_cert_manager_admits_the_issuer(life: Noted, step: str) -> None:
    acme = life[step]["issuers"]["origin-certificate"]["acme"]
    (solver,) = acme["solvers"]
    assert solver["dns01"]["azureDNS"] == {
        "environment": "AzurePublicCloud",
        "hostedZoneName": "contoso.com",
        "managedIdentity": {"clientID": life["client-ids"]["cert-manager"]},
        "resourceGroupName": "dns",
        "subscriptionID": "00000000-0000-0000-0000-000000000000",
    }


def test_it_is_asked_of_every_object(life: Noted) -> None:
    assert 'admission webhook "webhook.cert-manager.io" denied the request' in life["nameless"]


@pytest.mark.parametrize("step", ISSUED)
def test_cert_manager_gets_a_certificate_of_the_name(life: Noted, step: str) -> None:
    shown = life[step]["certificate"]
    assert shown["names"] == ["origin.contoso.com"]
    assert shown["key"] == ["RSA", 2048]
    assert shown["certificates"] >= 2  # With the chain, without which Front Door refuses it.


def test_the_record_that_shows_whose_the_name_is_is_taken_away(life: Noted) -> None:
    assert [life[step]["records"] for step in STEPS] == [[]] * len(STEPS)


def test_from_cert_manager_to_a_key_vault_and_back_in_one_apply_each(life: Noted) -> None:
    assert [list(life[step]["classes"]) for step in STEPS] == [
        [],
        [],
        ["origin-certificate"],
        [],
        [],
        [],
    ]
    assert [list(life[step]["issuers"]) for step in STEPS] == [
        [],
        ["origin-certificate"],
        [],
        ["origin-certificate"],
        ["origin-certificate"],
        ["origin-certificate"],
    ]


def test_the_kind_of_the_vaults_driver_admits_our_object(life: Noted) -> None:
    spec = life["mounted"]["classes"]["origin-certificate"]
    assert spec["provider"] == "azure"
    assert spec["secretObjects"] == [
        {
            "secretName": "origin-certificate",
            "type": "kubernetes.io/tls",
            "data": [
                {"objectName": "origin", "key": "tls.key"},
                {"objectName": "origin", "key": "tls.crt"},
            ],
        }
    ]


@pytest.mark.parametrize("where", ["states", "releases"])
@pytest.mark.parametrize("step", STEPS)
def test_no_state_and_no_release_has_a_private_key(life: Noted, step: str, where: str) -> None:
    assert life[step][f"keys-in-{where}"] == []


# Front Door was told something in the steps listen and forward, less than 45 minutes before.
@pytest.mark.parametrize(
    ("step", "accepted"),
    [
        ("off", ["off", "listen"]),
        ("listen", ["listen", "forward"]),
        ("forward", ["listen", "forward"]),
        ("close", ["forward", "close"]),
    ],
)
def test_make_deploy_reads_in_the_real_states_how_far_it_is(
    life: Noted, step: str, accepted: list[str]
) -> None:
    asked = life[step]["asked"]
    assert [stage for stage, (code, _) in asked.items() if code == 0] == accepted


@pytest.mark.parametrize("step", ["off", "listen", "forward", "close"])
def test_what_make_deploy_refuses_is_one_line(life: Noted, step: str) -> None:
    refused = [lines for code, lines in life[step]["asked"].values() if code != 0]
    assert [len(lines) for lines in refused] == [1, 1]
    assert all("gateway.tls" in line and "; fix: " in line for (line,) in refused)


def test_a_renewed_certificate_reaches_envoy_and_no_request_is_lost(life: Noted) -> None:
    renewed = life["renewed"]
    assert renewed["revisions"] == 1
    assert renewed["new"] == [True, True]  # A new key as well.
    assert renewed["told-after"] < 10
    assert renewed["asked"] > 20
    assert renewed["statuses"] == [200]


def test_nothing_is_left(life: Noted) -> None:
    releases, services, kinds = life["left"]
    assert (releases, services) == ([], ["kubernetes"])
    assert [each for each in kinds if "cert-manager" in each] == []
    assert life["namespaces"] == ["default", "kube-node-lease", "kube-public", "kube-system"]
