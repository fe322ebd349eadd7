"""What a plan asks of Azure, and so what the identity that plans must be allowed to do."""

from pathlib import Path

from tests.acceptance.azure.faults import Fault
from tests.acceptance.azure.messages import error
from tests.acceptance.production import FILE, STACKS
from tests.acceptance.project import Synthesized
from tests.acceptance.world import Enter

TOKENS = "/oauth2/"
# Of a log workspace, which azurerm goes on without: Reader may not ask for them.
KEYS = "/sharedKeys"


def test_plans_read_and_ask_for_a_users_credentials(
    enter: Enter, synthesized: Synthesized, in_production: Path
) -> None:
    world = enter(synthesized(file=FILE, only_azure=True), in_production)
    refused = error(403, "AuthorizationFailed", "does not have authorization")
    world.azure.faults.add(Fault("POST", f"*{KEYS}", refused, times=100))
    assert {name: world.stack(name).plan().actions for name in STACKS} == {
        name: {} for name in STACKS
    }
    asked = world.azure.recording.everything()
    assert len([each for each in asked if each.method == "GET"]) > 100
    others = {f"{each.method} {each.path}" for each in asked if each.method != "GET"}
    assert {each.rpartition("/")[2] for each in others if TOKENS not in each} == {
        "listClusterUserCredential",
        KEYS.lstrip("/"),
    }
