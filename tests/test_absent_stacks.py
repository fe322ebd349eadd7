"""Rules of a stack that is not deployed do not bite."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_settings
from tests.synthesis import settings_text

ABOUT_AKS = [
    "[network]\nsystem_subnet = '10.60.0.0/18'",
    "[network]\nplc_subnet = '10.52.0.0/24'\n[load_balancer]\naddress = '10.52.0.20'\n"
    "[private_link_service]\nnat_address = '10.52.0.10'",
    "[network]\nservice_cidr = '10.52.0.0/16'\ndns_service_ip = '10.52.0.10'",
    "[network]\ndns_service_ip = '10.1.0.10'",
    "[node_pools.user]\nmin_count = 6",
    "[node_pools.user]\nzones = ['1', '1']",
    "[node_pools.user]\nmax_count = 600",
    f"[names]\nresource_group = '{'g' * 60}'",
]
ABOUT_ISTIO = [
    "[gateway]\nmin_replicas = 6",
    "[gateway]\nhosts = ['*', '*']",
    "[gateway]\nhosts = ['shop.contoso.com']",
    "[namespaces]\nexisting = []",
    "[namespaces]\ncreated = ['default']",
    "[[routes]]\nservice = 'shop'\nport = 80\nprefix = '/pro'",
    "[private_link_service]\nnat_address = '10.52.192.20'",
    "[private_link_service]\napproval = 'manual'\nauto_approval = ['*']",
]
ABOUT_BOTH = [
    "[load_balancer]\naddress = '10.60.0.20'",
    "[variables]\nregion = 'westus'",
    "[variables]\nkubernetes_version = '1.31'",
    "[kubernetes]\naccess = 'kubelogin'",
]


@pytest.mark.parametrize("text", ABOUT_AKS + ABOUT_ISTIO + ABOUT_BOTH)
def test_with_both_stacks_it_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError):
        load_settings(settings_text(tmp_path, text))


@pytest.mark.parametrize("text", ABOUT_AKS + ABOUT_BOTH)
def test_with_istio_alone_it_is_accepted(tmp_path: Path, text: str) -> None:
    load_settings(settings_text(tmp_path, f"stacks = ['istio']\n{text}"))


@pytest.mark.parametrize("text", ABOUT_ISTIO + ABOUT_BOTH)
def test_with_aks_alone_it_is_accepted(tmp_path: Path, text: str) -> None:
    load_settings(settings_text(tmp_path, f"stacks = ['aks']\n{text}"))


@pytest.mark.parametrize("text", ABOUT_ISTIO)
def test_with_istio_alone_its_own_rules_bite(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError):
        load_settings(settings_text(tmp_path, f"stacks = ['istio']\n{text}"))


@pytest.mark.parametrize("text", ABOUT_AKS)
def test_with_aks_alone_its_own_rules_bite(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError):
        load_settings(settings_text(tmp_path, f"stacks = ['aks']\n{text}"))
