"""What the name of an environment stands for is noted beside the states."""

import json
from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_environments
from settings.environments import Environment
from settings.record import check_records, write_records
from tests.synthesis import settings_text

DEPLOYED = json.dumps({"version": 4, "resources": [{"type": "azurerm_resource_group"}]})
DESTROYED = json.dumps({"version": 4, "resources": []})
PROD = 'environment = "prod"\n'
AZURERM = (
    '[backend]\ntype = "azurerm"\nstorage_account_name = "tfstate"\ncontainer_name = "state"\n'
)


def environments(folder: Path, text: str) -> list[Environment]:
    return load_environments([settings_text(folder, text)])


def deployed(folder: Path, text: str, state: str) -> None:
    write_records(environments(folder, text), folder)
    (folder / state).write_text(DEPLOYED)


def test_the_record_says_which_cluster_a_name_stands_for(tmp_path: Path) -> None:
    write_records(environments(tmp_path, PROD), tmp_path)
    assert json.loads((tmp_path / "terraform.prod.environment.json").read_text()) == {
        "subscription_id": None,
        "resource_group": "istio-aks",
        "cluster": "istio-aks",
    }


def test_the_default_environment_has_a_record_as_well(tmp_path: Path) -> None:
    write_records(environments(tmp_path, ""), tmp_path)
    assert [path.name for path in tmp_path.glob("*.json")] == ["terraform.environment.json"]


@pytest.mark.parametrize("key", ["resource_group", "cluster"])
def test_another_deployment_under_the_name_of_one_is_refused(tmp_path: Path, key: str) -> None:
    deployed(tmp_path, PROD, "terraform.prod.istio.tfstate")
    others = environments(tmp_path, f'{PROD}names.{key} = "other"')
    with pytest.raises(UserError) as refused:
        check_records(others, tmp_path)
    assert str(refused.value) == (
        f'{tmp_path}/settings.toml: environment = "prod": allowed: a name for this deployment'
        " alone: the environment prod is the cluster istio-aks of the group istio-aks here, says"
        ' terraform.prod.environment.json; fix: write environment = "a name of its own"; delete'
        " that file only if what it names is gone, or is to be replaced"
    )


def test_another_subscription_under_the_name_of_one_is_refused(tmp_path: Path) -> None:
    one, other = (f'subscription_id = "{n * 8}-0000-0000-0000-000000000000"' for n in "12")
    deployed(tmp_path, one, "terraform.aks.tfstate")
    with pytest.raises(UserError, match="environment = null: allowed: a name for this deployment"):
        check_records(environments(tmp_path, other), tmp_path)


def test_the_same_deployment_in_other_capitals_is_accepted(tmp_path: Path) -> None:
    deployed(tmp_path, PROD, "terraform.prod.aks.tfstate")
    check_records(environments(tmp_path, f'{PROD}names.cluster = "Istio-AKS"'), tmp_path)


def test_what_is_not_deployed_may_change_its_names(tmp_path: Path) -> None:
    write_records(environments(tmp_path, PROD), tmp_path)
    check_records(environments(tmp_path, f'{PROD}names.cluster = "other"'), tmp_path)


def test_what_was_destroyed_may_change_its_names(tmp_path: Path) -> None:
    deployed(tmp_path, PROD, "terraform.prod.aks.tfstate")
    (tmp_path / "terraform.prod.aks.tfstate").write_text(DESTROYED)
    check_records(environments(tmp_path, f'{PROD}names.cluster = "other"'), tmp_path)


def test_a_state_that_cannot_be_read_counts_as_deployed(tmp_path: Path) -> None:
    deployed(tmp_path, PROD, "terraform.prod.aks.tfstate")
    (tmp_path / "terraform.prod.aks.tfstate").write_text("{")
    with pytest.raises(UserError):
        check_records(environments(tmp_path, f'{PROD}names.cluster = "other"'), tmp_path)


def test_a_state_in_azure_storage_counts_as_deployed(tmp_path: Path) -> None:
    write_records(environments(tmp_path, PROD + AZURERM), tmp_path)
    with pytest.raises(UserError):
        check_records(environments(tmp_path, f'{PROD}names.cluster = "other"\n{AZURERM}'), tmp_path)


def test_another_name_for_another_deployment_is_accepted(tmp_path: Path) -> None:
    deployed(tmp_path, "", "terraform.aks.tfstate")
    check_records(environments(tmp_path, f'{PROD}names.resource_group = "prod"'), tmp_path)


def test_a_record_that_somebody_spoilt_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "terraform.environment.json").write_text("[]")
    made = environments(tmp_path, "")
    check_records(made, tmp_path)
    write_records(made, tmp_path)
    assert "istio-aks" in (tmp_path / "terraform.environment.json").read_text()


def test_states_that_were_named_after_the_file_ask_for_that_name(tmp_path: Path) -> None:
    (tmp_path / "terraform.prod.aks.tfstate").write_text(DEPLOYED)
    settings_text(tmp_path, "").rename(tmp_path / "prod.toml")
    with pytest.raises(UserError) as refused:
        check_records(load_environments([tmp_path / "prod.toml"]), tmp_path)
    assert str(refused.value) == (
        f'{tmp_path}/prod.toml: environment = null: allowed: "prod", after which the states of this'
        ' file are named: terraform.prod.aks.tfstate; fix: write environment = "prod"'
    )


def test_no_state_was_ever_named_after_settings_toml(tmp_path: Path) -> None:
    (tmp_path / "terraform.settings.aks.tfstate").write_text(DEPLOYED)
    check_records(environments(tmp_path, ""), tmp_path)
