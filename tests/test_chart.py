import pytest
from cdktf import TerraformStack

from constructs.helm_release import ChartSource, helm_release
from tests.synthesis import Json, synth


def release_from(stack: TerraformStack, repository: str, version: str = "1.2.3") -> Json:
    helm_release(
        stack,
        "web",
        name="web",
        namespace="apps",
        chart=ChartSource(repository=repository, version=version).arguments("nginx"),
        values={"b": 1, "a": "two"},
    )
    release: Json = synth(stack)["resource"]["helm_release"]["web"]
    return release


@pytest.mark.parametrize("repository", ["https://charts.example.com", "oci://mirror.example.com/c"])
def test_chart_of_a_repository(stack: TerraformStack, repository: str) -> None:
    release = release_from(stack, repository)
    assert (release["chart"], release["repository"]) == ("nginx", repository)


def test_chart_of_a_folder_is_a_path_without_a_repository(stack: TerraformStack) -> None:
    release = release_from(stack, "../../../charts")
    assert release["chart"] == "../../../charts/nginx"
    assert "repository" not in release


def test_version_is_pinned(stack: TerraformStack) -> None:
    assert release_from(stack, "https://charts.example.com")["version"] == "1.2.3"


def test_values_are_yaml_in_the_order_given(stack: TerraformStack) -> None:
    assert release_from(stack, "https://charts.example.com")["values"] == ["b: 1\na: two\n"]


def test_helm_never_makes_namespaces(stack: TerraformStack) -> None:
    assert "create_namespace" not in release_from(stack, "https://charts.example.com")


@pytest.mark.parametrize("version", ["1.2", "latest", "^1.2.3", ""])
def test_refuses_a_version_that_is_not_exact(stack: TerraformStack, version: str) -> None:
    with pytest.raises(ValueError, match="an exact version of three numbers"):
        release_from(stack, "https://charts.example.com", version)
