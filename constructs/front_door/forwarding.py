"""Since when Front Door comes to the origins by the protocol that it comes by now."""

from cdktf import TerraformResource, TerraformResourceLifecycle
from constructs import Construct

from constructs.front_door.route import FrontDoorRoute
from constructs.logical_ids import logical_id_by_path

KIND = "terraform_data"


class ForwardingRecord(Construct):
    """A note in the state of when the route's protocol was changed, and to which.

    Front Door needs up to 45 minutes until all of it knows, and until then a port that it comes to
    must stay open. `make deploy` reads the note, see app/https_steps.py. Terraform's own
    `terraform_data` holds it; nothing is made in Azure.

    Args:
        route: the route; the note is taken when it has been changed.
    """

    def __init__(self, scope: Construct, id_: str, *, route: FrontDoorRoute) -> None:
        super().__init__(scope, id_)
        note = TerraformResource(
            self,
            "Default",
            terraform_resource_type=KIND,
            # The time of the apply that made it, not of each that follows.
            lifecycle=TerraformResourceLifecycle(ignore_changes=["input"]),
            depends_on=[route.route],
        )
        note.add_override("triggers_replace", route.protocol)
        note.add_override("input", {"protocol": route.protocol, "since": "${timestamp()}"})
        logical_id_by_path(note, KIND)
