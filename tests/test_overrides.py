"""Arguments that a user lays over resources by their address."""

from pathlib import Path

import pytest

from tests.synthesis import Json, settings_text, synthesize

CLUSTER = "azurerm_kubernetes_cluster.aks"


def laid_over(folder: Path, address: str, text: str) -> Json:
    """The resource, with this text of TOML below [overrides."address"]."""
    path = settings_text(folder, f'[overrides."{address}"]\n{text}')
    kind, name = address.split(".", 1)
    for stack in synthesize(path, folder / "out").values():
        if name in stack["resource"].get(kind, {}):
            made: Json = stack["resource"][kind][name]
            return made
    raise AssertionError(f"no {address}")


@pytest.mark.parametrize(
    ("text", "argument", "value"),
    [
        ('sku_tier = "Free"', "sku_tier", "Free"),
        ("run_command_enabled = false", "run_command_enabled", False),
        ("image_cleaner_interval_hours = 48", "image_cleaner_interval_hours", 48),
        (
            'http_proxy_config = {http_proxy = "http://a", no_proxy = ["b"]}',
            "http_proxy_config",
            {"http_proxy": "http://a", "no_proxy": ["b"]},
        ),
        ('edge_zone = "${var.region}"', "edge_zone", "${var.region}"),
    ],
)
def test_an_argument_that_has_no_key_of_its_own_is_written(
    tmp_path: Path, text: str, argument: str, value: object
) -> None:
    assert laid_over(tmp_path, CLUSTER, text)[argument] == value


def test_a_table_merges_with_what_is_there(tmp_path: Path) -> None:
    made = laid_over(
        tmp_path,
        CLUSTER,
        'network_profile = {network_policy = "calico", load_balancer_profile = {a = 4}}',
    )
    assert made["network_profile"] == {
        "network_plugin": "azure",
        "network_policy": "calico",
        "dns_service_ip": "10.0.0.10",
        "service_cidr": "10.0.0.0/16",
        "load_balancer_sku": "standard",
        "outbound_type": "loadBalancer",
        "load_balancer_profile": {"a": 4},
    }


def test_a_list_replaces_the_one_that_is_there(tmp_path: Path) -> None:
    made = laid_over(tmp_path, CLUSTER, 'default_node_pool.zones = ["3"]')
    assert made["default_node_pool"]["zones"] == ["3"]


def test_a_list_of_tables_replaces_the_one_that_is_there(tmp_path: Path) -> None:
    address = "kubernetes_deployment_v1.echoserver-deployment"
    made = laid_over(tmp_path, address, 'spec.template.spec.container = [{name = "mine"}]')
    assert made["spec"]["template"]["spec"]["container"] == [{"name": "mine"}]


def test_a_list_stands_where_there_was_none(tmp_path: Path) -> None:
    made = laid_over(tmp_path, "azurerm_virtual_network.network", 'dns_servers = ["10.0.0.4"]')
    assert made["dns_servers"] == ["10.0.0.4"]


def test_a_key_with_a_dot_is_one_key(tmp_path: Path) -> None:
    made = laid_over(tmp_path, CLUSTER, 'tags = {"contoso.com/owner" = "me", team = "a"}')
    assert made["tags"] == {"contoso.com/owner": "me", "team": "a"}


def test_a_resource_of_kubernetes_can_be_laid_over(tmp_path: Path) -> None:
    made = laid_over(tmp_path, "kubernetes_service_v1.echoserver-service", "wait = true")
    assert made["wait"] is True


def test_nothing_else_changes(tmp_path: Path) -> None:
    text = f'[overrides."{CLUSTER}"]\nsku_tier = "Free"'
    (tmp_path / "plain").mkdir()
    laid = synthesize(settings_text(tmp_path, text), tmp_path / "out")
    plain = synthesize(settings_text(tmp_path / "plain", ""), tmp_path / "plain" / "out")
    assert laid["istio"] == plain["istio"]
    resources = plain["aks"]["resource"]
    resources["azurerm_kubernetes_cluster"]["aks"]["sku_tier"] = "Free"
    assert laid["aks"]["resource"] == resources


def test_tags_of_the_settings_leave_those_that_are_laid_over(tmp_path: Path) -> None:
    path = settings_text(
        tmp_path,
        f'tags = {{a = "b"}}\n[overrides."{CLUSTER}"]\ntags = {{c = "d"}}\n'
        'default_node_pool.tags = {e = "f"}',
    )
    made = synthesize(path, tmp_path / "out")["aks"]["resource"]["azurerm_kubernetes_cluster"]
    assert made["aks"]["tags"] == {"a": "b", "c": "d"}
    assert made["aks"]["default_node_pool"]["tags"] == {
        "Agent": "defaultnodepoolagent",
        "a": "b",
        "e": "f",
    }
