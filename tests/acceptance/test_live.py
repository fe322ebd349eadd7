"""`make live`, proven on the stand-in: with the real azurerm, on the Azure half of the stacks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json
from tests.acceptance.azure.resource_manager import SUBSCRIPTION
from tests.acceptance.azure.stand_in import running
from tests.acceptance.edge import STRANGER, running_edge
from tests.acceptance.project import FOLDER_OF_CHARTS, azure_half
from tests.acceptance.shared import once
from tests.acceptance.terraform.environment import clean_environment
from tests.live.comparison import differences
from tests.live.exchanges import Exchange, Reader
from tests.live.life import Life
from tests.live.questions import Domain, Questions
from tests.live.report import Report
from tests.live.terraform import Scratch

ZONE = (
    f"/subscriptions/{SUBSCRIPTION}/resourceGroups/dns/providers/Microsoft.Network/dnsZones/a.com"
)
SERVICE = (
    f"/subscriptions/{SUBSCRIPTION}/resourceGroups/MC_istio-aks_istio-aks_westeurope"
    "/providers/Microsoft.Network/privateLinkServices/istio-ingress"
)
UPGRADE = {"ISTIO_AKS_FRONT_DOOR__PROBE__INTERVAL_IN_SECONDS": "50"}


@dataclass
class HalfScratch(Scratch):
    """Without a cluster: the stack istio is reduced to what it asks of Azure."""

    def synthesize(self, settings: Mapping[str, str]) -> list[str]:
        ids = super().synthesize(settings)
        azure_half(self.folder / "cdktf.out")
        return ids


# Minutes, and it tries the program that `make live` is; the stacks are tried by the others.
pytestmark = pytest.mark.every


@pytest.fixture(scope="module")
def report(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Json:
    """What a whole run wrote, made once."""

    def make(folder: Path) -> None:
        authority = Authority.made_in(tmp_path_factory.mktemp("authority"))
        with running(authority) as azure, running_edge(authority) as edge:
            azure.make(f"/subscriptions/{SUBSCRIPTION}/resourceGroups/dns", {"location": "global"})
            azure.make(ZONE, {"location": "global", "properties": {}})
            # What the cloud controller of the cluster would make.
            auto = {"subscriptions": ["*"]}
            service = {"id": SERVICE, "name": "istio-ingress", "properties": {"autoApproval": auto}}
            azure.store.put(ArmId(SERVICE), service)
            work = tmp_path_factory.mktemp("live")
            environment = clean_environment({**azure.environment, **FOLDER_OF_CHARTS})
            scratch = HalfScratch(work, environment, Reader(SUBSCRIPTION))
            report = Report(tell=lambda line: None)
            life = Life(scratch, report, {}, UPGRADE, edge.site, STRANGER, minutes=0.01, pause=0.1)
            questions = Questions(life, Domain("live.a.com", ZONE))
            if life.begin():
                life.claims()
                questions.ask_all()
            questions.end()
            life.end()
            lines = differences(scratch.exchanges, authority)
            made = [each.as_json() for each in scratch.exchanges]
            report.write(folder / "report.json", differences=lines, requests=made)

    content: Json = json.loads((once(shared / "live", make) / "report.json").read_text())
    return content


def test_every_step_is_done_and_goes_well(report: Json) -> None:
    assert [(each["name"], each["well"]) for each in report["steps"]] == [
        ("apply aks", True),
        ("the second plan of aks is empty", True),
        ("apply istio", True),
        ("the second plan of istio is empty", True),
        ("the first 200", True),
        ("the lock refuses another Front Door", True),
        ("the gateway's pods are replaced", True),
        ("upgrade: ISTIO_AKS_FRONT_DOOR__PROBE__INTERVAL_IN_SECONDS 50", True),
        ("to be known: a rule that leads into an empty group", True),
        ("to be known: a domain without a route: answer and certificate", True),
        ("to be known: minutes to a managed certificate", True),
        ("to be known: a domain deleted while its CNAME points here", True),
        ("to be known: the private endpoint after its origin is deleted", True),
        ("to be known: the private endpoint after a service of the same name returns", True),
        ("the trials are taken away", True),
        ("destroy istio", True),
        ("destroy aks", True),
    ]


def _seen(report: Json, title: str) -> Any:
    return next(each["seen"] for each in report["steps"] if each["name"].endswith(title))


def test_it_says_when_which_status_came(report: Json) -> None:
    assert [status for _, status in _seen(report, "the first 200")] == [404, 200]


def test_it_sees_the_connection_go_with_its_origin(report: Json) -> None:
    seen = _seen(report, "after its origin is deleted")
    assert [state for _, state in seen["connections"]] == [[]]


def test_a_domain_is_made_with_its_records_and_its_route(report: Json) -> None:
    assert _seen(report, "minutes to a managed certificate")["apply"] == "accepted"


def test_what_was_asked_is_in_it(report: Json) -> None:
    made = [each["path"] for each in report["requests"] if each["method"] == "PUT"]
    assert any(path.endswith("/managedClusters/istio-aks") for path in made)
    assert any(path.endswith("/customDomains/live") for path in made)


def test_no_credentials_are_in_it(report: Json) -> None:
    text = json.dumps(report)
    assert "PRIVATE KEY" not in text
    assert "kubeconfigs" not in text


def test_the_stand_in_answers_as_the_stand_in(report: Json) -> None:
    assert report["differences"] == []


def test_another_answer_of_azure_is_seen(report: Json, authority: Authority) -> None:
    made = [Exchange(**each) for each in report["requests"]]
    cluster = next(
        each
        for each in made
        if each.method == "GET"
        and each.path.endswith(
            "/istio-aks/providers/Microsoft.ContainerService/managedClusters/istio-aks"
        )
        and each.status == 200
    )
    cluster.answer["properties"]["supportPlan"] = "AKSLongTermSupport"
    assert differences(made, authority) == [
        "GET Microsoft.ContainerService/managedClusters: properties.supportPlan:"
        " Azure 'AKSLongTermSupport', here 'KubernetesOfficial'"
    ]
