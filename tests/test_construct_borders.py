"""Values of constructs at their borders, and the lines of rules that stand in a construct."""

import pytest
from cdktf import TerraformStack

from constructs.ingress.virtual_services import VirtualService
from settings.front_door import LoadBalancing
from settings.node_pools import NodePoolOptions
from settings.private_link import PrivateLinkService
from settings.routes import Route
from tests.synthesis import Json
from tests.test_front_door_route import route
from tests.test_ingress_routing import release


def virtual_service(name: str, prefix: str, host: str = "*") -> VirtualService:
    one = Route(host=host, prefix=prefix, service="shop", namespace="web", port=80)
    return VirtualService(name=name, namespace="web", routes=[one])


def test_a_route_without_origins_is_refused(stack: TerraformStack) -> None:
    with pytest.raises(ValueError) as refused:
        route(stack, origins=0)
    assert str(refused.value) == (
        "FrontDoorRoute route origins = (): allowed: at least one origin;"
        " fix: pass the group's origins"
    )


def test_a_pattern_that_is_no_path_is_refused(stack: TerraformStack) -> None:
    with pytest.raises(ValueError) as refused:
        route(stack, patterns=["shop"])
    assert str(refused.value) == (
        "FrontDoorRoute route patterns = ('shop',): allowed: one or more paths that start with"
        ' "/"; fix: write "/*" for all'
    )


def test_a_virtual_service_that_takes_the_probe_is_refused(stack: TerraformStack) -> None:
    with pytest.raises(ValueError) as refused:
        release(stack, virtual_services=(virtual_service("shop", "/u"),))
    assert str(refused.value) == (
        "IngressRouting routing routes = ('/u', '/up'): allowed: a prefix that is not the"
        " beginning of the probe's path, /up; fix: choose a longer prefix, or another path for the"
        " probe"
    )


def test_two_virtual_services_of_one_name_are_refused(stack: TerraformStack) -> None:
    with pytest.raises(ValueError) as refused:
        release(
            stack,
            virtual_services=(
                virtual_service("shop", "/a"),
                virtual_service("shop", "/b", "a.com"),
            ),
        )
    assert str(refused.value) == (
        "IngressRouting routing virtual_services = ('web/shop', 'web/shop'): allowed:"
        " VirtualServices of different names; fix: give each a name of its own"
    )


def test_a_host_of_the_gateway_that_is_none_is_refused(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="IngressRouting routing hosts = 'a': allowed: "):
        release(stack, hosts=("a",))


def test_as_many_successes_as_samples_can_be_asked_for() -> None:
    assert LoadBalancing(sample_size=3, successful_samples_required=3).sample_size == 3


def test_more_successes_than_samples_cannot() -> None:
    with pytest.raises(ValueError) as refused:
        LoadBalancing(sample_size=3, successful_samples_required=4)
    assert (
        "allowed: successful_samples_required: at most sample_size, 3;"
        " fix: raise sample_size or lower successful_samples_required"
    ) in str(refused.value)


def test_a_pool_may_have_all_three_zones() -> None:
    options = NodePoolOptions(min_count=3, max_count=3, zones=("1", "2", "3"))
    assert options.zones == ("1", "2", "3")


def test_nobody_is_approved_who_cannot_find_the_service() -> None:
    ours = "11111111-2222-3333-4444-555555555555"
    with pytest.raises(ValueError) as refused:
        PrivateLinkService(visibility=(ours,), auto_approval=("*",))
    assert (
        "allowed: auto_approval: subscriptions that private_link_service.visibility,"
        f' ["{ours}"], includes; fix: add them to visibility, or remove them here'
    ) in str(refused.value)


def test_istiod_prefers_the_pools_that_aks_calls_system(istio: Json) -> None:
    (text,) = istio["resource"]["helm_release"]["istio-istiod"]["values"]
    assert "key: kubernetes.azure.com/mode" in text


def test_the_cluster_has_the_tier_with_an_agreement(aks: Json) -> None:
    assert aks["resource"]["azurerm_kubernetes_cluster"]["aks"]["sku_tier"] == "Standard"


def test_the_cluster_outlives_nothing_that_its_load_balancers_stand_in(aks: Json) -> None:
    made = aks["resource"]["azurerm_kubernetes_cluster"]["aks"]
    assert made["depends_on"] == ["azurerm_subnet.plc"]


def test_the_sample_is_one_pod_that_listens_on_8080(istio: Json) -> None:
    spec = istio["resource"]["kubernetes_deployment_v1"]["echoserver-deployment"]["spec"]
    (container,) = spec["template"]["spec"]["container"]
    assert (spec["replicas"], container["args"]) == ("1", ["netexec", "--http-port=8080"])


def test_the_sample_stands_where_its_route_leads(istio: Json) -> None:
    made = istio["resource"]
    for kind, name in (
        ("kubernetes_deployment_v1", "echoserver-deployment"),
        ("kubernetes_service_v1", "echoserver-service"),
    ):
        metadata = made[kind][name]["metadata"]
        assert (metadata["name"], metadata["namespace"]) == ("echoserver", "default")
