"""Scenario 5: what users change, and that a plan does just that."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.charts import chart_repository
from tests.acceptance.project import Synthesized
from tests.acceptance.releases import pretend_deployed
from tests.acceptance.world import Enter, World

ALL_POOLS = {
    "azurerm_kubernetes_cluster.aks": "update",
    "azurerm_kubernetes_cluster_node_pool.ingress": "update",
    "azurerm_kubernetes_cluster_node_pool.user": "update",
}
VERSIONS = {
    "base": ["1.31.0", "1.31.1"],
    "istiod": ["1.31.0", "1.31.1"],
    "gateway": ["1.31.0", "1.31.1"],
    "kube-prometheus-stack": ["88.5.3"],
}


def test_a_new_vm_size_updates_the_pools(deployed: World, synthesized: Synthesized) -> None:
    size = {"ISTIO_AKS_CLUSTER__AGENTS_SIZE": "Standard_D8s_v5"}
    deployed.project.resynthesize(synthesized(size))
    plan = deployed.stack("aks").plan()
    assert plan.actions == ALL_POOLS
    assert plan.changed("azurerm_kubernetes_cluster.aks") == {"default_node_pool"}
    assert plan.changed("azurerm_kubernetes_cluster_node_pool.user") == {"vm_size"}


def test_a_new_kubernetes_version_updates_cluster_and_pools(
    deployed: World, synthesized: Synthesized
) -> None:
    # AKS has made the cluster with its default, 1.35.
    version = {"ISTIO_AKS_CLUSTER__KUBERNETES_VERSION": "1.36"}
    deployed.project.resynthesize(synthesized(version))
    plan = deployed.stack("aks").plan()
    assert plan.actions == ALL_POOLS
    assert plan.after("azurerm_kubernetes_cluster.aks")["kubernetes_version"] == "1.36"
    assert plan.changed("azurerm_kubernetes_cluster_node_pool.ingress") == {"orchestrator_version"}


def test_a_new_kubernetes_version_is_applied_once(
    deployed: World, synthesized: Synthesized
) -> None:
    version = {"ISTIO_AKS_CLUSTER__KUBERNETES_VERSION": "1.36"}
    deployed.project.resynthesize(synthesized(version))
    stack = deployed.stack("aks")
    stack.apply()
    for pool in ("system", "user", "ingress"):
        made = deployed.azure.resource(f"/agentPools/{pool}")["properties"]
        assert made["currentOrchestratorVersion"] == "1.36.4"
    assert stack.plan().actions == {}


def test_a_tfvars_file_changes_the_same(deployed: World) -> None:
    plan = deployed.stack("aks").plan("-var=agents_size=Standard_D8s_v5")
    assert plan.actions == ALL_POOLS


@pytest.fixture
def everything(
    authority: Authority, synthesized: Synthesized, enter: Enter, with_both: Path
) -> Iterator[tuple[World, dict[str, str]]]:
    """Everything is deployed, the cluster's half by way of speaking; and the charts' settings."""
    with chart_repository(authority, VERSIONS) as address:
        settings = {
            "ISTIO_AKS_ISTIO__CHART_REPOSITORY": address,
            "ISTIO_AKS_MONITORING__CHART_REPOSITORY": address,
        }
        made = enter(synthesized(settings), with_both)
        stack = made.stack("istio")
        pretend_deployed(stack, stack.plan())
        # The kubernetes provider writes nothing as "" or [] in what it has seen once.
        pretend_deployed(stack, stack.plan("-refresh=false", read_if_quiet=True))
        assert stack.plan("-refresh=false").actions == {}
        yield made, settings


def test_a_new_istio_version_upgrades_three_releases(
    everything: tuple[World, dict[str, str]], synthesized: Synthesized
) -> None:
    made, settings = everything
    made.project.resynthesize(synthesized(settings | {"ISTIO_AKS_ISTIO__VERSION": "1.31.1"}))
    plan = made.stack("istio").plan("-refresh=false")
    assert plan.actions == {
        "helm_release.istio-base": "update",
        "helm_release.istio-istiod": "update",
        "helm_release.istio-ingress": "update",
    }
    assert plan.after("helm_release.istio-ingress")["version"] == "1.31.1"


def test_an_edited_template_is_deployed_without_a_new_version_of_the_chart(
    everything: tuple[World, dict[str, str]], synthesized: Synthesized
) -> None:
    made, settings = everything
    edited = synthesized(settings, program="tests/acceptance/edited_template.py")
    made.project.resynthesize(edited)
    plan = made.stack("istio").plan("-refresh=false")
    assert plan.actions == {"helm_release.ingress-routing": "update"}
    assert plan.after("helm_release.ingress-routing")["version"] == "1.0.0"


def test_a_registry_of_ones_own_updates_in_place(
    everything: tuple[World, dict[str, str]], synthesized: Synthesized
) -> None:
    made, settings = everything
    registry = {"ISTIO_AKS_IMAGES__REGISTRY": "contoso.azurecr.io"}
    made.project.resynthesize(synthesized(settings | registry))
    plan = made.stack("istio").plan("-refresh=false")
    # The gateway has its image of istiod.
    assert plan.actions == {
        "helm_release.istio-istiod": "update",
        "helm_release.prometheus": "update",
        "kubernetes_deployment_v1.echoserver-deployment": "update",
    }


def test_the_sample_off_removes_it_and_its_route(
    everything: tuple[World, dict[str, str]], synthesized: Synthesized
) -> None:
    made, settings = everything
    made.project.resynthesize(synthesized(settings | {"ISTIO_AKS_SAMPLE__ENABLED": "false"}))
    plan = made.stack("istio").plan("-refresh=false")
    assert plan.actions == {
        "helm_release.ingress-routing": "update",
        "kubernetes_deployment_v1.echoserver-deployment": "delete",
        "kubernetes_service_v1.echoserver-service": "delete",
    }


def test_monitoring_off_removes_it_and_nothing_else(
    everything: tuple[World, dict[str, str]], synthesized: Synthesized
) -> None:
    made, settings = everything
    made.project.resynthesize(synthesized(settings | {"ISTIO_AKS_MONITORING__ENABLED": "false"}))
    plan = made.stack("istio").plan("-refresh=false")
    assert plan.actions == {
        "helm_release.prometheus": "delete",
        "kubernetes_namespace_v1.prometheus-namespace": "delete",
    }
