"""Settings of Front Door, and what the gateway makes of them."""

from pathlib import Path
from typing import Any

import pytest

from tests.refused import assert_refused
from tests.synthesis import Json, settings_text, synthesize, values


def istio_with(folder: Path, text: str) -> Json:
    made: Json = synthesize(settings_text(folder, text), folder / "out")["istio"]["resource"]
    return made


def test_the_gateway_waits_longer_than_front_door_does(tmp_path: Path) -> None:
    made = istio_with(tmp_path, "front_door.response_timeout_seconds = 200")
    profile = made["azurerm_cdn_frontdoor_profile"]["front-door"]
    gateway = values(made["helm_release"]["istio-ingress"])
    assert (profile["response_timeout_seconds"], gateway["terminationGracePeriodSeconds"]) == (
        200,
        215,
    )
    assert '"drainDuration": "215s"' in gateway["podAnnotations"]["proxy.istio.io/config"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("session_affinity = false", {"session_affinity_enabled": False}),
        ("", {"session_affinity_enabled": True}),
        (
            "load_balancing = {sample_size = 8, successful_samples_required = 8,"
            " additional_latency_in_milliseconds = 0}",
            {
                "load_balancing": {
                    "sample_size": 8,
                    "successful_samples_required": 8,
                    "additional_latency_in_milliseconds": 0,
                }
            },
        ),
        (
            "probe = {path = '/up', interval_in_seconds = 255, request_type = 'HEAD'}",
            {
                "health_probe": {
                    "path": "/up",
                    "interval_in_seconds": 255,
                    "request_type": "HEAD",
                    "protocol": "Http",
                }
            },
        ),
    ],
)
def test_a_word_is_written_into_the_origin_group(
    tmp_path: Path, text: str, written: dict[str, Any]
) -> None:
    made = istio_with(tmp_path, f"[front_door]\n{text}")
    group = made["azurerm_cdn_frontdoor_origin_group"]["origin-group"]
    assert {key: group[key] for key in written} == written


def test_the_gateway_closes_idle_connections_when_told_to(tmp_path: Path) -> None:
    text = "gateway.idle_timeout_minutes = 98\nload_balancer.idle_timeout_minutes = 99"
    gateway = values(istio_with(tmp_path, text)["helm_release"]["istio-ingress"])
    assert gateway["env"]["ISTIO_META_IDLE_TIMEOUT"] == "98m"
    balancer = "service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout"
    assert gateway["service"]["annotations"][balancer] == "99"


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        (
            "load_balancing.sample_size = 256",
            "load_balancing.sample_size",
            "a whole number from 0 to 255 samples",
        ),
        (
            "load_balancing.additional_latency_in_milliseconds = 1001",
            "load_balancing.additional_latency_in_milliseconds",
            "a whole number from 0 to 1000 milliseconds",
        ),
        (
            "response_timeout_seconds = 15",
            "response_timeout_seconds",
            "a whole number from 16 to 240 seconds",
        ),
        ("session_affinity = 'often'", "session_affinity", "true or false"),
    ],
)
def test_is_refused_with_the_key_to_change(
    tmp_path: Path, text: str, key: str, allowed: str
) -> None:
    assert_refused(settings_text(tmp_path, f"[front_door]\n{text}"), f"front_door.{key}", allowed)
