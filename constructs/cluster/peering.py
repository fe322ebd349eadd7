"""The connection of the cluster's network with another one."""

from cdktf import TerraformProvider
from cdktf_cdktf_provider_azurerm.virtual_network_peering import VirtualNetworkPeering
from constructs import Construct

from constructs.cluster.network import VirtualNetwork
from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import ids, networks


class HubPeering(Construct):
    """Two peerings, between a network and a hub: it takes both to connect them.

    What the hub passes on from elsewhere is let in, as from machines behind its firewall.

    Args:
        network: the network that is made.
        hub_id: the id of the other.
        hub_provider: of the hub's subscription, where that is another.

    Raises:
        ValueError: for an id that is none.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        network: VirtualNetwork,
        hub_id: str,
        hub_provider: TerraformProvider | None = None,
    ) -> None:
        super().__init__(scope, id_)
        hub = ids.parsed(guard(f"HubPeering {id_} hub_id", hub_id, networks.network_id))
        there = VirtualNetworkPeering(
            self,
            "Default",
            name=f"to-{hub.name}",
            resource_group_name=network.resource_group_name,
            virtual_network_name=network.name,
            remote_virtual_network_id=hub_id,
            allow_forwarded_traffic=True,
        )
        logical_id_by_path(there, "azurerm_virtual_network_peering")
        back = VirtualNetworkPeering(
            self,
            "back",
            name=f"to-{network.plain_name}",
            resource_group_name=hub.group,
            virtual_network_name=hub.name,
            remote_virtual_network_id=network.id,
            provider=hub_provider,
            # Azure answers one change of a network at a time.
            depends_on=[there],
        )
        logical_id_by_path(back, "azurerm_virtual_network_peering")
        self.ready = [there, back]
