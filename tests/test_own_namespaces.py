from pathlib import Path

import pytest

from settings import load_settings
from stacks.own_namespaces import labels_of
from tests.synthesis import settings_text

LEVEL = "pod-security.kubernetes.io/enforce"


def level(folder: Path, text: str, namespace: str) -> str | None:
    labels = labels_of(load_settings(settings_text(folder, text)), namespace) or {}
    return labels.get(LEVEL)


@pytest.mark.parametrize(
    ("text", "namespace", "expected"),
    [
        ("", "istio-system", None),
        ("", "istio-ingress", None),
        ("istio.cni = true", "istio-system", "privileged"),
        ("istio.cni = true", "istio-ingress", None),
        ("istio.pod_security = true", "istio-system", "baseline"),
        ("istio.pod_security = true", "istio-ingress", "baseline"),
        ("istio.pod_security = true", "cert-manager", "restricted"),
        ("istio.pod_security = true", "prometheus", "privileged"),
        ("istio = { cni = true, pod_security = true }", "istio-system", "privileged"),
    ],
)
def test_our_own_namespaces_keep_the_level_of_their_pods(
    tmp_path: Path, text: str, namespace: str, expected: str | None
) -> None:
    assert level(tmp_path, text, namespace) == expected
