"""Rules of a stack that is not deployed do not bite."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_settings
from tests.synthesis import settings_text

ABOUT_AKS = [
    "[network]\nnode_subnet = '10.60.0.0/18'",
    "[network]\nprivate_link_subnet = '10.52.0.0/24'\n"
    "[load_balancer]\nprivate_ip_address = '10.52.0.20'\n"
    "[private_link_service]\nnat_ip_addresses = ['10.52.0.10']",
    "[network]\nservice_cidr = '10.52.0.0/16'\ndns_service_ip = '10.52.0.10'",
    "[network]\ndns_service_ip = '10.1.0.10'",
    "[node_pools.user]\nmax_count = 600",
    "[node_pools.system]\nenabled = false",
    "[node_pools.abcdefghijk]\n[node_pools.abcdefghijl]",
    "[node_pools.user]\nos_disk_type = 'Ephemeral'",
    f"[names]\nresource_group = '{'g' * 60}'",
]
ABOUT_ISTIO = [
    "[gateway]\nhosts = ['shop.contoso.com']",
    "[namespaces.default]\nenabled = false",
    "[namespaces.default]\nexisting = false",
    "[[routes]]\nservice = 'shop'\nport = 80\nprefix = '/pro'",
    "[private_link_service]\nnat_ip_addresses = ['10.52.192.20']",
    "[private_link_service]\napproval = 'manual'\n[front_door]\nrequest_message = 'x'",
    "[gateway]\nidle_timeout_minutes = 30",
    "[load_balancer]\nprivate_ip_address = 'dynamic'",
]
ABOUT_BOTH = [
    "[load_balancer]\nprivate_ip_address = '10.60.0.20'",
    "[cluster]\nregion = 'westus'",
    "[cluster]\nkubernetes_version = '1.31'",
    "[cluster_access]\nmethod = 'kubelogin'",
    "[gateway]\nnode_pool = 'edge'",
    "[istio]\nnode_pool = 'edge'",
    "[node_pools.ingress]\nspot = true",
    "[node_pools.ingress]\nmax_count = 1",
    "[load_balancer]\nsubnet = 'edge'",
]
INSIDE_A_TABLE = [
    "[node_pools.user]\nmin_count = 6",
    "[node_pools.user]\nzones = ['1', '1']",
    "[gateway]\nmin_replicas = 6",
    "[gateway]\nhosts = ['*', '*']",
    "[private_link_service]\napproval = 'manual'\nauto_approval = ['*']",
]


@pytest.mark.parametrize("text", ABOUT_AKS + ABOUT_ISTIO + ABOUT_BOTH + INSIDE_A_TABLE)
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


@pytest.mark.parametrize("stack", ["aks", "istio"])
@pytest.mark.parametrize("text", INSIDE_A_TABLE)
def test_a_table_that_contradicts_itself_is_refused_with_one_stack_as_well(
    tmp_path: Path, text: str, stack: str
) -> None:
    with pytest.raises(UserError):
        load_settings(settings_text(tmp_path, f"stacks = ['{stack}']\n{text}"))
