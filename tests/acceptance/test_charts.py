"""Scenario 4: a plan of the whole stack istio without a network, with charts from a folder."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.charts import chart_repository
from tests.acceptance.project import Synthesized
from tests.acceptance.terraform.plan import Plan
from tests.acceptance.terraform.process import TerraformError
from tests.acceptance.world import Enter, World

PREFIX = "service.beta.kubernetes.io/"


def _release(plan: Plan, name: str) -> dict[str, Any]:
    return plan.after(f"helm_release.{name}")


def _values(plan: Plan, name: str) -> dict[str, Any]:
    (text,) = _release(plan, name)["values"]
    return dict(yaml.safe_load(text))


@pytest.fixture
def plan(deployed_aks: World) -> Plan:
    return deployed_aks.stack("istio").plan()


def test_the_plan_makes_sixteen_resources(plan: Plan) -> None:
    assert plan.actions == dict.fromkeys(
        [
            "azurerm_cdn_frontdoor_endpoint.endpoint",
            "azurerm_cdn_frontdoor_origin.istio-ingress-origin",
            "azurerm_cdn_frontdoor_origin_group.origin-group",
            "azurerm_cdn_frontdoor_profile.front-door",
            "azurerm_cdn_frontdoor_route.route",
            "helm_release.ingress-routing",
            "helm_release.istio-base",
            "helm_release.istio-ingress",
            "helm_release.istio-istiod",
            "helm_release.prometheus",
            "kubernetes_deployment_v1.echoserver-deployment",
            "kubernetes_labels.default-injection",
            "kubernetes_namespace_v1.istio-ingress-namespace",
            "kubernetes_namespace_v1.istio-system-namespace",
            "kubernetes_namespace_v1.prometheus-namespace",
            "kubernetes_service_v1.echoserver-service",
        ],
        "create",
    )


def test_releases_have_names_and_namespaces(plan: Plan) -> None:
    releases = ("istio-base", "istio-istiod", "istio-ingress", "prometheus")
    assert [(_release(plan, n)["name"], _release(plan, n)["namespace"]) for n in releases] == [
        ("istio-base", "istio-system"),
        ("istiod", "istio-system"),
        ("istio-ingress", "istio-ingress"),
        ("prometheus", "prometheus"),
    ]


def test_istiod_and_gateway_are_undone_when_they_fail(plan: Plan) -> None:
    for name in ("istio-istiod", "istio-ingress"):
        assert _release(plan, name)["atomic"] is True
        assert _release(plan, name)["lint"] is True
        assert _release(plan, name)["wait"] is True


def test_the_gateway_gets_a_private_link_service(plan: Plan) -> None:
    values = _values(plan, "istio-ingress")
    assert values["labels"] == {"istio": "ingressgateway"}
    assert values["service"]["annotations"] == {
        f"{PREFIX}azure-load-balancer-internal": "true",
        f"{PREFIX}azure-load-balancer-internal-subnet": "plc",
        f"{PREFIX}azure-load-balancer-ipv4": "10.52.192.20",
        f"{PREFIX}azure-load-balancer-tcp-idle-timeout": "30",
        f"{PREFIX}port_80_health-probe_port": "15021",
        f"{PREFIX}azure-pls-create": "true",
        f"{PREFIX}azure-pls-name": "istio-ingress",
        f"{PREFIX}azure-pls-ip-configuration-subnet": "plc",
        f"{PREFIX}azure-pls-ip-configuration-ip-address-count": "1",
        f"{PREFIX}azure-pls-ip-configuration-ip-address": "10.52.192.10",
        f"{PREFIX}azure-pls-proxy-protocol": "false",
        f"{PREFIX}azure-pls-visibility": "*",
        f"{PREFIX}azure-pls-auto-approval": "*",
    }


def test_a_key_that_the_gateway_does_not_know_is_refused(deployed_aks: World) -> None:
    stack = deployed_aks.stack("istio")
    file = stack.folder / "cdk.tf.json"
    file.write_text(file.read_text().replace(r"\ntolerations:", r"\ntoleration:"))
    with pytest.raises(TerraformError, match="property toleration is not allowed"):
        stack.plan()


def test_a_chart_repository_is_asked_for_the_exact_versions(
    authority: Authority, with_aks: Path, synthesized: Synthesized, enter: Enter
) -> None:
    versions = {
        "base": ["1.30.5", "1.31.0"],
        "istiod": ["1.30.5", "1.31.0"],
        "gateway": ["1.31.0", "1.32.0"],
        "kube-prometheus-stack": ["88.5.3", "99.0.0"],
    }
    with chart_repository(authority, versions) as address:
        settings = {
            "ISTIO_AKS_ISTIO__CHART_REPOSITORY": address,
            "ISTIO_AKS_MONITORING__CHART_REPOSITORY": address,
        }
        plan = enter(synthesized(settings), with_aks).stack("istio").plan()
    assert [
        _release(plan, name)["version"]
        for name in ("istio-base", "istio-istiod", "istio-ingress", "prometheus")
    ] == ["1.31.0", "1.31.0", "1.31.0", "88.5.3"]
