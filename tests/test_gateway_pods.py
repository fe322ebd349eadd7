"""The gateway's pods: how many, where, what they ask for, and how their number changes."""

from pathlib import Path
from typing import Any

import pytest

from constructs.ingress.gateway_pods import gateway_pods
from settings.gateway import Gateway
from tests.refused import assert_refused
from tests.synthesis import Json, settings_text

TAINTS = ["dedicated=ingress:NoSchedule"]


def made(taints: list[str] | None = None, **options: Any) -> Json:
    return gateway_pods(Gateway.model_validate(options), {"istio": "a"}, taints or [])


def test_where_nothing_is_said_it_is_as_it_was() -> None:
    found = made()
    assert found["autoscaling"] == {"minReplicas": 2, "maxReplicas": 5}
    assert found["podDisruptionBudget"] == {"minAvailable": 1}
    assert "resources" not in found
    assert "priorityClassName" not in found


def test_two_keep_running_while_nodes_are_drained() -> None:
    assert made(min_replicas=3, min_available=2)["podDisruptionBudget"] == {
        "minAvailable": 2,
        "unhealthyPodEvictionPolicy": "AlwaysAllow",
    }


@pytest.mark.parametrize(("min_available", "nodes"), [(1, 2), (2, 3)])
def test_on_a_pool_of_their_own_there_is_a_node_more_than_pods_that_stay(
    min_available: int, nodes: int
) -> None:
    found = made(TAINTS, min_replicas=3, min_available=min_available)
    assert found["topologySpreadConstraints"][0]["minDomains"] == nodes


def test_scales_by_cpu_and_comes_down_late_and_one_by_one() -> None:
    assert made(cpu_percent=60, scale_down_minutes=10)["autoscaling"] == {
        "minReplicas": 2,
        "maxReplicas": 5,
        "targetCPUUtilizationPercentage": 60,
        "autoscaleBehavior": {
            "scaleDown": {
                "stabilizationWindowSeconds": 600,
                "policies": [{"type": "Pods", "value": 1, "periodSeconds": 60}],
            }
        },
    }


def test_requests_limits_and_priority() -> None:
    found = made(
        requests={"cpu": "500m", "memory": "256Mi"},
        limits={"memory": "2Gi"},
        priority_class="system-cluster-critical",
    )
    assert found["resources"] == {
        "requests": {"cpu": "500m", "memory": "256Mi"},
        "limits": {"memory": "2Gi"},
    }
    assert found["priorityClassName"] == "system-cluster-critical"


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        (
            "[gateway]\nnode_pool = 'user'\nmin_available = 2",
            "gateway.min_available",
            "less than min_replicas, 2: no node of theirs could be drained",
        ),
        (
            "[gateway]\nnode_pool = 'user'\nmin_replicas = 1\nmin_available = 2",
            "gateway.min_available",
            "less than min_replicas, 1: no node of theirs could be drained",
        ),
        (
            "gateway.requests.memory = '2Gi'",
            "gateway.limits.memory",
            "at least what is requested, 2Gi; it is 1024Mi",
        ),
        (
            "gateway.requests.memory = '2'",
            "gateway.requests.memory",
            "a whole number with Mi, Gi, M or G",
        ),
        ("gateway.limits.cpu = '0m'", "gateway.limits.cpu", "CPUs, or thousandths of one"),
        (
            "[gateway]\ncpu_percent = 60\nvalues.autoscaling.targetCPUUtilizationPercentage = 70",
            "gateway.values.autoscaling.targetCPUUtilizationPercentage",
            "no value of yours: gateway.cpu_percent says it",
        ),
        (
            "[gateway]\nmin_replicas = 3\nmin_available = 2",
            "node_pools.ingress.max_count",
            "at least 3 where gateway.min_available is 2: its pods run on this pool only, and two"
            " never on one node",
        ),
    ],
)
def test_refused(tmp_path: Path, text: str, key: str, allowed: str) -> None:
    assert_refused(settings_text(tmp_path, text), key, allowed)
