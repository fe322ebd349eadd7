"""What sidecars may use of their nodes, and what the gateway keeps for itself."""

import json
from pathlib import Path
from typing import Any

import pytest

from constructs.mesh.proxies import sidecars
from rules.placement import Room
from settings import load_settings
from settings.proxies import Proxies
from settings.workloads import workloads
from tests.refused import assert_refused
from tests.synthesis import Json, settings_text, synthesize, values


def made(**options: Any) -> Json:
    return sidecars(Proxies.model_validate(options))


def release(folder: Path, text: str, name: str) -> Json:
    istio = synthesize(settings_text(folder, text), folder / "out")["istio"]
    return values(istio["resource"]["helm_release"][name])


def test_where_nothing_is_said_the_charts_own_holds() -> None:
    assert made() == {}


def test_requests_and_limits_are_those_of_every_sidecar() -> None:
    assert made(requests={"cpu": "50m"}, limits={"memory": "512Mi"}) == {
        "global": {
            "proxy": {"resources": {"requests": {"cpu": "50m"}, "limits": {"memory": "512Mi"}}}
        }
    }


def test_threads_and_waiting() -> None:
    assert made(concurrency=1, hold_application=True) == {
        "meshConfig": {"defaultConfig": {"concurrency": 1, "holdApplicationUntilProxyStarts": True}}
    }


@pytest.mark.parametrize(("limit", "threads"), [("", 2), ("gateway.limits.cpu = '3500m'\n", 4)])
def test_the_gateway_keeps_as_many_threads_as_its_limit_has_cpus(
    tmp_path: Path, limit: str, threads: int
) -> None:
    found = release(tmp_path, f"{limit}proxies.concurrency = 1", "istio-ingress")
    assert json.loads(found["podAnnotations"]["proxy.istio.io/config"])["concurrency"] == threads


def test_istiod_is_told_together_with_istio_cni(tmp_path: Path) -> None:
    text = "istio.cni = true\nproxies.requests.cpu = '50m'"
    assert release(tmp_path, text, "istio-istiod")["global"]["proxy"] == {
        "seccompProfile": {"type": "RuntimeDefault"},
        "resources": {"requests": {"cpu": "50m"}},
    }


@pytest.mark.parametrize(
    "text",
    [
        "proxies.requests = { cpu = '50m', memory = '64Mi' }",
        "istio.istiod_values.global.proxy.resources.requests = { cpu = '50m', memory = '64Mi' }",
    ],
)
def test_the_placement_counts_them(tmp_path: Path, text: str) -> None:
    found = {each.name: each for each in workloads(load_settings(settings_text(tmp_path, text)))}
    # The sample asks for 10m and 32Mi itself.
    assert found["the sample"].pod.requests == Room(60, 96 * 2**20)


def test_a_gateway_and_an_istiod_that_ask_for_more_are_counted(tmp_path: Path) -> None:
    text = "istio.requests.memory = '1Gi'\n[gateway.requests]\ncpu = '1'\nmemory = '512Mi'\n"
    found = {each.name: each for each in workloads(load_settings(settings_text(tmp_path, text)))}
    assert found["istiod"].pod.requests == Room(500, 2**30)
    assert found["the gateway"].pod.requests == Room(1000, 512 * 2**20)


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        (
            "proxies.requests.cpu = '3'",
            "proxies.limits.cpu",
            "at least what is requested, 3; it is 2000m",
        ),
        (
            "proxies.requests.cpu = '1'\nistio.istiod_values.global.proxy.resources.requests = {}",
            "istio.istiod_values.global.proxy.resources.requests",
            "no value of yours: proxies.requests says it",
        ),
        (
            "proxies.concurrency = 1\nistio.istiod_values.meshConfig.defaultConfig.concurrency = 2",
            "istio.istiod_values.meshConfig.defaultConfig.concurrency",
            "no value of yours: proxies.concurrency says it",
        ),
        ("proxies.concurrency = 65", "proxies.concurrency", "a whole number from 0 to 64"),
    ],
)
def test_refused(tmp_path: Path, text: str, key: str, allowed: str) -> None:
    assert_refused(settings_text(tmp_path, text), key, allowed)
