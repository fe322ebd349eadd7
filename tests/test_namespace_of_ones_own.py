"""A namespace by one entry of the settings: quota, defaults for containers, roles."""

from pathlib import Path

import pytest

from tests.refused import assert_refused
from tests.synthesis import Json, settings_text, synthesize

GROUP = "11111111-2222-3333-4444-55555555555A"
SHOP = "${kubernetes_namespace_v1.shop-namespace.metadata[0].name}"
ENTRY = f"""
access.azure_rbac = true
[namespaces.shop]
quota = {{ requests_cpu = "8000m", limits_memory = "32Gi", pods = 40, load_balancers = 0 }}
limits = {{ request_cpu = "0.1", limit_memory = "512Mi", max_memory = "2048Mi" }}
editors = ["{GROUP}"]
"""


def resources(folder: Path, text: str) -> Json:
    made: Json = synthesize(settings_text(folder, text), folder / "out")["istio"]["resource"]
    return made


def test_the_quota_says_it_in_the_words_and_spelling_of_kubernetes(tmp_path: Path) -> None:
    quota = resources(tmp_path, ENTRY)["kubernetes_resource_quota_v1"]["shop-quota"]
    assert quota["metadata"] == {"name": "namespace", "namespace": SHOP}
    assert quota["spec"]["hard"] == {
        "requests.cpu": "8",
        "limits.memory": "32Gi",
        "pods": "40",
        "services.loadbalancers": "0",
    }


def test_containers_get_what_they_do_not_say(tmp_path: Path) -> None:
    limits = resources(tmp_path, ENTRY)["kubernetes_limit_range_v1"]["shop-limits"]
    assert limits["spec"]["limit"] == [
        {
            "type": "Container",
            "default_request": {"cpu": "100m", "memory": "512Mi"},
            "default": {"memory": "512Mi"},
            "max": {"memory": "2Gi"},
        }
    ]


def test_the_quota_comes_after_the_defaults_without_which_it_refuses_pods(tmp_path: Path) -> None:
    quota = resources(tmp_path, ENTRY)["kubernetes_resource_quota_v1"]["shop-quota"]
    assert "kubernetes_limit_range_v1.shop-limits" in quota["depends_on"]


def test_a_group_gets_a_role_of_kubernetes_in_the_namespace(tmp_path: Path) -> None:
    (name,) = (bindings := resources(tmp_path, ENTRY)["kubernetes_role_binding_v1"])
    assert name == "shop-editors"
    assert bindings[name]["metadata"] == {"name": "editors", "namespace": SHOP}
    assert bindings[name]["role_ref"]["name"] == "edit"
    assert [each["name"] for each in bindings[name]["subject"]] == [GROUP.lower()]


def test_a_namespace_that_exists_gets_them_as_well(tmp_path: Path) -> None:
    made = resources(tmp_path, "namespaces.default.quota.pods = 10")
    quota = made["kubernetes_resource_quota_v1"]["default-quota"]
    assert quota["metadata"]["namespace"] == "default"


def test_the_sample_starts_after_the_quota_of_its_namespace(tmp_path: Path) -> None:
    made = resources(tmp_path, "namespaces.default.quota.pods = 10")
    sample = made["kubernetes_deployment_v1"]["echoserver-deployment"]
    assert "kubernetes_resource_quota_v1.default-quota" in sample["depends_on"]


def test_a_namespace_may_be_called_as_another_construct(tmp_path: Path) -> None:
    assert "istio-namespace" in resources(tmp_path, "[namespaces.istio]")["kubernetes_namespace_v1"]


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        (
            "quota.requests_cpu = '4'",
            "limits.request_cpu",
            "a value with quota.requests_cpu: pods that do not say it themselves would be refused",
        ),
        (
            "quota.limits_memory = '4Gi'\nlimits.request_memory = '64Mi'",
            "limits.limit_memory",
            "a value with quota.limits_memory",
        ),
        (
            "limits = { request_cpu = '2', limit_cpu = '500m' }",
            "limits.request_cpu",
            "at most limit_cpu, 500m",
        ),
        (
            "limits = { limit_memory = '2Gi', max_memory = '1Gi' }",
            "limits.limit_memory",
            "at most max_memory, 1Gi",
        ),
        ("limits.max_cpu = '4'", "limits.limit_cpu", "a value with max_cpu"),
        (
            "limits = { limit_cpu = '1', max_cpu = '1' }",
            "limits.max_cpu",
            "at least 2000m, the limit of a sidecar: no pod would start otherwise",
        ),
        ("quota.requests_cpu = '4 cores'", "quota.requests_cpu", "cores such as"),
        ("quota.storage = '4G'", "quota.storage", "a whole number with Ki, Mi, Gi or Ti"),
        (f"viewers = ['{GROUP}', '{GROUP.lower()}']", "viewers", "each group once"),
    ],
)
def test_what_would_keep_pods_away_is_refused(
    tmp_path: Path, text: str, key: str, allowed: str
) -> None:
    path = settings_text(tmp_path, f"access.azure_rbac = true\n[namespaces.shop]\n{text}")
    assert_refused(path, f"namespaces.shop.{key}", allowed)


def test_groups_are_refused_where_the_cluster_has_no_entra(tmp_path: Path) -> None:
    path = settings_text(tmp_path, f"namespaces.shop.editors = ['{GROUP}']")
    assert_refused(path, "namespaces.shop.editors", "no groups in a cluster without Entra")


def test_groups_are_taken_where_the_cluster_is_anothers(tmp_path: Path) -> None:
    text = f"stacks = ['istio']\nnamespaces.shop.viewers = ['{GROUP}']"
    made = resources(tmp_path, text)["kubernetes_role_binding_v1"]["shop-viewers"]
    assert made["role_ref"]["name"] == "view"


def test_smaller_sidecars_take_a_lower_limit(tmp_path: Path) -> None:
    text = (
        "istio.istiod_values.global.proxy.resources.limits.cpu = '500m'\n"
        "namespaces.shop.limits = { limit_cpu = '1', max_cpu = '1' }"
    )
    assert resources(tmp_path, text)["kubernetes_limit_range_v1"]["shop-limits"]
