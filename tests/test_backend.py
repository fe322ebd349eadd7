from pathlib import Path

import pytest

from app.errors import UserError
from tests.synthesis import Json, Stacks, settings_text, synthesize

AZURERM = """
[backend]
type = "azurerm"
storage_account_name = "tfstate"
container_name = "state"
"""


def backends(folder: Path, settings: str) -> Json:
    stacks = synthesize(settings_text(folder, settings), folder / "out")
    return {name: stack["terraform"]["backend"] for name, stack in stacks.items()}


def test_state_lies_beside_cdktf_json_a_file_for_each_stack(shipped: Stacks) -> None:
    assert {name: stack["terraform"]["backend"] for name, stack in shipped.items()} == {
        "aks": {"local": {"path": "../../../terraform.aks.tfstate"}},
        "istio": {"local": {"path": "../../../terraform.istio.tfstate"}},
    }


def test_azurerm_has_a_key_for_each_stack_and_uses_entra(tmp_path: Path) -> None:
    common = {
        "storage_account_name": "tfstate",
        "container_name": "state",
        "use_azuread_auth": True,
    }
    assert backends(tmp_path, AZURERM) == {
        "aks": {"azurerm": common | {"key": "aks.tfstate"}},
        "istio": {"azurerm": common | {"key": "istio.tfstate"}},
    }


def test_azurerm_can_use_oidc(tmp_path: Path) -> None:
    made = backends(tmp_path, AZURERM + 'authentication = "oidc"')
    assert made["aks"]["azurerm"]["use_oidc"] is True


@pytest.mark.parametrize("secret", ["access_key", "sas_token", "client_secret"])
def test_azurerm_takes_no_secret(tmp_path: Path, secret: str) -> None:
    with pytest.raises(UserError, match=f"backend.{secret} = "):
        backends(tmp_path, AZURERM + f'{secret} = "abc"')


def test_a_named_environment_has_states_of_its_own(tmp_path: Path) -> None:
    assert backends(tmp_path, 'environment = "prod"') == {
        "prod-aks": {"local": {"path": "../../../terraform.prod.aks.tfstate"}},
        "prod-istio": {"local": {"path": "../../../terraform.prod.istio.tfstate"}},
    }


def test_a_named_environment_has_keys_of_its_own(tmp_path: Path) -> None:
    made = backends(tmp_path, 'environment = "prod"' + AZURERM)
    assert {name: backend["azurerm"]["key"] for name, backend in made.items()} == {
        "prod-aks": "prod.aks.tfstate",
        "prod-istio": "prod.istio.tfstate",
    }


def test_the_name_of_the_file_names_nothing(tmp_path: Path) -> None:
    renamed = settings_text(tmp_path, "").rename(tmp_path / "Prod 1.toml")
    stacks = synthesize(renamed, tmp_path / "out")
    assert [stack["terraform"]["backend"]["local"]["path"] for stack in stacks.values()] == [
        "../../../terraform.aks.tfstate",
        "../../../terraform.istio.tfstate",
    ]
