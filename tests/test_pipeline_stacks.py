"""Which stacks a workflow is told of."""

import json
from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_environments
from tests.synthesis import settings_text
from tools.pipeline.stacks import outputs

BACKEND = """
[backend]
type = "azurerm"
storage_account_name = "contosostates"
container_name = "states"
"""
CLOSED = """
[access]
local_accounts = false
azure_rbac = true
admins = ["00000000-0000-0000-0000-000000000001"]
"""


def _outputs(folder: Path, text: str, *, for_pull_requests: bool = False) -> dict[str, object]:
    environments = load_environments([settings_text(folder, text)])
    lines = outputs(environments, for_pull_requests=for_pull_requests)
    found = dict(line.split("=", 1) for line in lines)
    return {
        name: value if name == "environment" else json.loads(value) for name, value in found.items()
    }


def _refused(folder: Path, text: str) -> str:
    with pytest.raises(UserError) as refused:
        _outputs(folder, text, for_pull_requests=True)
    return str(refused.value).replace(f"{folder}/", "")


def test_every_stack_is_named_in_its_order(tmp_path: Path) -> None:
    found = _outputs(tmp_path, f'environment = "prod"\n{BACKEND}')
    file = str(tmp_path / "settings.toml")
    of_file = {"settings": file, "environment": "prod-preview"}
    assert found == {
        "files": [of_file],
        "stacks": [
            of_file | {"kind": "aks", "stack": "prod-aks"},
            of_file | {"kind": "istio", "stack": "prod-istio"},
        ],
        "by-kind": {"aks": "prod-aks", "istio": "prod-istio"},
        "environment": "prod-preview",
    }


def test_pull_requests_are_planned_in_an_environment_of_their_own(tmp_path: Path) -> None:
    found = _outputs(tmp_path, BACKEND + CLOSED, for_pull_requests=True)
    assert found["environment"] == "plan"


def test_states_in_files_are_refused(tmp_path: Path) -> None:
    assert _refused(tmp_path, CLOSED) == (
        'settings.toml: backend.type = "local": allowed: "azurerm": a pipeline keeps no files;'
        " fix: make the account with make bootstrap, and name it"
    )


def test_pull_requests_are_refused_states_with_the_key_of_the_cluster(tmp_path: Path) -> None:
    assert _refused(tmp_path, BACKEND) == (
        "settings.toml: access.local_accounts = true: allowed: false where pull requests are"
        " planned: the states hold the cluster's key otherwise, and whoever plans reads the states;"
        " fix: write access.local_accounts = false and deploy that first, or take the file out of"
        " the variable PLANNED_SETTINGS"
    )


def test_the_main_branch_is_not(tmp_path: Path) -> None:
    assert _outputs(tmp_path, BACKEND)["by-kind"] == {"aks": "aks", "istio": "istio"}
