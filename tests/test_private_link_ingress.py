import pytest
from cdktf import App, TerraformStack

from settings.gateway import Gateway
from tests.gateways import gateway
from tests.synthesis import Json, synth, values


def release(stack: TerraformStack) -> Json:
    made: Json = synth(stack)["resource"]["helm_release"]["gateway"]
    return made


def test_comes_after_istiod_which_injects_its_image(stack: TerraformStack) -> None:
    gateway(stack)
    assert release(stack)["depends_on"] == ["helm_release.istio-istiod"]


def test_computes_the_id_of_the_private_link_service(stack: TerraformStack) -> None:
    assert gateway(stack).private_link_service_id == (
        "/subscriptions/s/resourceGroups/MC_rg/providers/Microsoft.Network"
        "/privateLinkServices/edge-pls"
    )


def test_labels_what_gateways_select(stack: TerraformStack) -> None:
    made = gateway(stack)
    assert made.selector == {"istio": "ingressgateway"}
    assert values(release(stack))["labels"] == {"istio": "ingressgateway"}


def test_service_is_annotated_for_load_balancer_and_private_link(stack: TerraformStack) -> None:
    gateway(stack)
    annotations = values(release(stack))["service"]["annotations"]
    assert annotations["service.beta.kubernetes.io/azure-load-balancer-internal"] == "true"
    assert annotations["service.beta.kubernetes.io/azure-pls-name"] == "edge-pls"


def test_prefers_its_pool_by_a_label_that_is_not_deprecated(stack: TerraformStack) -> None:
    gateway(stack)
    affinity = values(release(stack))["affinity"]["nodeAffinity"]
    preferred = affinity["preferredDuringSchedulingIgnoredDuringExecution"]
    assert preferred[0]["preference"]["matchExpressions"] == [
        {"key": "kubernetes.azure.com/agentpool", "operator": "In", "values": ["edge"]}
    ]


def test_tolerates_the_taints_of_its_pool(stack: TerraformStack) -> None:
    gateway(stack, taints=["dedicated=edge:NoSchedule"])
    assert values(release(stack))["tolerations"] == [
        {"key": "dedicated", "operator": "Equal", "value": "edge", "effect": "NoSchedule"}
    ]


def test_tolerates_nothing_where_the_pool_has_no_taints(stack: TerraformStack) -> None:
    gateway(stack)
    assert "tolerations" not in values(release(stack))


def test_two_pods_or_more_serve(stack: TerraformStack) -> None:
    gateway(stack)
    assert values(release(stack))["autoscaling"] == {"minReplicas": 2, "maxReplicas": 5}


def test_one_pod_stays_while_nodes_are_drained(stack: TerraformStack) -> None:
    gateway(stack)
    assert values(release(stack))["podDisruptionBudget"] == {"minAvailable": 1}


def test_pods_are_on_different_nodes_and_if_possible_in_different_zones(
    stack: TerraformStack,
) -> None:
    gateway(stack)
    constraints = values(release(stack))["topologySpreadConstraints"]
    assert [(each["topologyKey"], each["whenUnsatisfiable"]) for each in constraints] == [
        ("kubernetes.io/hostname", "DoNotSchedule"),
        ("topology.kubernetes.io/zone", "ScheduleAnyway"),
    ]
    for each in constraints:
        assert each["labelSelector"] == {"matchLabels": {"istio": "ingressgateway"}}


def test_service_can_be_named_in_the_cluster(stack: TerraformStack) -> None:
    assert gateway(stack).service_host == "gateway.edge.svc.cluster.local"


def test_waits_long_enough_for_azure_to_make_the_service(stack: TerraformStack) -> None:
    gateway(stack)
    assert release(stack)["timeout"] == 900


def test_believes_no_proxy_without_the_origin_lock(stack: TerraformStack) -> None:
    gateway(stack, options=Gateway(origin_lock=False))
    annotation = values(release(stack))["podAnnotations"]["proxy.istio.io/config"]
    assert annotation == '{"drainDuration": "135s"}'


def test_a_second_gateway_has_a_label_and_a_selector_of_its_own(stack: TerraformStack) -> None:
    gateway(stack)
    other = gateway(stack, "other", label="othergateway")
    assert other.selector == {"istio": "othergateway"}
    made = values(synth(stack)["resource"]["helm_release"]["other"])
    assert made["labels"] == {"istio": "othergateway"}
    assert made["topologySpreadConstraints"][0]["labelSelector"] == {
        "matchLabels": {"istio": "othergateway"}
    }


def test_refuses_the_label_of_another_gateway(stack: TerraformStack) -> None:
    gateway(stack)
    with pytest.raises(ValueError) as refused:
        gateway(stack, "other")
    assert str(refused.value) == (
        "PrivateLinkIngress other label = 'ingressgateway': allowed: a label that no other gateway"
        " has; gateway has this one, and the Gateways and locks of each would select the pods of"
        " both; fix: give each gateway a label of its own"
    )


def test_another_stack_may_have_the_same_label(stack: TerraformStack) -> None:
    gateway(stack)
    gateway(TerraformStack(App.of(stack), "another"))
