"""A key vault that only one network reaches."""

from cdktf_cdktf_provider_azurerm.data_azurerm_client_config import DataAzurermClientConfig
from cdktf_cdktf_provider_azurerm.key_vault import KeyVault, KeyVaultNetworkAcls
from cdktf_cdktf_provider_azurerm.private_dns_zone import PrivateDnsZone
from cdktf_cdktf_provider_azurerm.private_dns_zone_virtual_network_link import (
    PrivateDnsZoneVirtualNetworkLink,
)
from cdktf_cdktf_provider_azurerm.private_endpoint import (
    PrivateEndpoint,
    PrivateEndpointPrivateDnsZoneGroup,
    PrivateEndpointPrivateServiceConnection,
)
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import vaults


class PrivateKeyVault(Construct):
    """A key vault that takes roles, not access policies, and no connection from the internet.

    A private endpoint leads to it from one network, by the name that it has everywhere. Whoever
    puts secrets into it must come from that network, or be a service of Azure's that vaults trust.

    Exposes `id`.

    Args:
        name: 3 to 24 characters; there is one of each in all of Azure.
        resource_group_name: the group it stands in.
        location: the region it stands in.
        subnet_id: the subnet in which the endpoint has its address.
        network_id: the network of that subnet.
        dns_zone_id: a private DNS zone that the network is linked to; one is made and linked where
            there is none.

    Raises:
        ValueError: for a name that Azure refuses.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        resource_group_name: str,
        location: str,
        subnet_id: str,
        network_id: str,
        dns_zone_id: str | None = None,
    ) -> None:
        super().__init__(scope, id_)
        caller = DataAzurermClientConfig(self, "caller")
        logical_id_by_path(caller, "data.azurerm_client_config")
        vault = KeyVault(
            self,
            "Default",
            name=guard(f"PrivateKeyVault {id_} name", name, vaults.vault_name),
            resource_group_name=resource_group_name,
            location=location,
            tenant_id=caller.tenant_id,
            sku_name="standard",
            rbac_authorization_enabled=True,
            # Neither can ever be changed at a vault.
            purge_protection_enabled=True,
            soft_delete_retention_days=90,
            public_network_access_enabled=False,
            network_acls=KeyVaultNetworkAcls(default_action="Deny", bypass="AzureServices"),
        )
        logical_id_by_path(vault, "azurerm_key_vault")
        endpoint = PrivateEndpoint(
            self,
            "endpoint",
            name=f"{name}-endpoint",
            resource_group_name=resource_group_name,
            location=location,
            subnet_id=subnet_id,
            private_service_connection=PrivateEndpointPrivateServiceConnection(
                name=name,
                private_connection_resource_id=vault.id,
                subresource_names=["vault"],
                is_manual_connection=False,
            ),
            private_dns_zone_group=PrivateEndpointPrivateDnsZoneGroup(
                name="default",
                private_dns_zone_ids=[
                    dns_zone_id or self._zone(resource_group_name, network_id),
                ],
            ),
        )
        logical_id_by_path(endpoint, "azurerm_private_endpoint")
        self.id: str = vault.id

    def _zone(self, resource_group_name: str, network_id: str) -> str:
        zone = PrivateDnsZone(
            self, "zone", name=vaults.PRIVATE_ZONE, resource_group_name=resource_group_name
        )
        logical_id_by_path(zone, "azurerm_private_dns_zone")
        link = PrivateDnsZoneVirtualNetworkLink(
            self,
            "link",
            name="cluster",
            resource_group_name=resource_group_name,
            private_dns_zone_name=zone.name,
            virtual_network_id=network_id,
        )
        logical_id_by_path(link, "azurerm_private_dns_zone_virtual_network_link")
        return zone.id
