"""Levels of pod security for namespaces of the mesh: the labels, and what is refused."""

from pathlib import Path

import pytest

from tests.refused import assert_refused
from tests.synthesis import Json, settings_text, synthesize

INJECTED = {"istio-injection": "enabled"}
REPORTED = {
    "pod-security.kubernetes.io/audit": "restricted",
    "pod-security.kubernetes.io/warn": "restricted",
}


def istio_of(folder: Path, text: str) -> Json:
    resources: Json = synthesize(settings_text(folder, text), folder / "out")["istio"]["resource"]
    return resources


def test_a_level_is_reported_in_a_namespace_that_is_made(tmp_path: Path) -> None:
    made = istio_of(tmp_path, "namespaces.shop.pod_security = 'restricted'")
    namespace = made["kubernetes_namespace_v1"]["shop-namespace"]
    assert namespace["metadata"]["labels"] == INJECTED | REPORTED


def test_a_level_is_reported_in_a_namespace_that_exists(tmp_path: Path) -> None:
    made = istio_of(tmp_path, "namespaces.default.pod_security = 'restricted'")
    assert made["kubernetes_labels"]["default-injection"]["labels"] == INJECTED | REPORTED


def test_the_level_that_forbids_nothing_is_enforced(tmp_path: Path) -> None:
    text = "namespaces.shop = { pod_security = 'privileged', pod_security_enforced = true }"
    namespace = istio_of(tmp_path, text)["kubernetes_namespace_v1"]["shop-namespace"]
    assert namespace["metadata"]["labels"] == INJECTED | {
        "pod-security.kubernetes.io/audit": "privileged",
        "pod-security.kubernetes.io/enforce": "privileged",
        "pod-security.kubernetes.io/warn": "privileged",
    }


@pytest.mark.parametrize("level", ["baseline", "restricted"])
def test_a_level_that_would_keep_every_sidecar_out_is_not_enforced(
    tmp_path: Path, level: str
) -> None:
    text = f"namespaces.shop = {{ pod_security = '{level}', pod_security_enforced = true }}"
    assert_refused(
        settings_text(tmp_path, text),
        "namespaces.shop.pod_security_enforced",
        f"false with {level}: sidecars begin with istio-init, which needs NET_ADMIN and NET_RAW",
    )


def test_nothing_is_enforced_without_a_level(tmp_path: Path) -> None:
    text = "namespaces.shop.pod_security_enforced = true"
    assert_refused(
        settings_text(tmp_path, text),
        "namespaces.shop.pod_security",
        "a level with pod_security_enforced",
    )
