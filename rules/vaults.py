"""Key vaults: what they are called, and the private zone in which they are found."""

import re

from rules import RuleError, rule, text_rule
from rules.domains import key_vault
from rules.ids import resource_id

# The value of the key that asks for a new one.
MAKE = "make"
# Where the names of vaults lead inside of a network (azure-docs, private-endpoint-dns.md).
PRIVATE_ZONE = "privatelink.vaultcore.azure.net"
_NAME = r"(?!.*--)[a-zA-Z][-a-zA-Z\d]{1,22}[a-zA-Z\d]"
# Microsoft.KeyVault naming rules; azurerm only asks for the letters and the length.
vault_name = text_rule(
    _NAME,
    "3 to 24 letters, digits and single hyphens, starting with a letter, ending with a letter or"
    " digit",
    "contoso-shop",
)


@rule('`"make"`, or the id of a key vault')
def vault(value: str) -> str:
    """A rule for a vault that is made or exists."""
    if value == MAKE:
        return value
    try:
        return key_vault(value)
    except RuleError:
        raise RuleError(
            f'"{MAKE}", or the id of a key vault',
            f'write "{MAKE}", or what `az keyvault show --query id` says',
        ) from None


_zone = resource_id(
    "Microsoft.Network/privateDnsZones",
    f"a private DNS zone {PRIVATE_ZONE}",
    "az network private-dns zone show",
    name=re.escape(PRIVATE_ZONE),
)


@rule(_zone.allowed)
def private_zone(value: str) -> str:
    """A rule for the private zone of vaults; returns its id as azurerm takes it, name included."""
    return f"{_zone(value).rpartition('/')[0]}/{PRIVATE_ZONE}"
