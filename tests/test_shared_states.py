"""States of two environments in Azure Storage: the same key is another state elsewhere."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_environments

DEV, PROD = ("tfstatedev", "dev"), ("tfstateprod", "prod")


def load(folder: Path, *places: tuple[str, str]) -> None:
    files = []
    for number, (account, container) in enumerate(places):
        files.append(folder / f"{number}.toml")
        files[-1].write_text(
            f'environment = "e{number}"\nnames.resource_group = "g{number}"\n'
            f'[backend]\ntype = "azurerm"\nstorage_account_name = "{account}"\n'
            f'container_name = "{container}"\naks_key = "same"\n'
        )
    load_environments(files)


@pytest.mark.parametrize("other", [PROD, (DEV[0], PROD[1]), (PROD[0], DEV[1])])
def test_another_account_or_container_is_another_place(
    tmp_path: Path, other: tuple[str, str]
) -> None:
    load(tmp_path, DEV, other)


def test_a_key_stands_for_one_state_of_a_container(tmp_path: Path) -> None:
    with pytest.raises(UserError, match='1.toml: backend.aks_key = "same": allowed: a value other'):
        load(tmp_path, DEV, DEV)
