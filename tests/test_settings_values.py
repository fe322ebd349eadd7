"""Keys that take one of several values."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from settings import load_settings
from settings.model import Settings
from settings.terraform import AzurermBackend, Kubeconfig
from tests.synthesis import settings_text

GROUPS = "cluster.admin_group_object_ids = ['11111111-2222-3333-4444-555555555555']\n"
STORAGE = "backend = {type = 'azurerm', storage_account_name = 'abc', container_name = 'abc'"


def loaded(folder: Path, text: str) -> Settings:
    return load_settings(settings_text(folder, text))


def test_the_cluster_gives_its_credentials_where_nothing_is_said(tmp_path: Path) -> None:
    assert loaded(tmp_path, "").cluster_access.method == "azure"


@pytest.mark.parametrize("login", ["azurecli", "azd", "msi", "spn", "workloadidentity"])
def test_kubelogin_logs_in_in_five_ways(tmp_path: Path, login: str) -> None:
    text = f"{GROUPS}cluster_access = {{method = 'kubelogin', login = '{login}'}}"
    made = loaded(tmp_path, text).cluster_access
    assert made.model_dump() == {"method": "kubelogin", "login": login}


def test_kubelogin_uses_the_azure_cli_otherwise(tmp_path: Path) -> None:
    made = loaded(tmp_path, f"{GROUPS}cluster_access.method = 'kubelogin'").cluster_access
    assert made.model_dump() == {"method": "kubelogin", "login": "azurecli"}


def test_a_kubeconfig_is_that_of_the_user_and_its_current_context(tmp_path: Path) -> None:
    made = loaded(tmp_path, "cluster_access.method = 'kubeconfig'").cluster_access
    assert made == Kubeconfig(method="kubeconfig", path="~/.kube/config", context=None)


@pytest.mark.parametrize("authentication", ["entra", "oidc"])
def test_azure_storage_is_reached_in_two_ways(tmp_path: Path, authentication: str) -> None:
    made = loaded(tmp_path, f"{STORAGE}, authentication = '{authentication}'}}").backend
    assert isinstance(made, AzurermBackend)
    assert made.authentication == authentication


def test_azure_storage_is_reached_with_entra_otherwise(tmp_path: Path) -> None:
    assert loaded(tmp_path, f"{STORAGE}}}").backend.model_dump() == {
        "type": "azurerm",
        "storage_account_name": "abc",
        "container_name": "abc",
        "resource_group_name": None,
        "aks_key": None,
        "istio_key": None,
        "edge_key": None,
        "traffic_key": None,
        "authentication": "entra",
    }


@pytest.mark.parametrize("zone", ["1", "2", "3"])
def test_a_region_has_three_zones(tmp_path: Path, zone: str) -> None:
    text = f"node_pools.user.zones = ['{zone}']"
    assert loaded(tmp_path, text).node_pools["user"].zones == (zone,)


@pytest.mark.parametrize("request_type", ["GET", "HEAD"])
def test_a_probe_asks_in_two_ways(tmp_path: Path, request_type: str) -> None:
    text = f"front_door.probe.request_type = '{request_type}'"
    assert loaded(tmp_path, text).front_door.probe.request_type == request_type


def test_what_was_read_never_changes(tmp_path: Path) -> None:
    settings = loaded(tmp_path, "")
    with pytest.raises(ValidationError, match="frozen"):
        settings.network.private_link_subnet = "10.0.0.0/24"  # type: ignore[misc]
