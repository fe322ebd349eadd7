"""The stack istio alone, on a cluster that somebody else has made."""

from pathlib import Path

import pytest

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.project import Synthesized
from tests.acceptance.terraform.process import TerraformError
from tests.acceptance.world import Enter, World

ALONE = {"ISTIO_AKS_STACKS": '["istio"]'}


@pytest.fixture
def alone(enter: Enter, synthesized: Synthesized, with_aks: Path) -> World:
    """The cluster is there; only the stack istio is to be deployed."""
    return enter(synthesized(ALONE), with_aks)


def remove_the_pool(made: World) -> None:
    pool = made.azure.resource("/agentPools/ingress")
    made.azure.store.delete(ArmId(pool["id"]))


def test_a_cluster_with_the_pool_of_the_gateway_is_taken(alone: World) -> None:
    assert "helm_release.istio-ingress" in alone.stack("istio").plan().actions


def test_a_cluster_without_it_is_refused_in_the_plan(alone: World) -> None:
    remove_the_pool(alone)
    with pytest.raises(TerraformError) as refused:
        alone.stack("istio").plan()
    said = "The cluster has no node pool ingress, on which alone the gateway is to run."
    assert said in refused.value.text


def test_a_cluster_without_it_is_taken_when_the_pool_is_not_asked_for(
    alone: World, synthesized: Synthesized
) -> None:
    remove_the_pool(alone)
    open_to_all = ALONE | {"ISTIO_AKS_NODE_POOLS__INGRESS__DEDICATED": "false"}
    alone.project.resynthesize(synthesized(open_to_all))
    assert "helm_release.istio-ingress" in alone.stack("istio").plan().actions
