"""The pods of the gateway: where they run, whom they believe, and how they end."""

import json
from typing import Any

import pytest
from cdktf import TerraformStack

from constructs.front_door.profile import FrontDoorProfile
from settings.gateway import Gateway
from settings.private_link import LoadBalancer
from tests.gateways import gateway
from tests.synthesis import Json, synth, values

TAINT = "dedicated=edge:NoSchedule"


def values_of(
    stack: TerraformStack,
    *taints: str,
    balancer_minutes: int = 30,
    response_timeout_seconds: int = 120,
    **options: Any,
) -> Json:
    gateway(
        stack,
        options=Gateway(**({"node_pool": "edge"} | options)),
        load_balancer=LoadBalancer(
            private_ip_address="10.1.4.20", idle_timeout_minutes=balancer_minutes
        ),
        taints=taints,
        response_timeout_seconds=response_timeout_seconds,
    )
    return values(synth(stack)["resource"]["helm_release"]["gateway"])


def by_node(made: Json) -> Json:
    (constraint,) = [
        each
        for each in made["topologySpreadConstraints"]
        if each["topologyKey"] == "kubernetes.io/hostname"
    ]
    return dict(constraint)


def test_pods_run_on_a_pool_of_their_own_and_nowhere_else(stack: TerraformStack) -> None:
    affinity = values_of(stack, TAINT)["affinity"]["nodeAffinity"]
    (term,) = affinity["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"]
    assert {
        "key": "kubernetes.azure.com/agentpool",
        "operator": "In",
        "values": ["edge"],
    } in term["matchExpressions"]


def test_second_pod_waits_for_a_second_node_of_the_pool(stack: TerraformStack) -> None:
    assert by_node(values_of(stack, TAINT))["minDomains"] == 2


def test_one_pod_needs_one_node(stack: TerraformStack) -> None:
    assert "minDomains" not in by_node(values_of(stack, TAINT, min_replicas=1))


def test_a_pool_that_is_shared_is_only_preferred(stack: TerraformStack) -> None:
    made = values_of(stack)
    affinity = made["affinity"]["nodeAffinity"]
    assert "preferredDuringSchedulingIgnoredDuringExecution" in affinity
    (term,) = affinity["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"]
    keys = [each["key"] for each in term["matchExpressions"]]
    assert "kubernetes.azure.com/agentpool" not in keys
    assert "minDomains" not in by_node(made)


def test_a_taint_that_keeps_nobody_away_leaves_the_pool_shared(stack: TerraformStack) -> None:
    made = values_of(stack, "spare=edge:PreferNoSchedule")
    assert "preferredDuringSchedulingIgnoredDuringExecution" in made["affinity"]["nodeAffinity"]
    assert "minDomains" not in by_node(made)
    assert made["tolerations"] == [
        {"key": "spare", "operator": "Equal", "value": "edge", "effect": "PreferNoSchedule"}
    ]


def test_service_publishes_what_is_answered_and_nothing_else(stack: TerraformStack) -> None:
    assert values_of(stack)["service"]["ports"] == [
        {"name": "status-port", "port": 15021, "protocol": "TCP", "targetPort": 15021},
        {"name": "http2", "port": 80, "protocol": "TCP", "targetPort": 80},
    ]


def test_a_pod_that_ends_answers_for_as_long_as_front_door_waits(stack: TerraformStack) -> None:
    made = values_of(stack)
    FrontDoorProfile(stack, "fd", name="fd-1", resource_group_name="rg")
    profile = synth(stack)["resource"]["azurerm_cdn_frontdoor_profile"]["fd"]
    assert made["env"]["EXIT_ON_ZERO_ACTIVE_CONNECTIONS"] == "true"
    assert (profile["response_timeout_seconds"], made["terminationGracePeriodSeconds"]) == (
        120,
        135,
    )


def test_gateway_closes_idle_connections_before_the_load_balancer_forgets_them(
    stack: TerraformStack,
) -> None:
    made = values_of(stack)
    prefix = "service.beta.kubernetes.io/azure-load-balancer"
    assert made["env"]["ISTIO_META_IDLE_TIMEOUT"] == "25m"
    assert made["service"]["annotations"][f"{prefix}-tcp-idle-timeout"] == "30"


def test_refuses_to_close_them_later(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="a whole number from 1 to 24 minutes"):
        values_of(stack, balancer_minutes=25)


def proxy_of(values: Json) -> Json:
    content: Json = json.loads(values["podAnnotations"]["proxy.istio.io/config"])
    return content


def test_nobody_is_believed_without_the_origin_lock(stack: TerraformStack) -> None:
    assert "gatewayTopology" not in proxy_of(values_of(stack, origin_lock=False))


def test_nobody_is_believed_where_that_is_asked_for(stack: TerraformStack) -> None:
    assert "gatewayTopology" not in proxy_of(values_of(stack, trust_front_door=False))


def test_front_door_is_believed_with_the_origin_lock(stack: TerraformStack) -> None:
    assert proxy_of(values_of(stack))["gatewayTopology"] == {"numTrustedProxies": 1}


def test_requests_outlive_a_listener_as_they_outlive_a_pod(stack: TerraformStack) -> None:
    made = values_of(stack, response_timeout_seconds=200)
    assert proxy_of(made)["drainDuration"] == "215s"
    assert made["terminationGracePeriodSeconds"] == 215


def test_refuses_to_wait_longer_than_front_door_can(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="a whole number from 16 to 240 seconds"):
        values_of(stack, response_timeout_seconds=241)
