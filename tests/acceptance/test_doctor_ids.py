"""`make doctor` looks for what the settings say exists."""

import os
from pathlib import Path

import pytest

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.resource_manager import SUBSCRIPTION
from tests.acceptance.azure.stand_in import Azure
from tests.acceptance.doctor import examine
from tests.acceptance.project import ROOT

ROOT_ID = f"/subscriptions/{SUBSCRIPTION}"
GROUPS = f"{ROOT_ID}/resourceGroups"


def test_what_is_given_by_its_id_must_be_there(azure: Azure, tmp_path: Path) -> None:
    network = f"{GROUPS}/net/providers/Microsoft.Network/virtualNetworks/corp"
    settings = f'existing = {{virtual_network = "{network}", node_subnet = "nodes"}}'
    found = examine(azure, tmp_path, settings)
    assert found.missing == [
        f'settings.toml: existing.virtual_network = "{network[:119]}…: allowed: something that is'
        " there, and that whoever is signed in can see; fix: mend it, or make it first; `az"
        f" resource show --ids {network}` finds nothing",
        'settings.toml: existing.node_subnet = "nodes": allowed: something that is there, and that'
        " whoever is signed in can see; fix: mend it, or make it first; `az resource show --ids"
        f" {network}/subnets/nodes` finds nothing",
    ]
    azure.make(f"{GROUPS}/net", {"location": "westeurope"})
    azure.make(network, {"location": "northeurope", "properties": {}})
    azure.make(f"{network}/subnets/nodes", {"properties": {}})
    (line,) = examine(azure, tmp_path, settings).missing
    assert "allowed: one that is in westeurope, by cluster.region; it is in northeurope" in line


@pytest.mark.parametrize(
    ("settings", "key", "kind"),
    [
        ('logs.workspace = "ID"', "logs.workspace", "Microsoft.OperationalInsights/workspaces"),
        ('alerts.action_group = "ID"', "alerts.action_group", "Microsoft.Insights/actionGroups"),
        ('network.hub = "ID"', "network.hub", "Microsoft.Network/virtualNetworks"),
        ('network.ddos_plan = "ID"', "network.ddos_plan", "Microsoft.Network/ddosProtectionPlans"),
        (
            'cluster.registry = "ID"',
            "cluster.registry",
            "Microsoft.ContainerRegistry/registries",
        ),
        (
            'cluster = {user_assigned_identity = true, disk_encryption_set = "ID"}',
            "cluster.disk_encryption_set",
            "Microsoft.Compute/diskEncryptionSets",
        ),
        (
            'domains."shop.contoso.com".dns_zone = "ID"',
            'domains."shop.contoso.com".dns_zone',
            "Microsoft.Network/dnszones",
        ),
    ],
)
def test_every_kind_of_id_is_asked_for(
    azure: Azure, tmp_path: Path, settings: str, key: str, kind: str
) -> None:
    name = "contoso.com" if "dns" in kind else "contoso"
    id_ = f"{GROUPS}/given/providers/{kind}/{name}"
    (line,) = examine(azure, tmp_path, settings.replace("ID", id_)).missing
    assert line.startswith(f'settings.toml: {key} = "/subscriptions/')
    assert line.endswith(f"`az resource show --ids {id_}` finds nothing")
    azure.make(f"{GROUPS}/given", {"location": "westeurope"})
    azure.store.put(ArmId(id_), {"id": id_, "location": "westeurope", "properties": {}})
    assert examine(azure, tmp_path, settings.replace("ID", id_)).status == 0


def test_the_production_file_lacks_what_its_example_names_and_no_more(
    azure: Azure, tmp_path: Path
) -> None:
    azure.subscription.plans.add("containers")
    (tmp_path / "kubelogin").touch(0o755)
    shipped = {"SETTINGS": str(ROOT / "settings.production.toml")}
    path = f"{tmp_path}:{tmp_path / 'bin'}:{os.environ['PATH']}"
    found = examine(azure, tmp_path, "", shipped | {"PATH": path})
    assert sorted(line.split(": ")[1].partition(" = ")[0] for line in found.missing) == [
        "cluster.disk_encryption_set",
        "cluster.registry",
        "gateway.tls.cert_manager.dns_zone",
        "guard.defender_workspace",
        "network.ddos_plan",
        "node_pools.system.host_encryption",
    ]


def test_the_stack_istio_alone_needs_its_cluster(azure: Azure, tmp_path: Path) -> None:
    (line,) = examine(azure, tmp_path, 'stacks = ["istio"]').missing
    assert line.startswith(
        'settings.toml: names.cluster = "istio-aks": allowed: something that is there'
    )
