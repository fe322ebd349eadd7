"""Plans as a user sees them: judged, shown, saved and applied as they were judged."""

import json
import signal
from pathlib import Path

import pytest

from tests.acceptance.azure.faults import Fault, Hold
from tests.acceptance.planning import Said, mode, run, run_in_terminal, start
from tests.acceptance.project import Synthesized
from tests.acceptance.releases import pretend_deployed
from tests.acceptance.terraform.stack import Stack
from tests.acceptance.world import World
from tests.recorded_plans import check_recorded

OTHER_PREFIX = {"ISTIO_AKS_NAMES__DNS_PREFIX": "other"}
CLUSTER = "azurerm_kubernetes_cluster.aks"
ADDRESS = {"ISTIO_AKS_LOAD_BALANCER": '{"private_ip_address": "10.52.192.200"}'}
GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/istio-aks"


def test_a_replaced_cluster_is_red_and_first_and_stops(deployed_aks: World) -> None:
    file = deployed_aks.project.folder / "plan"
    arguments = ("--plan", "aks", "--detailed-exitcode", "--save", str(file))
    said = run_in_terminal(deployed_aks, *arguments, **OTHER_PREFIX)
    title, _, first, *_ = said.table.splitlines()
    assert title == "aks: 5 replaced, 1 output changed\x1b[0m"
    assert first.startswith(
        "\x1b[1;31mreplaced    \x1b[0m  \x1b[1;31mazurerm_kubernetes_cluster.aks "
    )
    assert said.code == 1
    assert f'stack aks: {CLUSTER} = "replaced for dns_prefix"' in said.out
    assert not file.exists()


def test_one_that_is_allowed_is_kept_without_colours_and_refused_when_it_is_stale(
    deployed_aks: World,
) -> None:
    folder = deployed_aks.project.folder
    file, table = folder / "plan", folder / "table.md"
    allowed = ("--allow", CLUSTER)
    arguments = ("--plan", "aks", "--save", str(file), "--markdown", str(table), *allowed)
    said = run_in_terminal(
        deployed_aks, *arguments, "--detailed-exitcode", NO_COLOR="1", **OTHER_PREFIX
    )
    assert (said.code, "\x1b" in said.out) == (2, False)
    assert mode(file) == 0o600
    assert table.read_text().startswith("**aks: 5 replaced, 1 output changed**\n\n| what happens |")
    state = deployed_aks.stack("aks").state
    newer = json.loads(state.read_text())
    newer["serial"] += 1
    state.write_text(json.dumps(newer))
    said = run(deployed_aks, "--apply", "aks", "--saved", str(file), *allowed, **OTHER_PREFIX)
    assert said.refusals == [
        "stack aks: allowed: a plan that is newer than the state; fix: plan again"
    ]
    assert (said.code, "Error" in said.err) == (2, False)
    assert deployed_aks.azure.recording.writes() == []


def test_a_deploy_asks_and_applies_what_it_has_shown_and_then_changes_nothing(
    deployed_aks: World,
) -> None:
    tag = {"ISTIO_AKS_TAGS": '{"owner": "platform"}'}
    deploy = ("--deploy", "--stack", "aks")
    said = run(deployed_aks, *deploy, answer="yes\n", **tag)
    assert said.code == 0, said.err
    assert "Apply complete! Resources: 0 added, 5 changed, 0 destroyed." in said.out
    said = run(deployed_aks, *deploy, "--auto-approve", **tag)
    assert said.table.splitlines()[:2] == [
        "aks: nothing changes",
        'cluster_name = "istio-aks"',
    ]


def test_a_signal_lets_terraform_end_and_leaves_neither_plan_nor_lock(group: World) -> None:
    hold = Hold()
    cluster = f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/istio-aks"
    group.azure.faults.add(Fault("PUT", cluster, None, hold=hold))
    process = start(group, "--deploy", "--stack", "aks", "--auto-approve")
    assert hold.reached.wait(60)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    hold.over.set()
    assert process.returncode == 128 + signal.SIGTERM
    assert err.splitlines()[-1].startswith("interrupted: Terraform was told")
    assert "azurerm_subnet.plc" in group.stack("aks").addresses()
    assert list(group.project.folder.glob(".terraform*.lock.info")) == []


