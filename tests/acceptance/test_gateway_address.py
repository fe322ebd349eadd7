"""The gateway's load balancer in another subnet, with an address of Azure's choice."""

import pytest
import yaml

from tests.acceptance.project import Synthesized
from tests.acceptance.terraform.plan import Plan
from tests.acceptance.world import World

SETTINGS = {
    "ISTIO_AKS_LOAD_BALANCER": '{"subnet": "system", "private_ip_address": "dynamic"}',
    "ISTIO_AKS_FRONT_DOOR__ORIGIN_HOST_NAME": "mesh.contoso.com",
}
PREFIX = "service.beta.kubernetes.io/azure"


@pytest.fixture
def plan(deployed_aks: World, synthesized: Synthesized) -> Plan:
    deployed_aks.project.resynthesize(synthesized(SETTINGS))
    return deployed_aks.stack("istio").plan()


def test_only_the_private_link_service_stays_in_its_subnet(plan: Plan) -> None:
    (text,) = plan.after("helm_release.istio-ingress")["values"]
    annotations = yaml.safe_load(text)["service"]["annotations"]
    assert annotations[f"{PREFIX}-load-balancer-internal-subnet"] == "system"
    assert f"{PREFIX}-load-balancer-ipv4" not in annotations
    assert annotations[f"{PREFIX}-pls-ip-configuration-subnet"] == "plc"


def test_front_door_calls_the_origin_by_its_name(plan: Plan) -> None:
    origin = plan.after("azurerm_cdn_frontdoor_origin.istio-ingress-origin")
    assert origin["host_name"] == "mesh.contoso.com"
