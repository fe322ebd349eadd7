"""Values of the charts that would break what this project promises: each is refused, and why."""

import json
from pathlib import Path

import pytest

from settings import load_settings
from tests.refused import assert_refused
from tests.synthesis import settings_text

SERVICE = "the service's way into the network is set by load_balancer and private_link_service"
LABEL = "the origin lock and the Gateway select the pods by it"
NODES = "it keeps the pods on their nodes; gateway.node_pool names the pool"
ISTIOD = "it keeps istiod off nodes that cannot run it; istio.node_pool names a pool"
ROOT = "the origin lock and istio.strict_mutual_tls stand in istio-system"
REVISION = "istio.revisions and istio.revision say which control planes there are"
DEFAULTS = "it holds the chart's own defaults, and would replace them"
REQUIRED = "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"
AZURE = "service.beta.kubernetes.io/azure-"


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("gateway.values.name", "routes and outputs name the service istio-ingress"),
        ("gateway.values.labels.istio", LABEL),
        ("gateway.values.labels.app", LABEL),
        ("gateway.values.service.type", SERVICE),
        ("gateway.values.service.ports", SERVICE),
        ("gateway.values.service.loadBalancerIP", SERVICE),
        ("gateway.values.service.loadBalancerClass", SERVICE),
        ("gateway.values.service.externalIPs", SERVICE),
        ("gateway.values.service.selectorLabels", LABEL),
        (f'gateway.values.service.annotations."{AZURE}load-balancer-internal"', SERVICE),
        (f'gateway.values.service.annotations."{AZURE}pls-auto-approval"', SERVICE),
        (
            'gateway.values.service.annotations."service.beta.kubernetes.io/port_80_no_lb_rule"',
            SERVICE,
        ),
        (f"gateway.values.{REQUIRED}", NODES),
        ("gateway.values.tolerations", NODES),
        ("gateway.values._internal_defaults_do_not_set", DEFAULTS),
        # The chart publishes other ports than service.ports where it is set.
        ("gateway.values.networkGateway", SERVICE),
        # The chart merges these into those of the service.
        (f'gateway.values.annotations."{AZURE}pls-auto-approval"', SERVICE),
        # The chart makes the service in that namespace.
        ("gateway.values.namespace", "routes and outputs name the service istio-ingress"),
        ("gateway.values.autoscaling.minReplicas", "set gateway.min_replicas"),
        ("gateway.values.autoscaling.maxReplicas", "set gateway.max_replicas"),
        ("gateway.values.env.ISTIO_META_IDLE_TIMEOUT", "set gateway.idle_timeout_minutes"),
        (
            "gateway.values.terminationGracePeriodSeconds",
            "it follows from front_door.response_timeout_seconds",
        ),
        (
            'gateway.values.podAnnotations."proxy.istio.io/config"',
            "it says whom the gateway believes about the client; see gateway.trust_front_door",
        ),
        (f'gateway.values.service.annotations."{AZURE}additional-public-ips"', SERVICE),
        ("gateway.values.revision", REVISION),
        ("istio.istiod_values.revision", REVISION),
        ("istio.base_values.global.istioNamespace", ROOT),
        ("istio.base_values._internal_defaults_do_not_set", DEFAULTS),
        ("istio.istiod_values.global.istioNamespace", ROOT),
        ("istio.istiod_values.meshConfig.rootNamespace", ROOT),
        (f"istio.istiod_values.{REQUIRED}", ISTIOD),
        ("istio.istiod_values.tolerations", ISTIOD),
        (f"istio.istiod_values.pilot.{REQUIRED}", ISTIOD),
        ("istio.istiod_values.pilot.tolerations", ISTIOD),
        ("istio.istiod_values._internal_defaults_do_not_set", DEFAULTS),
    ],
)
def test_is_refused_with_its_reason(tmp_path: Path, key: str, reason: str) -> None:
    path = settings_text(tmp_path, f"{key} = {{a = 1}}")
    assert_refused(path, key, f"no value of yours: {reason}")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("gateway.values.service", "3"),
        ("gateway.values.service.annotations", "'none'"),
        ("gateway.values.labels", "[]"),
        ("gateway.values.affinity", "false"),
        ("gateway.values.affinity.nodeAffinity", "''"),
        ("istio.istiod_values.meshConfig", "'x'"),
        ("istio.istiod_values.pilot", "0"),
        ("istio.base_values.global", "1.5"),
    ],
)
def test_what_hides_a_promise_is_refused_once(tmp_path: Path, key: str, value: str) -> None:
    path = settings_text(tmp_path, f"{key} = {value}")
    assert_refused(path, key, "no value of yours: ")


def test_no_value_of_json_hides_a_promise_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Helm takes null for "remove the chart's own".
    monkeypatch.setenv("ISTIO_AKS_GATEWAY__VALUES", json.dumps({"service": None}))
    assert_refused(settings_text(tmp_path, ""), "gateway.values", "texts, numbers, true, false")


@pytest.mark.parametrize(
    "text",
    [
        "gateway.values.labels = {team = 'shop', version = '2'}",
        "gateway.values.service = {externalTrafficPolicy = 'Local'}",
        "gateway.values.service.annotations = {'contoso.com/owner' = 'me'}",
        "gateway.values.annotations = {'contoso.com/owner' = 'me'}",
        "gateway.values.affinity.podAffinity = {}",
        "gateway.values.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution = []",
        "gateway.values.nodeSelector = {agentpool = 'ingress'}",
        "istio.istiod_values = {meshConfig = {enableTracing = true}, pilot = {traceSampling = 1}}",
        "monitoring.values = {name = 'x', service = 3, tolerations = []}",
    ],
)
def test_what_breaks_no_promise_is_accepted(tmp_path: Path, text: str) -> None:
    load_settings(settings_text(tmp_path, text))
