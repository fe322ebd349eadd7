"""Scenario 7: an apply that ends half way."""

import signal

import pytest

from tests.acceptance.azure.faults import Fault, Hold
from tests.acceptance.terraform.process import TerraformError, stop
from tests.acceptance.terraform.stack import Stack
from tests.acceptance.waiting import wait_for
from tests.acceptance.world import World

GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/istio-aks"
CLUSTER = f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/istio-aks"


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_a_second_apply_finishes_what_was_not_begun(group: World, sent: signal.Signals) -> None:
    azure, stack = group.azure, group.stack("aks")
    hold = Hold()
    azure.faults.add(Fault("PUT", CLUSTER, None, hold=hold))
    process = stack.start_apply()
    assert hold.reached.wait(60)
    wait_for(lambda: "azurerm_subnet.plc" in stack.addresses())
    stop(process, sent)
    hold.over.set()
    assert process.returncode != 0
    _unlock(stack)
    stack.apply()
    assert [each.status for each in azure.recording.requests("PUT", CLUSTER)] == [0, 201]
    assert len(azure.recording.requests("PUT", "*/subnets/plc")) == 1
    assert stack.plan().exit_code == 0


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_a_second_apply_tells_to_import_what_was_begun(empty: World, sent: signal.Signals) -> None:
    # azurerm notes in the state what Azure has finished; what is under way is lost to it.
    azure, stack = empty.azure, empty.stack("aks")
    process = stack.start_apply()
    wait_for(lambda: bool(azure.recording.requests("PUT", GROUP)))
    stop(process, sent)
    _unlock(stack)
    with pytest.raises(TerraformError, match="needs to be imported into the State") as failed:
        stack.apply()
    assert GROUP in str(failed.value)
    stack.import_("azurerm_resource_group.this", GROUP)
    stack.apply("-target=azurerm_subnet.plc")
    assert len(azure.recording.requests("PUT", GROUP)) == 1


def _unlock(stack: Stack) -> None:
    """What a killed Terraform leaves beside its state."""
    for lock in stack.state.parent.glob(".terraform*.lock.info"):
        lock.unlink()
