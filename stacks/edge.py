"""The stack edge: what clients meet first, and what refers to no cluster and to no moment."""

from cdktf_cdktf_provider_azurerm.resource_group import ResourceGroup
from constructs import Construct

from constructs.front_door.origin_group import FrontDoorOriginGroup
from settings import Environment
from stacks.base import EnvironmentStack
from stacks.domains import validation_by_hand
from stacks.front_door import add_front_door, add_origin_group
from stacks.istio_outputs import add_front_door_outputs

# The group of the site that answers while no cluster is there.
MAINTENANCE = "maintenance"


class EdgeStack(EnvironmentStack):
    """Front Door with its domains and firewall, in a group of its own; it outlives clusters."""

    def __init__(self, scope: Construct, id_: str, *, environment: Environment) -> None:
        super().__init__(scope, id_, name="edge", environment=environment)
        settings = self.settings
        group = ResourceGroup(
            self, "edge", name=settings.edge_resource_group, location=settings.cluster.region
        )
        front_door = add_front_door(self, settings, group)
        add_origin_group(self, settings, front_door.profile)
        if settings.traffic.maintenance_host is not None:
            FrontDoorOriginGroup(
                self,
                "maintenance",
                name=MAINTENANCE,
                profile_id=front_door.profile.id,
                # A group of one is asked whatever its probes say.
                probe=None,
                session_affinity=False,
            )
        add_front_door_outputs(self, front_door)
        if by_hand := validation_by_hand(settings, front_door.domains):
            self.add_output(
                "dns_records",
                "\n".join(by_hand),
                "Records to make now for domains whose zone is not in the settings.",
            )
