"""`make bootstrap` prints what makes the account of the backend, and runs nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.bootstrap import script
from app.errors import UserError
from settings import load_environments
from tests.synthesis import settings_text

ROOT = Path(__file__).parents[1]
SUBSCRIPTION = "00000000-0000-0000-0000-000000000001"
BACKEND = """
[backend]
type = "azurerm"
storage_account_name = "contosostates"
container_name = "states"
resource_group_name = "states(shared)"
"""
AT = f"--subscription {SUBSCRIPTION} --resource-group states(shared)"
SCOPE = (
    f"/subscriptions/{SUBSCRIPTION}/resourceGroups/states(shared)/providers/Microsoft.Storage"
    "/storageAccounts/contosostates/blobServices/default/containers/states"
)


def _script(folder: Path, text: str) -> str:
    return "\n".join(script(load_environments([settings_text(folder, text)])))


def _run(folder: Path, text: str, **environment: str) -> list[str]:
    """Run it with an `az` that says what it was called with, and tells who is signed in."""
    az = folder / "bin" / "az"
    az.parent.mkdir()
    az.write_text(
        "#!/bin/sh\n"
        'case "$1 $2" in "ad signed-in-user") echo me ;; "account show") echo mine ;;'
        ' *) echo "$@" ;; esac\n'
    )
    az.chmod(0o755)
    path = f"{az.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh"],
        input=_script(folder, text),
        env=os.environ | {"PATH": path} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_the_account_takes_no_keys_and_loses_nothing(tmp_path: Path) -> None:
    assert _run(tmp_path, f'subscription_id = "{SUBSCRIPTION}"{BACKEND}') == [
        f"group create --subscription {SUBSCRIPTION} --name states(shared) --location westeurope",
        f"storage account create {AT} --name contosostates --location westeurope --kind StorageV2"
        " --sku Standard_ZRS --min-tls-version TLS1_2 --https-only true --allow-blob-public-access"
        " false --allow-shared-key-access false --allow-cross-tenant-replication false",
        f"storage account blob-service-properties update {AT} --account-name contosostates"
        " --enable-versioning true --enable-delete-retention true --delete-retention-days 30"
        " --enable-container-delete-retention true --container-delete-retention-days 30",
        f"storage container-rm create {AT} --storage-account contosostates --name states"
        " --public-access off",
        "role assignment create --role Storage Blob Data Contributor --assignee-object-id me"
        f" --assignee-principal-type User --scope {SCOPE}",
    ]


def test_somebody_else_can_be_who_writes_states(tmp_path: Path) -> None:
    said = _run(tmp_path, BACKEND, STATE_WRITER="a-pipeline", STATE_WRITER_TYPE="ServicePrincipal")
    assert "--assignee-object-id a-pipeline --assignee-principal-type ServicePrincipal" in said[-1]
    assert " --scope /subscriptions/mine/resourceGroups/states(shared)/providers" in said[-1]


def test_the_subscription_of_the_environment_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARM_SUBSCRIPTION_ID", SUBSCRIPTION)
    assert f"subscription={SUBSCRIPTION}" in _script(tmp_path, BACKEND).splitlines()


def test_two_environments_share_one_account(tmp_path: Path) -> None:
    common = f'subscription_id = "{SUBSCRIPTION}"{BACKEND}'
    files = []
    for name in ("dev", "prod"):
        files.append(tmp_path / f"{name}.toml")
        files[-1].write_text(
            f'environment = "{name}"\nnames = {{resource_group = "{name}"}}\n'
            f'front_door = {{endpoint = "{name}"}}\n{common}'
        )
    assert "\n".join(script(load_environments(files))).count("account create") == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "",
            'settings.toml: backend.type = "local": allowed: "azurerm", for which an account is'
            ' made; fix: write type = "azurerm" with the names that the account and its container'
            " get",
        ),
        (
            BACKEND.replace("resource_group_name", "# "),
            "settings.toml: backend.resource_group_name: allowed: a name, where the account"
            " is made: of a group that the stacks do not make; fix: write one such as"
            ' "terraform-states"',
        ),
        (
            BACKEND.replace("states(shared)", "istio-aks"),
            'settings.toml: backend.resource_group_name = "istio-aks": allowed: a group that no'
            " stack makes, and destroys with the states in it; fix: write one such as"
            ' "terraform-states"',
        ),
    ],
)
def test_what_no_account_can_be_made_of_is_refused(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(UserError) as refused:
        _script(tmp_path, text)
    assert str(refused.value).replace(f"{tmp_path}/", "") == line


def test_the_program_prints_it_without_nodejs(tmp_path: Path) -> None:
    settings_text(tmp_path, BACKEND)
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--bootstrap"],
        cwd=tmp_path,
        env=os.environ | {"PATH": str(tmp_path), "JSII_NODE": "missing"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[0] == "set -eu"
    assert [each.name for each in tmp_path.iterdir()] == ["settings.toml"]
