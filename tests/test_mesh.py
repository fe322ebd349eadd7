import pytest
from cdktf import TerraformStack

from constructs.mesh.mesh import Mesh
from settings.istio import Istio
from tests.synthesis import Json, synth, values


@pytest.fixture
def releases(stack: TerraformStack) -> Json:
    Mesh(stack, "istio", namespace="istio-system")
    made: Json = synth(stack)["resource"]["helm_release"]
    return made


def test_makes_base_and_istiod(releases: Json) -> None:
    assert {key: made["chart"] for key, made in releases.items()} == {
        "istio-base": "base",
        "istio-istiod": "istiod",
    }


def test_both_have_the_one_version(releases: Json) -> None:
    assert {made["version"] for made in releases.values()} == {"1.31.0"}


def test_istiod_comes_after_the_crds(releases: Json) -> None:
    assert releases["istio-istiod"]["depends_on"] == ["helm_release.istio-base"]


def test_a_failed_istiod_is_rolled_back(releases: Json) -> None:
    assert releases["istio-istiod"]["atomic"] is True


def test_istiod_is_linted_during_plan(releases: Json) -> None:
    assert releases["istio-istiod"]["lint"] is True


def test_proxies_log_to_stdout(releases: Json) -> None:
    assert values(releases["istio-istiod"])["meshConfig"]["accessLogFile"] == "/dev/stdout"


def test_log_is_istios_own_with_front_doors_word_for_the_client_at_its_end(releases: Json) -> None:
    fields = values(releases["istio-istiod"])["meshConfig"]["accessLogFormat"].split(" ")
    assert fields[:3] == [
        "[%START_TIME%]",
        '"%REQ(:METHOD)%',
        "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%",
    ]
    assert fields[-2:] == ["%ROUTE_NAME%", '"%REQ(X-AZURE-SOCKETIP)%"']
    # Istio's own has the others, in this order; compared with the source of 1.31.0.
    assert len(fields) == 25


def test_log_never_shows_what_opens_the_origin_lock(releases: Json) -> None:
    assert "FDID" not in values(releases["istio-istiod"])["meshConfig"]["accessLogFormat"].upper()


def test_aks_leaves_the_injection_webhook_alone(releases: Json) -> None:
    assert values(releases["istio-istiod"])["sidecarInjectorWebhookAnnotations"] == {
        "admissions.enforcer/disabled": "true"
    }


def test_istiod_prefers_the_system_pool(releases: Json) -> None:
    affinity = values(releases["istio-istiod"])["affinity"]["nodeAffinity"]
    assert affinity["preferredDuringSchedulingIgnoredDuringExecution"] == [
        {
            "weight": 100,
            "preference": {
                "matchExpressions": [
                    {"key": "kubernetes.azure.com/mode", "operator": "In", "values": ["system"]}
                ]
            },
        }
    ]


def test_another_repository_and_version_serve_both(stack: TerraformStack) -> None:
    mirror = "oci://mirror.example.com/istio"
    Mesh(
        stack,
        "istio",
        namespace="istio-system",
        repository=mirror,
        options=Istio(version="1.29.7"),
    )
    made = synth(stack)["resource"]["helm_release"]
    assert [(each["repository"], each["version"]) for each in made.values()] == [
        ("oci://mirror.example.com/istio", "1.29.7"),
        ("oci://mirror.example.com/istio", "1.29.7"),
    ]


def istiod(stack: TerraformStack, *taints: str) -> Json:
    """The values of istiod on a pool of its own with these taints."""
    options = Istio(node_pool="mesh")
    Mesh(stack, "istio", namespace="istio-system", options=options, taints=taints)
    return values(synth(stack)["resource"]["helm_release"]["istio-istiod"])


POOL = {"key": "kubernetes.azure.com/agentpool", "operator": "In", "values": ["mesh"]}


def test_istiod_prefers_the_pool_that_it_is_given(stack: TerraformStack) -> None:
    affinity = istiod(stack)["affinity"]["nodeAffinity"]
    (preferred,) = affinity["preferredDuringSchedulingIgnoredDuringExecution"]
    assert preferred["preference"]["matchExpressions"] == [POOL]


def test_istiod_runs_nowhere_else_where_the_pool_keeps_others_away(stack: TerraformStack) -> None:
    affinity = istiod(stack, "dedicated=mesh:NoSchedule")["affinity"]["nodeAffinity"]
    (term,) = affinity["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"]
    assert POOL in term["matchExpressions"]
    assert "preferredDuringSchedulingIgnoredDuringExecution" not in affinity


def test_istiod_tolerates_the_taints_of_its_pool(stack: TerraformStack) -> None:
    made = istiod(stack, "dedicated=mesh:NoSchedule", "a=b:PreferNoSchedule")
    assert made["tolerations"] == [
        {"key": "dedicated", "operator": "Equal", "value": "mesh", "effect": "NoSchedule"},
        {"key": "a", "operator": "Equal", "value": "b", "effect": "PreferNoSchedule"},
    ]


def test_istiod_tolerates_nothing_of_its_own_accord(releases: Json) -> None:
    assert "tolerations" not in values(releases["istio-istiod"])
