"""What the doctor reads out of settings and answers, without an Azure."""

import base64
import json
from pathlib import Path

import pytest

from app.doctor.ids import VERSIONS, given, kind_of
from app.doctor.login import Login
from app.doctor.permissions import allows
from app.doctor.providers import namespaces
from app.doctor.sizes import Size
from settings import Settings, load_settings
from tests.synthesis import settings_text

GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/given"


def _granting(token: str) -> str:
    return Login("https://management.azure.com", token, "").granting("Contributor", GROUP)


def _settings(folder: Path, text: str) -> Settings:
    return load_settings(settings_text(folder, text))


@pytest.mark.parametrize(
    ("actions", "not_actions", "is_allowed"),
    [
        (["*"], [], True),
        (["Microsoft.Network/*"], [], True),
        (["microsoft.network/VIRTUALNETWORKS/write"], [], True),
        (["*/write"], [], True),
        (["*/read"], [], False),
        (["Microsoft.Network"], [], False),
        (["Microsoft.NetworkX/*"], [], False),
        (["*"], ["Microsoft.Network/*/Write"], False),
        (["*"], ["Microsoft.Network/*/delete"], True),
        ([], [], False),
        (None, None, False),
    ],
)
def test_an_action_is_allowed_by_its_pattern(
    actions: list[str] | None, not_actions: list[str] | None, is_allowed: bool
) -> None:
    granted = [{"actions": actions, "notActions": not_actions}]
    assert allows(granted, "Microsoft.Network/virtualNetworks/write") is is_allowed


@pytest.mark.parametrize(
    ("id_", "kind"),
    [
        (GROUP.rpartition("/resourceGroups")[0], "subscriptions"),
        (GROUP, "resourcegroups"),
        (f"{GROUP}/providers/Microsoft.KeyVault/vaults/v", "microsoft.keyvault/vaults"),
        (
            f"{GROUP}/providers/Microsoft.Network/virtualNetworks/n/subnets/s",
            "microsoft.network/virtualnetworks/subnets",
        ),
    ],
)
def test_the_type_of_an_id_is_known(id_: str, kind: str) -> None:
    assert kind_of(id_) == kind
    assert kind in VERSIONS


def test_every_id_of_the_settings_is_found_with_its_key(tmp_path: Path) -> None:
    vault = f"{GROUP}/providers/Microsoft.KeyVault/vaults/contoso"
    settings = _settings(
        tmp_path,
        f'guard.key_vault = "{vault}"\n'
        "[workload_identities.shop]\n"
        'service_account = "shop"\n'
        f'roles = [{{role = "Reader", scope = "{GROUP}"}}]\n',
    )
    assert list(given(settings)) == [
        (("guard", "key_vault"), vault),
        (("workload_identities", "shop", "roles", 0, "scope"), GROUP),
    ]


def test_overrides_are_not_read(tmp_path: Path) -> None:
    overrides = f'overrides."azurerm_kubernetes_cluster.aks" = {{disk = "{GROUP}"}}'
    assert list(given(_settings(tmp_path, overrides))) == []


def test_the_default_stacks_need_these_providers(tmp_path: Path) -> None:
    assert set(namespaces(_settings(tmp_path, ""))) == {
        "Microsoft.Authorization",
        "Microsoft.Cdn",
        "Microsoft.Compute",
        "Microsoft.ContainerService",
        "Microsoft.ManagedIdentity",
        "Microsoft.Network",
    }


@pytest.mark.parametrize("token", ["", "opaque", "a.b.c", "a.e30.c", "a.W10.c", "..", "a.é.c"])
def test_a_token_that_says_nobody_is_no_reason_to_stop(token: str) -> None:
    assert "--assignee-object-id OBJECT_ID " in _granting(token)


@pytest.mark.parametrize(("kind", "named"), [("user", "User"), ("app", "ServicePrincipal")])
def test_a_token_says_who_is_signed_in(kind: str, named: str) -> None:
    told = json.dumps({"oid": "somebody", "idtyp": kind})
    claims = base64.urlsafe_b64encode(told.encode()).decode()
    assert _granting(f"head.{claims.rstrip('=')}.signature") == (
        'an owner runs `az role assignment create --role "Contributor" --assignee-object-id'
        f' somebody --assignee-principal-type {named} --scope "{GROUP}"`'
    )


@pytest.mark.parametrize(
    ("capabilities", "room"),
    [
        ({"CachedDiskBytes": "107374182400", "MaxResourceVolumeMB": "153600"}, 150),
        ({"CachedDiskBytes": "107374182400"}, 100),
        ({"NvmeDiskSizeInMiB": "225280"}, 220),
        ({}, 0),
    ],
)
def test_an_ephemeral_disk_takes_the_largest_place(capabilities: dict[str, str], room: int) -> None:
    listed = [{"name": name, "value": value} for name, value in capabilities.items()]
    assert Size({"capabilities": listed}).room_in_gib == room
