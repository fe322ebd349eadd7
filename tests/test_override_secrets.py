"""Secrets in overrides, which would stand in the settings, the output and the state."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_settings
from tests.refused import assert_refused
from tests.synthesis import settings_text

CLUSTER = "azurerm_kubernetes_cluster.aks"
SECRET = "text that is no key, token, password or certificate"
# Nobody's: made up for these tests.
WEB_TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"


def override(text: str) -> str:
    return f'[overrides."{CLUSTER}"]\n{text}'


@pytest.mark.parametrize(
    "secret",
    [
        "-----BEGIN RSA PRIVATE KEY-----\\nabc",
        "-----BEGIN CERTIFICATE-----\\nabc",
        WEB_TOKEN,
        "a" * 42 + "==",
        "DefaultEndpointsProtocol=https;AccountKey=abcdefgh",
        "Password=correcthorse",
        "https://a.blob.core.windows.net/b?sv=1&sig=abcdefgh",
        "ghp_" + "a" * 36,
        "abc8Q~" + "x" * 34,
    ],
)
@pytest.mark.parametrize(
    ("text", "key"),
    [('a = "{0}"', "a"), ('a = {{b = "{0}"}}', "a.b"), ('a = ["x", {{b = "{0}"}}]', "a[1].b")],
)
def test_a_secret_is_refused_at_any_depth(tmp_path: Path, secret: str, text: str, key: str) -> None:
    path = settings_text(tmp_path, override(text.format(secret)))
    assert_refused(path, f'overrides."{CLUSTER}".{key}', SECRET)


@pytest.mark.parametrize(
    "key",
    [
        "windows_profile.admin_password",
        "service_principal.client_secret",
        "a.access_token",
        "a.private_key",
    ],
)
def test_what_a_key_calls_a_secret_is_one_whatever_it_looks_like(tmp_path: Path, key: str) -> None:
    path = settings_text(tmp_path, override(f'{key} = "correct horse"'))
    assert_refused(path, f'overrides."{CLUSTER}".{key}', SECRET)


def test_a_secret_is_not_printed(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        load_settings(settings_text(tmp_path, override('a = "password=correcthorse"')))
    assert "correcthorse" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "a = 'password rotation'",
        "key_vault_key_id = 'https://a.vault.azure.net/keys/b/0123456789abcdef0123456789abcdef'",
        "image = 'a@sha256:" + "0" * 64 + "'",
        "local_account_disabled = true",
        "linux_profile.ssh_key.key_data = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI me@here'",
    ],
)
def test_what_is_no_secret_is_accepted(tmp_path: Path, text: str) -> None:
    load_settings(settings_text(tmp_path, override(text)))
