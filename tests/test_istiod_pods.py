"""Istiod's pods: how many, where, and what becomes of them in a drain and in an upgrade."""

from pathlib import Path

import pytest

from constructs.mesh.istiod_pods import istiod_pods
from settings.istio import Istio
from tests.refused import assert_refused
from tests.synthesis import settings_text


def test_where_nothing_is_said_the_charts_own_holds() -> None:
    assert istiod_pods(Istio()) == {}


def test_one_pod_that_is_asked_for_has_no_budget() -> None:
    assert istiod_pods(Istio(min_replicas=1)) == {"autoscaleMin": 1}


def test_two_pods_are_never_less_in_an_upgrade_and_in_a_drain() -> None:
    made = istiod_pods(Istio.model_validate({"min_replicas": 2, "max_replicas": 4}))
    assert (made["autoscaleMin"], made["autoscaleMax"]) == (2, 4)
    assert (made["rollingMaxSurge"], made["rollingMaxUnavailable"]) == (1, 0)
    # minAvailable would hold a drain up where a pod never becomes ready.
    assert made["pdb"] == {"maxUnavailable": 1, "unhealthyPodEvictionPolicy": "AlwaysAllow"}


def test_they_are_on_different_nodes_and_if_possible_in_different_zones() -> None:
    by_node, by_zone = istiod_pods(Istio(min_replicas=2))["topologySpreadConstraints"]
    assert (by_node["topologyKey"], by_node["whenUnsatisfiable"]) == (
        "kubernetes.io/hostname",
        "DoNotSchedule",
    )
    assert (by_zone["topologyKey"], by_zone["whenUnsatisfiable"]) == (
        "topology.kubernetes.io/zone",
        "ScheduleAnyway",
    )
    # Nodes that it cannot be on are no nodes without it.
    assert by_node["nodeTaintsPolicy"] == "Honor"
    assert "minDomains" not in by_node


def test_pods_of_another_revision_are_not_counted() -> None:
    for each in istiod_pods(Istio(min_replicas=2))["topologySpreadConstraints"]:
        assert each["labelSelector"] == {"matchLabels": {"app": "istiod"}}
        assert each["matchLabelKeys"] == ["pod-template-hash"]


def test_on_a_pool_of_its_own_the_second_waits_for_a_second_node() -> None:
    made = istiod_pods(Istio(min_replicas=2, node_pool="mesh"), ["dedicated=mesh:NoSchedule"])
    assert made["topologySpreadConstraints"][0]["minDomains"] == 2


def test_requests_limits_and_priority() -> None:
    options = Istio.model_validate(
        {
            "requests": {"cpu": "250m"},
            "limits": {"memory": "4Gi"},
            "priority_class": "system-cluster-critical",
        }
    )
    assert istiod_pods(options) == {
        "resources": {"requests": {"cpu": "250m"}, "limits": {"memory": "4Gi"}},
        "global": {"priorityClassName": "system-cluster-critical"},
    }


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        (
            "istio.min_replicas = 6",
            "istio.max_replicas",
            "at least min_replicas, 6; unset it is 5",
        ),
        (
            "istio.limits.memory = '1Gi'",
            "istio.limits.memory",
            "at least what is requested, 2048Mi; it is 1Gi",
        ),
        (
            "[istio]\nmin_replicas = 2\nistiod_values.autoscaleMin = 3",
            "istio.istiod_values.autoscaleMin",
            "no value of yours: istio.min_replicas says it",
        ),
        (
            "[istio]\nmin_replicas = 2\nistiod_values.pilot.pdb.minAvailable = 3",
            "istio.istiod_values.pilot.pdb.minAvailable",
            "no value of yours: istio.min_replicas says it",
        ),
        (
            "[istio]\nrequests.cpu = '1'\nistiod_values.resources.requests.cpu = '2'",
            "istio.istiod_values.resources.requests",
            "no value of yours: istio.requests says it",
        ),
        (
            "[istio]\nmin_replicas = 2\nnode_pool = 'mesh'\n"
            "[node_pools.mesh]\ndedicated = true\nmax_count = 1",
            "node_pools.mesh.max_count",
            "at least 2 where istio.min_replicas is 2: istiod runs on this pool only, and two of it"
            " never on one node",
        ),
    ],
)
def test_refused(tmp_path: Path, text: str, key: str, allowed: str) -> None:
    assert_refused(settings_text(tmp_path, text), key, allowed)
