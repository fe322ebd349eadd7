"""The stack istio alone, on a cluster that somebody else has made."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.project import Synthesized
from tests.acceptance.terraform.stack import TerraformError
from tests.acceptance.world import World, world

ALONE = {"ISTIO_AKS_STACKS": '["istio"]'}


@pytest.fixture
def alone(
    authority: Authority, synthesized: Synthesized, tmp_path: Path, with_aks: Path
) -> Iterator[World]:
    """The cluster is there; only the stack istio is to be deployed."""
    with world(authority, synthesized(ALONE), tmp_path, with_aks) as made:
        yield made


def remove_the_pool(made: World) -> None:
    pool = made.azure.resource("/agentPools/ingress")
    made.azure.store.delete(ArmId(pool["id"]))


def test_a_cluster_with_the_pool_of_the_gateway_is_taken(alone: World) -> None:
    assert "helm_release.istio-ingress" in alone.stack("istio").plan().actions


def test_a_cluster_without_it_is_refused_in_the_plan(alone: World) -> None:
    remove_the_pool(alone)
    with pytest.raises(TerraformError) as refused:
        alone.stack("istio").plan()
    said = " ".join(str(refused.value).replace("│", " ").split())
    assert "The cluster has no node pool ingress, on which alone the gateway is to run." in said


def test_a_cluster_without_it_is_taken_when_the_pool_is_not_asked_for(
    alone: World, synthesized: Synthesized
) -> None:
    remove_the_pool(alone)
    open_to_all = ALONE | {"ISTIO_AKS_NODE_POOLS__INGRESS__DEDICATED": "false"}
    alone.project.resynthesize(synthesized(open_to_all))
    assert "helm_release.istio-ingress" in alone.stack("istio").plan().actions
