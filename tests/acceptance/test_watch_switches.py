"""Every switch of what watches the cluster: switched on later, all at once, and off again.

azurerm waits two and a half minutes for the alerts on metrics, all at once.
"""

from pathlib import Path

import pytest

from tests.acceptance.cluster_switches import CLUSTER
from tests.acceptance.edge_switches import Switch
from tests.acceptance.project import Synthesized
from tests.acceptance.watch_switches import (
    CONTROL_PLANE,
    MADE,
    RULE,
    SETTING,
    SWITCHES,
    TOGETHER,
)
from tests.acceptance.world import Enter, Kept, World

EACH_AND_ALL = pytest.mark.parametrize(
    "switch", [*SWITCHES.values(), TOGETHER], ids=[*SWITCHES, "together"]
)


@EACH_AND_ALL
def test_switched_on_later_it_plans_this_and_nothing_else(
    enter: Enter, synthesized: Synthesized, with_aks: Path, switch: Switch
) -> None:
    world = enter(synthesized(switch.environment()), with_aks)
    assert world.stack("aks").plan().told == switch.plan


def test_azures_prometheus_takes_the_place_of_ours_in_the_mesh(
    enter: Enter, synthesized: Synthesized, with_aks: Path
) -> None:
    settings = SWITCHES["managed-prometheus"].environment()
    plan = enter(synthesized(settings), with_aks).stack("istio").plan()
    told = plan.after("kubernetes_config_map_v1.managed-metrics")["data"]
    assert told["pod-annotation-based-scraping"] == (
        'podannotationnamespaceregex = "istio-system|istio-ingress|default"'
    )
    assert "helm_release.prometheus" not in plan.actions


@pytest.fixture(scope="session")
def with_watch(kept: Kept, synthesized: Synthesized, with_aks: Path) -> Path:
    """A cluster, and afterwards all that watches it."""
    output = synthesized(TOGETHER.environment())
    return kept("with-watch", output, lambda made: made.stack("aks").apply(), with_aks)


@pytest.fixture
def watched(enter: Enter, synthesized: Synthesized, with_watch: Path) -> World:
    return enter(synthesized(TOGETHER.environment()), with_watch)


def test_a_second_plan_is_quiet(watched: World) -> None:
    assert watched.stack("aks").plan().actions == {}


def test_the_agents_are_on(watched: World) -> None:
    properties = watched.azure.resource("/managedClusters/istio-aks")["properties"]
    agent = properties["addonProfiles"]["omsagent"]
    workspace = watched.azure.resource("/workspaces/istio-aks-watch")
    assert agent["enabled"] is True
    assert agent["config"] == {
        "logAnalyticsWorkspaceResourceID": workspace["id"],
        "useAADAuth": "true",
    }
    assert properties["azureMonitorProfile"]["metrics"]["enabled"] is True


def test_the_agent_finds_what_to_collect(watched: World) -> None:
    rule = watched.azure.resource("/dataCollectionRules/MSCI-westeurope-istio-aks")
    (extension,) = rule["properties"]["dataSources"]["extensions"]
    assert extension["extensionSettings"] == {
        "dataCollectionSettings": {
            "interval": "5m",
            "namespaceFilteringMode": "Exclude",
            "namespaces": ["kube-system", "gatekeeper-system", "azure-arc"],
            "enableContainerLogV2": True,
        }
    }
    association = watched.azure.resource(
        "/dataCollectionRuleAssociations/ContainerInsightsExtension"
    )
    assert association["properties"]["dataCollectionRuleId"] == rule["id"]


def test_metrics_go_by_an_endpoint_into_a_workspace(watched: World) -> None:
    rule = watched.azure.resource("/dataCollectionRules/MSProm-westeurope-istio-aks")["properties"]
    endpoint = watched.azure.resource("/dataCollectionEndpoints/MSProm-westeurope-istio-aks")
    account = watched.azure.resource("/accounts/istio-aks-metrics")
    (destination,) = rule["destinations"]["monitoringAccounts"]
    assert rule["dataCollectionEndpointId"] == endpoint["id"]
    assert destination["accountResourceId"] == account["id"]


def test_the_control_plane_logs_into_tables_of_its_own(watched: World) -> None:
    sent = watched.history.body("PUT", "*/diagnosticSettings/logs")["properties"]
    assert sent["logAnalyticsDestinationType"] == "Dedicated"
    assert sorted(each["category"] for each in sent["logs"]) == sorted(CONTROL_PLANE)


def test_a_private_link_service_that_is_deleted_is_told_of(watched: World) -> None:
    alert = watched.azure.resource("/activityLogAlerts/istio-aks-private-link-service-deleted")
    properties = alert["properties"]
    (scope,) = properties["scopes"]
    assert scope.endswith("/resourceGroups/MC_istio-aks_istio-aks_westeurope")
    assert {"field": "operationName", "equals": "Microsoft.Network/privateLinkServices/delete"} in [
        {key: each.get(key) for key in ("field", "equals")}
        for each in properties["condition"]["allOf"]
    ]


def test_another_preset_and_fewer_categories_are_updates(
    watched: World, synthesized: Synthesized
) -> None:
    watch = TOGETHER.settings["WATCH"]
    assert isinstance(watch, dict)
    fewer = {"container_insights": {"preset": "standard"}, "control_plane_logs": ["guard"]}
    other = Switch({**TOGETHER.settings, "WATCH": watch | fewer}, {})
    watched.project.resynthesize(synthesized(other.environment()))
    stack = watched.stack("aks")
    assert stack.plan().actions == {f"{RULE}container-insights": "update", SETTING: "update"}
    stack.apply()
    assert stack.plan().actions == {}


def test_switched_off_all_of_it_goes_and_the_cluster_stays(
    watched: World, synthesized: Synthesized
) -> None:
    watched.project.resynthesize(synthesized())
    stack = watched.stack("aks")
    gone = {each: "delete" for each in TOGETHER.plan if each != CLUSTER}
    assert stack.plan().actions == gone | {CLUSTER: "update"}
    stack.apply()
    assert stack.plan().actions == {}


def test_what_sends_is_destroyed_before_the_workspace(watched: World) -> None:
    stack = watched.stack("aks")
    stack.destroy()
    assert stack.addresses() == []
    gone = watched.azure.recording.paths("DELETE")
    workspace = next(
        at for at, each in enumerate(gone) if each.endswith("/workspaces/istio-aks-watch")
    )
    senders = [
        at
        for at, each in enumerate(gone)
        if each.endswith(("/diagnosticSettings/logs", "/managedClusters/istio-aks"))
        or "/dataCollectionRules/MSCI" in each
    ]
    assert len(senders) == 3
    assert max(senders) < workspace
    assert MADE in TOGETHER.plan
