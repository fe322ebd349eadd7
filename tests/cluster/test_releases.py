"""Releases of the real charts that fail: what the user sees, and what stays as it was."""

import json
from pathlib import Path

import pytest

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.project import Synthesized
from tests.acceptance.shared import once
from tests.cluster.deployment import deployment, real_charts
from tests.cluster.failures import Noted, live
from tests.cluster.journal import REPORTS
from tests.cluster.test_load_balancer import PLC


@pytest.fixture(scope="session")
def life(
    shared: Path,
    authority: Authority,
    synthesized: Synthesized,
    with_aks: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Noted:
    """What was noted in a life with failures, lived once in a run."""

    def make(folder: Path) -> None:
        work = tmp_path_factory.mktemp("releases")
        output = synthesized(real_charts())
        (work / "project").mkdir()
        with deployment(authority, output, work, with_aks) as made:
            noted = live(made, synthesized)
        (folder / "noted.json").write_text(json.dumps(noted))

    noted: Noted = json.loads((once(shared / "releases", make) / "noted.json").read_text())
    REPORTS["test_releases.py"] = noted["report"]
    return noted


def test_without_the_role_helm_waits_and_gives_up(life: Noted) -> None:
    assert "context deadline exceeded" in life["without-role"]["said"]


def test_without_the_role_the_release_is_taken_back(life: Noted) -> None:
    names = [name for name, _, _ in life["without-role"]["releases"]]
    assert "istiod" in names
    assert "istio-ingress" not in names


def test_without_the_role_the_events_of_the_service_say_why(life: Noted) -> None:
    said = {reason: message for reason, message, _ in life["without-role"]["events"]}
    assert "AuthorizationFailed" in said["SyncLoadBalancerFailed"]
    assert PLC in said["SyncLoadBalancerFailed"]


def test_without_the_role_the_service_is_gone_and_its_events_are_not(life: Noted) -> None:
    assert life["without-role"]["services"] == []
    assert life["without-role"]["events"] != []


def test_with_the_role_a_second_apply_is_enough(life: Noted) -> None:
    assert life["applied"]["address"] == "10.52.192.20"
    assert life["applied"]["releases"] == [["istio-ingress", 1, "deployed"]]


def test_a_value_that_the_chart_does_not_know_is_named(life: Noted) -> None:
    assert "replicaCuont" in life["misspelled"]


def test_it_changes_nothing(life: Noted) -> None:
    assert life["after-misspelled"] == life["applied"]
    assert life["steps"]["plan with a value that the chart does not know"] == []


def test_pods_that_never_get_ready_fail_the_release(life: Noted) -> None:
    assert "context deadline exceeded" in life["unready"]


def test_the_release_goes_back_to_what_it_was(life: Noted) -> None:
    assert life["after-unready"]["releases"] == [
        ["istio-ingress", 1, "superseded"],
        ["istio-ingress", 2, "failed"],
        ["istio-ingress", 3, "deployed"],
    ]


def test_the_service_is_the_same_all_the_time(life: Noted) -> None:
    after = life["after-unready"]
    assert {**after, "releases": None} == {**life["applied"], "releases": None}


def test_the_settings_of_before_are_an_update_then(life: Noted) -> None:
    # Terraform's state has what failed.
    assert life["plan-as-before"] == {"helm_release.istio-ingress": "update"}


def test_azure_hears_nothing_of_it(life: Noted) -> None:
    (changes,) = [each for name, each in life["steps"].items() if "never gets ready" in name]
    assert changes == []


def test_another_address_is_planned_as_two_updates(life: Noted) -> None:
    assert life["moved"]["plan"] == {
        "azurerm_cdn_frontdoor_origin.istio-ingress-origin": "update",
        "helm_release.istio-ingress": "update",
    }


def test_it_ends_the_connection_of_front_door_and_no_plan_tells(life: Noted) -> None:
    assert life["moved"]["connections"] == [["Approved"], []]
    assert life["moved"]["second-plan"] == {}


def test_destroy_leaves_nothing(life: Noted) -> None:
    assert life["left"] == [[], ["kubernetes"]]
