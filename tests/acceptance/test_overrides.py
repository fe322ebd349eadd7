"""Arguments without a key in the settings, laid over resources by their address."""

import json

import pytest

from tests.acceptance.project import Synthesized
from tests.acceptance.world import World

CLUSTER = "azurerm_kubernetes_cluster.aks"
SAMPLE = "kubernetes_deployment_v1.echoserver-deployment"
SETTINGS = {
    "ISTIO_AKS_OVERRIDES": json.dumps(
        {
            CLUSTER: {
                "image_cleaner_enabled": True,
                "image_cleaner_interval_hours": 48,
                "network_profile": {"load_balancer_profile": {"idle_timeout_in_minutes": 30}},
            },
            SAMPLE: {"spec": {"replicas": "2"}},
        }
    )
}


@pytest.fixture
def overridden(deployed_aks: World, synthesized: Synthesized) -> World:
    deployed_aks.project.resynthesize(synthesized(SETTINGS))
    return deployed_aks


@pytest.mark.parametrize("name", ["aks", "istio"])
def test_they_are_valid(overridden: World, name: str) -> None:
    assert overridden.stack(name).validate() == []


def test_azure_is_asked_for_them_and_a_second_plan_is_quiet(overridden: World) -> None:
    stack = overridden.stack("aks")
    plan = stack.plan()
    assert plan.actions == {CLUSTER: "update"}
    assert plan.changed(CLUSTER) == {
        "image_cleaner_enabled",
        "image_cleaner_interval_hours",
        "network_profile",
    }
    stack.apply()
    asked = overridden.azure.recording.body("PUT", "*/managedClusters/istio-aks")["properties"]
    assert asked["securityProfile"] == {"imageCleaner": {"enabled": True, "intervalHours": 48}}
    assert asked["networkProfile"]["loadBalancerProfile"]["idleTimeoutInMinutes"] == 30
    assert stack.plan().exit_code == 0


def test_a_resource_of_the_cluster_can_be_overridden_too(overridden: World) -> None:
    (spec,) = overridden.stack("istio").plan().after(SAMPLE)["spec"]
    assert spec["replicas"] == "2"
    (container,) = spec["template"][0]["spec"][0]["container"]
    assert container["name"] == "echoserver"
