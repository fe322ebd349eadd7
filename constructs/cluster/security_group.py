"""A network security group before a subnet."""

from collections.abc import Sequence
from typing import Any

from cdktf_cdktf_provider_azurerm.network_security_group import (
    NetworkSecurityGroup,
    NetworkSecurityGroupSecurityRule,
)
from cdktf_cdktf_provider_azurerm.subnet_network_security_group_association import (
    SubnetNetworkSecurityGroupAssociation,
)
from constructs import Construct

from constructs.cluster.security_rules import SecurityRule
from constructs.logical_ids import logical_id_by_path

# Below the rules that every group has from Azure, 65000 and on.
_LAST = 4096


class SubnetSecurityGroup(Construct):
    """A network security group before a subnet.

    Rules are numbered in their order, by direction; the last one inbound, which denies the rest,
    stands right before Azure's own.

    Exposes `id` and `name`, and `ready`, what the cluster must wait for.

    Args:
        name: what it is called, 1 to 80 characters.
        resource_group_name, location: where it stands.
        subnet_id: the subnet.
        rules: its rules, the first that fits counts.
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
        rules: Sequence[SecurityRule],
    ) -> None:
        super().__init__(scope, id_)
        self.name = name
        group = NetworkSecurityGroup(
            self,
            "Default",
            name=name,
            resource_group_name=resource_group_name,
            location=location,
            security_rule=[
                _written(rule, number)
                for direction in ("Inbound", "Outbound")
                for number, rule in enumerate(
                    (each for each in rules if each.direction == direction), start=1
                )
            ],
        )
        logical_id_by_path(group, "azurerm_network_security_group")
        joined = SubnetNetworkSecurityGroupAssociation(
            self, "subnet", subnet_id=subnet_id, network_security_group_id=group.id
        )
        logical_id_by_path(joined, "azurerm_subnet_network_security_group_association")
        self.id: str = group.id
        self.ready = joined


def _written(rule: SecurityRule, number: int) -> NetworkSecurityGroupSecurityRule:
    """The rule as azurerm takes it: every key written, as it reads them back so."""
    is_last = rule.direction == "Inbound" and rule.access == "Deny"
    return NetworkSecurityGroupSecurityRule(
        name=rule.name,
        description=rule.description,
        priority=_LAST if is_last else number * 100,
        direction=rule.direction,
        access=rule.access,
        protocol="Tcp" if rule.ports else "*",
        source_port_range="*",
        **_one_or_many("destination_port_range", list(rule.ports or ["*"])),
        **_one_or_many("source_address_prefix", list(rule.sources)),
        **_one_or_many("destination_address_prefix", list(rule.destinations)),
    )


def _one_or_many(key: str, values: list[str]) -> dict[str, Any]:
    """One value has a key of its own; Azure gives a list of one back as that."""
    if len(values) == 1:
        return {key: values[0]}
    plural = "es" if key.endswith("x") else "s"
    return {f"{key}{plural}": values}
