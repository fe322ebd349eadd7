"""Scenario 4: a plan of the whole stack istio without a network, with charts from a folder."""

import time
from typing import Any

import pytest
import yaml

from tests.acceptance.terraform.plan import Plan
from tests.acceptance.world import World

PREFIX = "service.beta.kubernetes.io/"


def _release(plan: Plan, name: str) -> dict[str, Any]:
    return plan.after(f"helm_release.{name}")


def _values(plan: Plan, name: str) -> dict[str, Any]:
    (text,) = _release(plan, name)["values"]
    return dict(yaml.safe_load(text))


@pytest.fixture
def plan(deployed_aks: World) -> Plan:
    return deployed_aks.stack("istio").plan()


def test_the_plan_makes_twelve_resources(plan: Plan) -> None:
    assert plan.actions == dict.fromkeys(
        [
            "azurerm_cdn_frontdoor_endpoint.endpoint",
            "azurerm_cdn_frontdoor_origin.istio-ingress-origin",
            "azurerm_cdn_frontdoor_origin_group.origin-group",
            "azurerm_cdn_frontdoor_profile.front-door",
            "azurerm_cdn_frontdoor_route.route",
            "helm_release.istio-base",
            "helm_release.istio-ingress",
            "helm_release.istio-istiod",
            "helm_release.prometheus",
            "kubernetes_namespace_v1.istio-ingress-namespace",
            "kubernetes_namespace_v1.istio-system-namespace",
            "kubernetes_namespace_v1.prometheus-namespace",
        ],
        "create",
    )


def test_the_plan_takes_less_than_15_seconds(deployed_aks: World) -> None:
    stack = deployed_aks.stack("istio")
    start = time.monotonic()
    stack.plan()
    assert time.monotonic() - start < 15
