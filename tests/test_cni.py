"""Istio's part of the nodes' network: where it goes, when, and what becomes possible with it."""

from pathlib import Path

import pytest

from settings import load_settings
from settings.image_list import installed
from tests.refused import assert_refused
from tests.synthesis import Json, settings_text, synthesize, values

CNI = "istio.cni = true\n"
WORKSPACE = "guard.azure_policy = true\nguard.policy.initiative = 'baseline'\n"
DENY = f"{CNI}{WORKSPACE}guard.policy.effect = 'Deny'\n"


def resources(folder: Path, text: str) -> Json:
    made: Json = synthesize(settings_text(folder, text), folder / "out")["istio"]["resource"]
    return made


def test_it_is_there_before_istiod_asks_pods_to_rely_on_it(tmp_path: Path) -> None:
    made = resources(tmp_path, CNI)["helm_release"]
    assert made["istio-cni"]["chart"] == "cni"
    assert made["istio-cni"]["version"] == made["istio-istiod"]["version"]
    assert made["istio-istiod"]["depends_on"] == [
        "helm_release.istio-base",
        "helm_release.istio-cni",
    ]


def test_istiod_is_told_and_gives_its_containers_the_profile_of_the_strictest_level(
    tmp_path: Path,
) -> None:
    made = values(resources(tmp_path, CNI)["helm_release"]["istio-istiod"])
    assert made["cni"] == {"enabled": True}
    assert made["global"]["proxy"]["seccompProfile"] == {"type": "RuntimeDefault"}


def test_the_namespace_of_the_mesh_lets_it_have_the_nodes(tmp_path: Path) -> None:
    made = resources(tmp_path, CNI)["kubernetes_namespace_v1"]["istio-system-namespace"]
    assert made["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "privileged"


def test_it_is_on_all_nodes_but_virtual_ones(tmp_path: Path) -> None:
    made = values(resources(tmp_path, CNI)["helm_release"]["istio-cni"])
    required = made["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
    (term,) = required["nodeSelectorTerms"]
    assert {"key": "type", "operator": "NotIn", "values": ["virtual-kubelet"]} in term[
        "matchExpressions"
    ]
    # What the chart tolerates stays: every taint.
    assert "tolerations" not in made


def test_its_image_comes_from_the_registry_too_and_is_listed(tmp_path: Path) -> None:
    text = f"{CNI}images.registry = 'contoso.azurecr.io'\n"
    made = values(resources(tmp_path, text)["helm_release"]["istio-cni"])
    assert made["global"] == {"hub": "contoso.azurecr.io/istio"}
    listed = [each.name for each in installed(load_settings(settings_text(tmp_path, text)))]
    assert "istio/install-cni:1.31.0" in listed


@pytest.mark.parametrize("level", ["baseline", "restricted"])
def test_a_level_can_be_enforced(tmp_path: Path, level: str) -> None:
    text = f"{CNI}namespaces.shop = {{ pod_security = '{level}', pod_security_enforced = true }}"
    made = resources(tmp_path, text)["kubernetes_namespace_v1"]["shop-namespace"]
    assert made["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == level


def test_azure_policy_can_refuse_pods(tmp_path: Path) -> None:
    excluded = [
        f"guard.policy.excluded_namespaces.{name} = 'the nodes'\n"
        for name in ("istio-system", "prometheus")
    ]
    load_settings(settings_text(tmp_path, "".join([DENY, *excluded])))


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        (
            f"{DENY}monitoring.enabled = false",
            "guard.policy.excluded_namespaces",
            'istio-system among them with effect = "Deny": istio-cni there needs the nodes',
        ),
        (
            f"{DENY}guard.policy.excluded_namespaces.istio-system = 'the nodes'",
            "guard.policy.excluded_namespaces",
            'prometheus among them with effect = "Deny": node-exporter there needs the nodes',
        ),
        ("istio.cni_values.a = 1", "istio.cni_values", "no value without istio.cni = true"),
        (
            f"{CNI}istio.cni_values.tolerations = []",
            "istio.cni_values.tolerations",
            "no value of yours: pods on a node without it would not start",
        ),
        (
            f"{CNI}istio.istiod_values.pilot.cni.enabled = false",
            "istio.istiod_values.pilot.cni.enabled",
            "no value of yours: istio.cni says it",
        ),
        (
            f"{CNI}images.registry = 'contoso.azurecr.io'\nistio.cni_values.hub = 'a'",
            "istio.cni_values.hub",
            "no value where images.registry is contoso.azurecr.io",
        ),
    ],
)
def test_refused(tmp_path: Path, text: str, key: str, allowed: str) -> None:
    assert_refused(settings_text(tmp_path, text), key, allowed)
