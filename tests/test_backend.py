from pathlib import Path

import pytest

from problems import Problems
from settings import environment_of
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
    with pytest.raises(Problems, match=f"backend.{secret} = "):
        backends(tmp_path, AZURERM + f'{secret} = "abc"')


def test_another_file_has_states_of_its_own(tmp_path: Path) -> None:
    prod = settings_text(tmp_path, "").rename(tmp_path / "prod.toml")
    stacks = synthesize(prod, tmp_path / "out")
    assert [stack["terraform"]["backend"]["local"]["path"] for stack in stacks.values()] == [
        "../../../terraform.prod.aks.tfstate",
        "../../../terraform.prod.istio.tfstate",
    ]


def test_another_file_has_keys_of_its_own(tmp_path: Path) -> None:
    prod = settings_text(tmp_path, AZURERM).rename(tmp_path / "prod.toml")
    stacks = synthesize(prod, tmp_path / "out")
    assert [stack["terraform"]["backend"]["azurerm"]["key"] for stack in stacks.values()] == [
        "prod.aks.tfstate",
        "prod.istio.tfstate",
    ]


def test_a_file_whose_name_is_no_environment_is_refused() -> None:
    with pytest.raises(Problems, match='the file\'s name = "Prod 1": allowed: 1 to 63 lower-case'):
        environment_of(Path("Prod 1.toml"))
