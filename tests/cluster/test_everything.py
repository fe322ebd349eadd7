"""One run in which all of it meets: both stacks, real charts, controllers, istiod and Envoy."""

import json
from pathlib import Path

import pytest

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.project import Synthesized
from tests.acceptance.shared import once
from tests.cluster.deployment import real_charts
from tests.cluster.journal import REPORTS
from tests.cluster.whole_life import Noted, live


@pytest.fixture(scope="session")
def life(
    shared: Path,
    authority: Authority,
    synthesized: Synthesized,
    tmp_path_factory: pytest.TempPathFactory,
) -> Noted:
    """What was noted in a whole life, lived once in a run."""
    output = synthesized(real_charts())

    def make(folder: Path) -> None:
        work = tmp_path_factory.mktemp("everything")
        noted = live(authority, output, work)
        (folder / "noted.json").write_text(json.dumps(noted))

    noted: Noted = json.loads((once(shared / "everything", make) / "noted.json").read_text())
    REPORTS["test_everything.py"] = noted["report"]
    return noted


def test_the_gateway_has_its_address_when_the_apply_ends(life: Noted) -> None:
    assert [each["ip"] for each in life["addresses"]] == ["10.52.192.20"]


def test_front_door_is_connected_when_the_apply_ends(life: Noted) -> None:
    assert life["connections"] == ["Approved"]


def test_the_releases_are_deployed(life: Noted) -> None:
    assert life["releases"] == [
        ["ingress-routing", 1, "deployed"],
        ["istio-base", 1, "deployed"],
        ["istio-ingress", 1, "deployed"],
        ["istiod", 1, "deployed"],
        ["prometheus", 1, "deployed"],
    ]


def test_istiod_has_put_the_proxy_into_the_pods_of_the_gateway(life: Noted) -> None:
    # The chart says "auto"; where the images are, the chart of istiod says.
    names = [image.rpartition("/")[2].partition(":")[0] for image in life["images"]]
    assert names == ["proxyv2", "proxyv2"]


def test_the_pods_of_the_gateway_are_on_two_nodes_of_its_pool(life: Noted) -> None:
    assert life["nodes"] == [
        "aks-ingress-12345678-vmss000000",
        "aks-ingress-12345678-vmss000001",
    ]


def test_a_request_of_our_front_door_is_answered(life: Noted) -> None:
    assert life["by-front-door"] == [200, "outbound|8080||echoserver.default.svc.cluster.local"]


def test_a_request_past_front_door_is_refused(life: Noted) -> None:
    assert life["past-it"] == 403


def test_second_plans_are_quiet(life: Noted) -> None:
    assert (life["istio-plan"], life["aks-plan"]) == ({}, {})


def test_the_private_link_service_is_there_before_the_origin_asks_for_it(life: Noted) -> None:
    changes = life["steps"]["apply istio"]
    link = changes.index("cloud controller: PUT privateLinkServices/istio-ingress")
    assert link < changes.index("Terraform: PUT origins/IstioOrigin")


def test_the_origin_goes_before_the_private_link_service(life: Noted) -> None:
    changes = life["steps"]["destroy istio"]
    link = changes.index("cloud controller: DELETE privateLinkServices/istio-ingress")
    assert changes.index("Terraform: DELETE origins/IstioOrigin") < link


def test_nothing_is_left_in_kubernetes(life: Noted) -> None:
    assert life["left-in-kubernetes"] == [
        ["default", "kube-node-lease", "kube-public", "kube-system"],
        [],
    ]


def test_nothing_is_left_in_azure(life: Noted) -> None:
    assert life["left-in-azure"] == []
