import pytest
from cdktf import TerraformStack

from constructs.mesh.namespace import Namespace
from constructs.mesh.sample_app import SampleApp
from tests.synthesis import Json, synth


@pytest.fixture
def resources(stack: TerraformStack) -> Json:
    before = Namespace(stack, "before", name="before").namespace
    SampleApp(stack, "echo", name="echo", namespace="web", depends_on=[before])
    made: Json = synth(stack)["resource"]
    return made


@pytest.fixture
def pod(resources: Json) -> Json:
    made: Json = resources["kubernetes_deployment_v1"]["echo-deployment"]["spec"]["template"][
        "spec"
    ]
    return made


def test_image_is_pinned(pod: Json) -> None:
    assert pod["container"][0]["image"] == "registry.k8s.io/e2e-test-images/agnhost:2.53"


def test_pod_waits_for_what_injects_its_sidecar(resources: Json) -> None:
    deployment = resources["kubernetes_deployment_v1"]["echo-deployment"]
    assert deployment["depends_on"] == ["kubernetes_namespace_v1.before"]


def test_pod_is_asked_whether_it_is_ready_and_alive(pod: Json) -> None:
    (container,) = pod["container"]
    expected = {"http_get": {"path": "/healthz", "port": "8080"}}
    assert container["readiness_probe"] == expected
    assert container["liveness_probe"] == expected


def test_pod_requests_what_it_needs(pod: Json) -> None:
    assert pod["container"][0]["resources"] == {
        "requests": {"cpu": "10m", "memory": "32Mi"},
        "limits": {"memory": "64Mi"},
    }


def test_pod_meets_the_restricted_standard(pod: Json) -> None:
    assert pod["security_context"] == {
        "run_as_non_root": True,
        "run_as_user": "10001",
        "run_as_group": "10001",
        "seccomp_profile": {"type": "RuntimeDefault"},
    }
    assert pod["container"][0]["security_context"] == {
        "allow_privilege_escalation": False,
        "read_only_root_filesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert pod["automount_service_account_token"] is False


def test_service_selects_the_pod_and_names_its_protocol(resources: Json) -> None:
    assert resources["kubernetes_service_v1"]["echo-service"]["spec"] == {
        "selector": {"run": "echo"},
        "port": [{"name": "http", "port": 8080, "target_port": "8080"}],
    }
