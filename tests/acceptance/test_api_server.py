"""Scenario 4: the stack istio applied to the API server that ACCEPTANCE_KUBECONFIG names."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.api_server import kubeconfig
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.deployment import live_a_life
from tests.acceptance.project import Synthesized
from tests.acceptance.shared import once

PREFIX = "service.beta.kubernetes.io/"


@pytest.fixture(scope="session")
def notes(
    shared: Path,
    authority: Authority,
    synthesized: Synthesized,
    with_aks: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """What was noted in the life of a deployment, lived once in a run."""
    file = kubeconfig()
    assert file is not None

    def make(folder: Path) -> None:
        work = tmp_path_factory.mktemp("life")
        live_a_life(
            authority, synthesized, saved=with_aks, work=work, kubeconfig=file, notes=folder
        )

    return once(shared / "life", make)


def _noted(notes: Path, name: str) -> dict[str, Any]:
    return dict(json.loads((notes / f"{name}.json").read_text()))


def _namespaces(noted: dict[str, Any]) -> set[str]:
    return {each["metadata"]["name"] for each in noted["namespaces"]["items"]}


def _releases(noted: dict[str, Any]) -> set[tuple[str, str]]:
    return {
        (each["metadata"]["namespace"], each["metadata"]["labels"]["name"])
        for each in noted["releases"]["items"]
    }


def test_the_namespaces_are_there(notes: Path) -> None:
    assert _namespaces(_noted(notes, "applied")) >= {"istio-system", "istio-ingress", "prometheus"}


def test_the_releases_are_there(notes: Path) -> None:
    assert _releases(_noted(notes, "applied")) == {
        ("istio-system", "istio-base"),
        ("istio-system", "istiod"),
        ("istio-ingress", "ingress-routing"),
        ("istio-ingress", "istio-ingress"),
        ("prometheus", "prometheus"),
    }


def test_the_service_asks_for_a_private_link_service(notes: Path) -> None:
    annotations = _noted(notes, "applied")["gateway"]["metadata"]["annotations"]
    assert {key: annotations[key] for key in annotations if key.startswith(PREFIX)} == {
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


def test_the_service_publishes_what_is_answered(notes: Path) -> None:
    ports = _noted(notes, "applied")["gateway"]["spec"]["ports"]
    assert [(each["name"], each["port"]) for each in ports] == [
        ("status-port", 15021),
        ("http2", 80),
    ]


def test_a_gateway_pod_that_ends_may_finish_its_requests(notes: Path) -> None:
    pod = _noted(notes, "applied")["proxy"]["spec"]["template"]["spec"]
    assert pod["terminationGracePeriodSeconds"] == 135
    environment = {each["name"]: each["value"] for each in pod["containers"][0]["env"]}
    assert environment["EXIT_ON_ZERO_ACTIVE_CONNECTIONS"] == "true"


def test_the_gateway_tolerates_the_taint_of_its_pool(notes: Path) -> None:
    pod = _noted(notes, "applied")["proxy"]["spec"]["template"]
    assert pod["metadata"]["labels"]["istio"] == "ingressgateway"
    assert pod["spec"]["tolerations"] == [
        {"key": "dedicated", "operator": "Equal", "value": "ingress", "effect": "NoSchedule"}
    ]


def test_istiod_prefers_the_system_pool(notes: Path) -> None:
    spec = _noted(notes, "applied")["istiod"]["spec"]["template"]["spec"]
    (preferred,) = spec["affinity"]["nodeAffinity"][
        "preferredDuringSchedulingIgnoredDuringExecution"
    ]
    assert preferred["preference"]["matchExpressions"] == [
        {"key": "kubernetes.azure.com/mode", "operator": "In", "values": ["system"]}
    ]


def test_the_mesh_logs_to_standard_output(notes: Path) -> None:
    assert "accessLogFile: /dev/stdout" in _noted(notes, "applied")["mesh"]["data"]["mesh"]


def test_the_default_namespace_is_injected(notes: Path) -> None:
    namespaces = _noted(notes, "applied")["namespaces"]["items"]
    labels = {each["metadata"]["name"]: each["metadata"]["labels"] for each in namespaces}
    assert labels["default"]["istio-injection"] == "enabled"


def test_the_probe_goes_to_the_readiness_of_the_gateway(notes: Path) -> None:
    services = _noted(notes, "applied")["virtual-services"]["items"]
    (probe,) = [each for each in services if "/probe" in json.dumps(each["spec"])]
    (route,) = probe["spec"]["http"]
    assert route["rewrite"] == {"uri": "/healthz/ready"}
    (to,) = route["route"]
    assert to["destination"] == {
        "host": "istio-ingress.istio-ingress.svc.cluster.local",
        "port": {"number": 15021},
    }


def test_only_our_front_door_is_answered(notes: Path) -> None:
    (policy,) = _noted(notes, "applied")["policies"]["items"]
    # The id that the stand-in gave the profile.
    assert "99979c91-c11d-5097-9a87-bf7547f4db40" in json.dumps(policy["spec"])


def test_both_monitors_are_there(notes: Path) -> None:
    applied = _noted(notes, "applied")
    assert [each["metadata"]["name"] for each in applied["pod-monitors"]["items"]] == [
        "envoy-stats-monitor"
    ]
    assert [each["metadata"]["name"] for each in applied["service-monitors"]["items"]] == [
        "istio-component-monitor"
    ]


def test_a_second_plan_is_quiet(notes: Path) -> None:
    assert _noted(notes, "second-plan") == {}


def test_a_new_istio_version_upgrades_three_releases(notes: Path) -> None:
    assert _noted(notes, "upgrade-plan") == {
        "helm_release.istio-base": "update",
        "helm_release.istio-istiod": "update",
        "helm_release.istio-ingress": "update",
    }


def test_the_service_survives_the_upgrade(notes: Path) -> None:
    before, after = _noted(notes, "applied")["gateway"], _noted(notes, "upgraded")["gateway"]
    assert after["metadata"]["uid"] == before["metadata"]["uid"]
    container = _noted(notes, "upgraded")["proxy"]["spec"]["template"]["spec"]["containers"][0]
    assert container["image"].endswith(":1.31.1")


def test_destroy_leaves_no_release_and_no_namespace(notes: Path) -> None:
    destroyed = _noted(notes, "destroyed")
    assert _releases(destroyed) == set()
    assert not _namespaces(destroyed) & {"istio-system", "istio-ingress", "prometheus"}
