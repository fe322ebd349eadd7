"""examples/two_gateways.py: a plan on the cluster of the stack aks, with the tests' charts."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.acceptance.project import CHARTS, Synthesized
from tests.acceptance.terraform.plan import Plan
from tests.acceptance.world import Enter, World

NAMES = ("public", "partners")
PREFIX = "service.beta.kubernetes.io/azure"
FRONT_DOOR_ID = "00000000-0000-0000-0000-0000000000fd"


@pytest.fixture
def example(enter: Enter, synthesized: Synthesized, with_aks: Path) -> World:
    charts = {"CHART_REPOSITORY": str(CHARTS)}
    return enter(synthesized(charts, program="-m examples.two_gateways"), with_aks)


@pytest.fixture
def plan(example: World) -> Plan:
    return example.stack("two-gateways").plan(f"-var=front_door_id={FRONT_DOOR_ID}")


def _values(plan: Plan, release: str) -> dict[str, Any]:
    (text,) = plan.after(f"helm_release.{release}")["values"]
    return dict(yaml.safe_load(text))


def test_it_is_valid(example: World) -> None:
    assert example.stack("two-gateways").validate() == []


def test_it_makes_one_mesh_and_two_gateways(plan: Plan) -> None:
    assert plan.actions == dict.fromkeys(
        [
            "helm_release.istio-base",
            "helm_release.istio-istiod",
            "helm_release.partners",
            "helm_release.partners-routing",
            "helm_release.public",
            "helm_release.public-routing",
            "kubernetes_namespace_v1.istio-system-namespace",
            "kubernetes_namespace_v1.partners-namespace",
            "kubernetes_namespace_v1.public-namespace",
        ],
        "create",
    )


def test_each_gateway_has_its_own_label_service_and_addresses(plan: Plan) -> None:
    gateways = [_values(plan, name) for name in NAMES]
    assert [each["labels"] for each in gateways] == [
        {"istio": "public-gateway"},
        {"istio": "partners-gateway"},
    ]
    annotations = [each["service"]["annotations"] for each in gateways]
    for key, values in {
        "pls-name": ["public", "partners"],
        "load-balancer-ipv4": ["10.52.192.20", "10.52.192.21"],
        "pls-ip-configuration-ip-address": ["10.52.192.10", "10.52.192.11"],
    }.items():
        assert [each[f"{PREFIX}-{key}"] for each in annotations] == values


def test_each_gateway_is_selected_and_locked_by_its_own_routing(plan: Plan) -> None:
    for name in NAMES:
        routing = _values(plan, f"{name}-routing")
        assert routing["gateway"]["selector"] == {"istio": f"{name}-gateway"}
        assert routing["gateway"]["hosts"] == [f"{name}.contoso.com"]
        assert routing["originLock"] == {"enabled": True, "frontDoorId": FRONT_DOOR_ID}
