"""`make doctor` says what an apply would miss, one line each, and changes nothing."""

from pathlib import Path

import pytest

from tests.acceptance.azure.resource_manager import SUBSCRIPTION
from tests.acceptance.azure.stand_in import Azure
from tests.acceptance.doctor import examine, write_az

ROOT_ID = f"/subscriptions/{SUBSCRIPTION}"


def test_an_empty_subscription_that_has_everything_is_well(azure: Azure, tmp_path: Path) -> None:
    found = examine(azure, tmp_path)
    assert found.status == 0
    (line,) = found.lines
    assert line.startswith("settings.toml: ")
    assert line.endswith(" questions asked: nothing is missing")


def test_nothing_is_changed(azure: Azure, tmp_path: Path) -> None:
    examine(azure, tmp_path)
    asked = azure.recording.everything()
    assert {each.method for each in asked} == {"GET"}
    assert azure.recording.writes() == []
    assert len({each.path for each in asked}) == len(asked)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bin", "settings.toml"]


def test_bad_settings_end_with_2_before_anybody_is_asked(azure: Azure, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="settings.toml: stacks = \\[\\]: allowed"):
        examine(azure, tmp_path, "stacks = []")
    assert azure.recording.everything() == []


def test_it_needs_no_nodejs(azure: Azure, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    for each in ("cat", "sh"):
        (tmp_path / "bin" / each).symlink_to(f"/bin/{each}")
    assert examine(azure, tmp_path, "", {"PATH": str(tmp_path / "bin")}).status == 0


def test_a_provider_that_is_not_registered_has_its_command(azure: Azure, tmp_path: Path) -> None:
    azure.subscription.providers["Microsoft.Cdn"] = "NotRegistered"
    found = examine(azure, tmp_path)
    assert found.status == 1
    assert found.missing == [
        "resource provider Microsoft.Cdn: allowed: Registered; it is NotRegistered; fix:"
        f" `az provider register --namespace Microsoft.Cdn --wait --subscription {SUBSCRIPTION}`"
    ]


def test_providers_that_no_setting_needs_are_not_asked_for(azure: Azure, tmp_path: Path) -> None:
    for each in ("PolicyInsights", "KeyVault", "Security", "OperationalInsights", "Monitor"):
        azure.subscription.providers[f"Microsoft.{each}"] = "NotRegistered"
    assert examine(azure, tmp_path).status == 0


def test_providers_of_switches_are_asked_for(azure: Azure, tmp_path: Path) -> None:
    wanted = ("Insights", "KeyVault", "Monitor", "OperationalInsights", "PolicyInsights")
    for each in wanted:
        azure.subscription.providers[f"Microsoft.{each}"] = "Unregistered"
    found = examine(
        azure,
        tmp_path,
        'guard = {azure_policy = true, key_vault = "make", key_vault_name = "contoso-shop"}\n'
        'logs.workspace = "make"\nwatch.managed_prometheus = true\nmonitoring.enabled = false',
    )
    named = sorted(each.split(":")[0] for each in found.missing)
    assert named == [f"resource provider Microsoft.{each}" for each in wanted]


def test_host_encryption_needs_its_feature(azure: Azure, tmp_path: Path) -> None:
    settings = "node_pools.user.host_encryption = true"
    found = examine(azure, tmp_path, settings)
    assert found.missing == [
        "settings.toml: node_pools.user.host_encryption = true: allowed: true with the feature"
        " Microsoft.Compute/EncryptionAtHost only, which is NotRegistered; fix: `az feature"
        f" register --namespace Microsoft.Compute --name EncryptionAtHost --subscription"
        f" {SUBSCRIPTION}`; when it is Registered, `az provider register --namespace"
        f" Microsoft.Compute --subscription {SUBSCRIPTION}`"
    ]
    azure.subscription.features["microsoft.compute/encryptionathost"] = "Registered"
    assert examine(azure, tmp_path, settings).status == 0


def test_kubelogin_is_missed_where_the_way_in_needs_it(azure: Azure, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    for each in ("cat", "sh"):
        (tmp_path / "bin" / each).symlink_to(f"/bin/{each}")
    settings = (
        f'access = {{local_accounts = false, azure_rbac = true, admins = ["{SUBSCRIPTION}"]}}'
    )
    path = {"PATH": str(tmp_path / "bin")}
    assert examine(azure, tmp_path, settings, path).missing == [
        "kubelogin: allowed: on the PATH: the stack istio comes to the cluster by it; fix:"
        " `az aks install-cli`"
    ]
    write_az(tmp_path / "bin", "exit 0")
    (tmp_path / "bin" / "az").rename(tmp_path / "bin" / "kubelogin")
    assert examine(azure, tmp_path, settings, path).status == 0
