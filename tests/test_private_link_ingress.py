from collections.abc import Sequence

from cdktf import TerraformStack

from constructs.helm_release import ChartSource
from constructs.ingress.private_link_ingress import PrivateLinkIngress
from constructs.ingress.private_link_service import InternalLoadBalancer, PrivateLinkService
from constructs.mesh.mesh import Mesh
from tests.synthesis import Json, synth, values

CHARTS = ChartSource(repository="https://charts.example.com", version="1.30.3")


def ingress(stack: TerraformStack, taints: Sequence[str] = ()) -> PrivateLinkIngress:
    return PrivateLinkIngress(
        stack,
        "gateway",
        name="gateway",
        namespace="edge",
        mesh=Mesh(stack, "istio", namespace="istio-system", charts=CHARTS),
        charts=CHARTS,
        load_balancer=InternalLoadBalancer(subnet_name="plc", address="10.1.4.20"),
        private_link_service=PrivateLinkService(name="edge-pls", subnet_name="plc"),
        node_resource_group_id="/subscriptions/s/resourceGroups/MC_rg",
        node_pool="edge",
        taints=taints,
    )


def release(stack: TerraformStack) -> Json:
    made: Json = synth(stack)["resource"]["helm_release"]["gateway"]
    return made


def test_comes_after_istiod_which_injects_its_image(stack: TerraformStack) -> None:
    ingress(stack)
    assert release(stack)["depends_on"] == ["helm_release.istio-istiod"]


def test_computes_the_id_of_the_private_link_service(stack: TerraformStack) -> None:
    assert ingress(stack).private_link_service_id == (
        "/subscriptions/s/resourceGroups/MC_rg/providers/Microsoft.Network"
        "/privateLinkServices/edge-pls"
    )


def test_labels_what_gateways_select(stack: TerraformStack) -> None:
    made = ingress(stack)
    assert made.selector == {"istio": "ingressgateway"}
    assert values(release(stack))["labels"] == {"istio": "ingressgateway"}


def test_service_is_annotated_for_load_balancer_and_private_link(stack: TerraformStack) -> None:
    ingress(stack)
    annotations = values(release(stack))["service"]["annotations"]
    assert annotations["service.beta.kubernetes.io/azure-load-balancer-internal"] == "true"
    assert annotations["service.beta.kubernetes.io/azure-pls-name"] == "edge-pls"


def test_prefers_its_pool_by_a_label_that_is_not_deprecated(stack: TerraformStack) -> None:
    ingress(stack)
    affinity = values(release(stack))["affinity"]["nodeAffinity"]
    preferred = affinity["preferredDuringSchedulingIgnoredDuringExecution"]
    assert preferred[0]["preference"]["matchExpressions"] == [
        {"key": "kubernetes.azure.com/agentpool", "operator": "In", "values": ["edge"]}
    ]


def test_tolerates_the_taints_of_its_pool(stack: TerraformStack) -> None:
    ingress(stack, taints=["dedicated=edge:NoSchedule"])
    assert values(release(stack))["tolerations"] == [
        {"key": "dedicated", "operator": "Equal", "value": "edge", "effect": "NoSchedule"}
    ]


def test_tolerates_nothing_where_the_pool_has_no_taints(stack: TerraformStack) -> None:
    ingress(stack)
    assert "tolerations" not in values(release(stack))


def test_two_pods_or_more_serve(stack: TerraformStack) -> None:
    ingress(stack)
    assert values(release(stack))["autoscaling"] == {"minReplicas": 2, "maxReplicas": 5}


def test_one_pod_stays_while_nodes_are_drained(stack: TerraformStack) -> None:
    ingress(stack)
    assert values(release(stack))["podDisruptionBudget"] == {"minAvailable": 1}


def test_pods_are_on_different_nodes_and_if_possible_in_different_zones(
    stack: TerraformStack,
) -> None:
    ingress(stack)
    constraints = values(release(stack))["topologySpreadConstraints"]
    assert [(each["topologyKey"], each["whenUnsatisfiable"]) for each in constraints] == [
        ("kubernetes.io/hostname", "DoNotSchedule"),
        ("topology.kubernetes.io/zone", "ScheduleAnyway"),
    ]
    for each in constraints:
        assert each["labelSelector"] == {"matchLabels": {"istio": "ingressgateway"}}


def test_service_can_be_named_in_the_cluster(stack: TerraformStack) -> None:
    assert ingress(stack).service_host == "gateway.edge.svc.cluster.local"


def test_waits_long_enough_for_azure_to_make_the_service(stack: TerraformStack) -> None:
    ingress(stack)
    assert release(stack)["timeout"] == 900


def test_believes_no_proxy_unless_asked_to(stack: TerraformStack) -> None:
    ingress(stack)
    annotation = values(release(stack))["podAnnotations"]["proxy.istio.io/config"]
    assert annotation == '{"drainDuration": "135s"}'
