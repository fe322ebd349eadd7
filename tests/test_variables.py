from pathlib import Path

import pytest

from tests.synthesis import Json, settings_text, synthesize


def test_are_the_four_of_the_original(aks: Json) -> None:
    assert {name: (made["type"], made["default"]) for name, made in aks["variable"].items()} == {
        "region": ("string", "westeurope"),
        "agents_size": ("string", "Standard_D4s_v5"),
        "kubernetes_version": ("string", None),
        "rbac_aad_admin_group_object_ids": ("list(string)", None),
    }


@pytest.mark.parametrize(
    "name", ["region", "agents_size", "kubernetes_version", "rbac_aad_admin_group_object_ids"]
)
def test_each_is_described_and_validated(aks: Json, name: str) -> None:
    variable = aks["variable"][name]
    assert variable["description"]
    for validation in variable["validation"]:
        assert f"var.{name}" in validation["condition"]
        assert validation["error_message"].endswith(".")


def test_kubernetes_version_must_be_one_that_istio_supports(aks: Json) -> None:
    _, validation = aks["variable"]["kubernetes_version"]["validation"]
    assert validation["error_message"] == "Istio 1.31.0 supports Kubernetes 1.32 to 1.36."


def test_kubernetes_version_is_free_where_istio_is_not_known(tmp_path: Path) -> None:
    settings = settings_text(tmp_path, '[istio]\nversion = "1.99.0"')
    variable = synthesize(settings, tmp_path / "out")["aks"]["variable"]["kubernetes_version"]
    assert len(variable["validation"]) == 1


def test_defaults_come_from_the_settings(tmp_path: Path) -> None:
    settings = settings_text(
        tmp_path,
        """
        [cluster]
        region = "northeurope"
        agents_size = "Standard_D8ds_v5"
        kubernetes_version = "1.35"
        admin_group_object_ids = ["11111111-2222-3333-4444-555555555555"]
        """,
    )
    variables = synthesize(settings, tmp_path / "out")["aks"]["variable"]
    assert {name: made["default"] for name, made in variables.items()} == {
        "region": "northeurope",
        "agents_size": "Standard_D8ds_v5",
        "kubernetes_version": "1.35",
        "rbac_aad_admin_group_object_ids": ["11111111-2222-3333-4444-555555555555"],
    }
