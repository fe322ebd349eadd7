"""Roles of Azure, and the ids of what they are for."""

import re

from rules import RuleError, rule, text_rule
from rules.ids import resource_id

# Stands for the vault of guard.key_vault.
KEY_VAULT = "key_vault"
_SUBSCRIPTION = r"/subscriptions/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}"
_GROUP = rf"{_SUBSCRIPTION}/resourceGroups/[-\w.()]{{1,90}}"
_RESOURCE = rf"{_GROUP}/providers/[\w.]+(?:/[^/\s?#]+/[^/\s?#]+)+"
_SCOPE = rf"{_SUBSCRIPTION}|{_GROUP}|{_RESOURCE}"

# Azure's own and those of a tenant; Azure alone knows which there are.
role_name = text_rule(
    r"\S(.{0,510}\S)?", "the name of a role, as Azure shows it", "Storage Blob Data Reader"
)
# What an identity of this project is called is the cluster's name, `workload` and this one.
workload = text_rule(
    r"[a-z]([-a-z\d]{0,38}[a-z\d])?",
    "1 to 40 lower-case letters, digits and hyphens, starting with a letter, ending with a letter"
    " or digit",
    "shop",
)
registry = resource_id(
    "Microsoft.ContainerRegistry/registries",
    "a container registry",
    "az acr show",
    name=r"[a-z\d]{5,50}",
)
disk_encryption_set = resource_id(
    "Microsoft.Compute/diskEncryptionSets",
    "a disk encryption set",
    "az disk-encryption-set show",
    name=r"[-\w]{1,80}",
)


@rule(f'`"{KEY_VAULT}"`, or the id of a subscription, of a group or of a resource')
def scope(value: str) -> str:
    """A rule for what a role is for; groups are written as Azure writes them."""
    if value != KEY_VAULT and not re.fullmatch(_SCOPE, value, re.ASCII | re.IGNORECASE):
        raise RuleError(
            f'"{KEY_VAULT}", or the id of a subscription, of a group or of a resource',
            "write what `az resource show --query id` says",
        )
    return re.sub("/resourcegroups/", "/resourceGroups/", value, flags=re.IGNORECASE)


def scope_name(value: str) -> str:
    """What a scope is called in a plan: its group, type and name, `shop-vaults-contoso`."""
    if value == KEY_VAULT:
        return "key-vault"
    parts = value.strip("/").split("/")
    after = [each for each in parts[2:] if each.lower() not in ("resourcegroups", "providers")]
    named = [each for each in after if not each.lower().startswith("microsoft.")]
    return re.sub(r"[^a-z\d]+", "-", "-".join(named or ["subscription"]).lower()).strip("-")