PLANS = {
    "cluster-replaced": {**OTHER_PREFIX, "ISTIO_AKS_TAGS": '{"owner": "platform"}'},
    "pools-rotated": {
        "ISTIO_AKS_NODE_POOLS__USER": '{"vm_size": "Standard_D8s_v5", "os_sku": "AzureLinux3"}',
        "ISTIO_AKS_NODE_POOLS__SYSTEM": '{"os_disk_size_gb": 100, "min_count": 2}',
        "ISTIO_AKS_NODE_POOLS__INGRESS": '{"os_sku": "AzureLinux3", "max_count": 9}',
    },
    "network-replaced": {"ISTIO_AKS_NAMES__VIRTUAL_NETWORK": "other"},
}


@pytest.mark.every
def test_the_recorded_plans_of_aks_are_what_terraform_writes(
    deployed_aks: World, synthesized: Synthesized
) -> None:
    for name, settings in PLANS.items():
        deployed_aks.project.resynthesize(synthesized(settings))
        check_recorded(name, deployed_aks.stack("aks").plan().content)
    drains = {"ISTIO_AKS_NODE_POOLS__SYSTEM__DRAIN_TIMEOUT_MINUTES": "60"}
    deployed_aks.project.resynthesize(synthesized(drains))
    deployed_aks.stack("aks").apply()
    deployed_aks.project.resynthesize(synthesized())
    check_recorded("drain-timeout-taken-away", deployed_aks.stack("aks").plan().content)


@pytest.mark.every
def test_the_recorded_plans_of_front_door_are_what_terraform_writes(
    deployed: World, synthesized: Synthesized
) -> None:
    for name, key, value in (
        ("origin-replaced", "PRIVATE_ENDPOINT_REGION", "northeurope"),
        ("profile-replaced", "PROFILE", "Other"),
        ("origin-group-replaced", "ORIGIN_GROUP", "Other"),
    ):
        settings = {f"ISTIO_AKS_FRONT_DOOR__{key}": value}
        deployed.project.resynthesize(synthesized(settings, only_azure=True))
        check_recorded(name, deployed.stack("istio").plan().content)


BEFORE = """
resource "terraform_data" "stays" { input = 1 }
resource "terraform_data" "old_name" { input = 1 }
resource "terraform_data" "forgotten" { input = 1 }
output "told" { value = 1 }
"""
AFTER = """
resource "terraform_data" "stays" { input = 1 }
resource "terraform_data" "new_name" { input = 1 }
resource "terraform_data" "imported" {}
moved {
  from = terraform_data.old_name
  to   = terraform_data.new_name
}
removed {
  from = terraform_data.forgotten
  lifecycle { destroy = false }
}
import {
  to = terraform_data.imported
  id = "made-elsewhere"
}
output "told" { value = 2 }
"""


def test_a_recorded_plan_moves_imports_and_forgets(tmp_path: Path) -> None:
    stack = Stack(tmp_path, {})
    for text in (BEFORE, AFTER):
        (tmp_path / "main.tf").write_text(text)
        stack.init()
        plan = stack.plan()
        if text == BEFORE:
            stack.apply()
    check_recorded("moved-imported-forgotten", plan.content)


@pytest.fixture
def deployed_gateway(deployed: World, synthesized: Synthesized) -> World:
    """The stack istio is deployed, the cluster's half by way of speaking."""
    deployed.project.resynthesize(synthesized())
    stack = deployed.stack("istio")
    pretend_deployed(stack, stack.plan())
    # The kubernetes provider writes nothing as "" or [] in what it has seen once.
    pretend_deployed(stack, stack.plan("-refresh=false", read_if_quiet=True))
    return deployed


def test_a_new_address_of_the_load_balancer_stops_and_goes_on_when_it_is_allowed(
    deployed_gateway: World, synthesized: Synthesized
) -> None:
    def plan(*options: str) -> Said:
        options = ("--plan", "istio", *options, "--", "-refresh=false", "-detailed-exitcode")
        return run(deployed_gateway, *options, **ADDRESS)

    deployed_gateway.project.resynthesize(synthesized(ADDRESS))
    made = deployed_gateway.stack("istio").plan("-refresh=false").content
    check_recorded("load-balancer-address", made)
    said = plan()
    assert (said.code, len(said.refusals)) == (1, 1)
    assert said.refusals[0].startswith(
        'stack istio: helm_release.istio-ingress = "changed in place": allowed: with its address in'
        " ALLOW only: the cloud controller builds load balancer address and Private Link Service"
    )
    assert said.refusals[0].endswith("ALLOW=helm_release.istio-ingress make deploy")
    said = plan("--allow", "helm_release.istio-ingress")
    assert (said.code, said.refusals) == (2, [])
    assert "azure-load-balancer-ipv4" in said.table
