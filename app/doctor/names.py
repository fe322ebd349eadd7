"""Names that must be free, where a stack makes something of that name."""

from collections.abc import Iterator
from functools import partial

from app.doctor.site import Question, Site
from app.errors import Problem
from rules.keys import Location

# Microsoft.Resources and Microsoft.KeyVault of Microsoft's specifications.
GROUPS = "2022-09-01"
VAULTS = "2023-07-01"


def questions(site: Site) -> Iterator[Question]:
    """One for each name that is to be free, or taken."""
    settings = site.settings
    if site.makes("aks"):
        if not settings.existing.resource_group:
            name = ("names", "resource_group")
            yield partial(_free_group, site, settings.names.resource_group, name)
        yield partial(_free_node_group, site)
        yield partial(_free_cluster, site)
        if settings.guard.makes_key_vault:
            yield partial(_free_vault, site)
    if site.makes("edge"):
        edge = ("edge", "resource_group")
        yield partial(_free_group, site, settings.edge_resource_group, edge)


def _free_group(site: Site, name: str, at: Location) -> Iterator[Problem]:
    id_ = site.group(name)
    if site.azure.get(id_, GROUPS) is None or site.owns(id_):
        return
    exists = "existing.resource_group = true, or " if at[0] == "names" else ""
    yield site.problem(
        at,
        "a group that is not there yet, as the stack makes it; no state of ours has this one",
        f"write another name, {exists}`az group delete --name {name}` where nobody needs it",
        name,
    )


def _free_node_group(site: Site) -> Iterator[Problem]:
    name = site.settings.node_resource_group
    if site.cluster is not None or site.azure.get(site.group(name), GROUPS) is None:
        return
    yield site.problem(
        ("names", "node_resource_group"),
        f"a group that is not there yet, as AKS makes it; {name} is",
        f"write another name, or `az group delete --name {name}` where nobody needs it",
        site.settings.names.node_resource_group,
    )


def _free_cluster(site: Site) -> Iterator[Problem]:
    if site.cluster is None or site.owns(site.cluster_id):
        return
    yield site.problem(
        ("names", "cluster"),
        "a cluster that is not there yet, as the stack aks makes it; no state of ours has this one",
        'write another name, or stacks = ["istio"] to put Istio on it',
        site.settings.names.cluster,
    )


def _free_vault(site: Site) -> Iterator[Problem]:
    """A vault that was deleted in the same place is none of these: azurerm recovers it."""
    name = site.settings.guard.key_vault_name
    id_ = f"{site.home}/providers/Microsoft.KeyVault/vaults/{name}"
    if name is None or site.owns(id_):
        return
    path = f"{site.root}/providers/Microsoft.KeyVault"
    asked = {"name": name, "type": "Microsoft.KeyVault/vaults"}
    told = site.azure.check(f"{path}/checkNameAvailability", VAULTS, asked)
    if told["nameAvailable"]:
        return
    deleted = site.azure.get(f"{path}/locations/{site.region}/deletedVaults/{name}", VAULTS)
    properties = (deleted or {}).get("properties") or {}
    if str(properties.get("vaultId", "")).lower() == id_.lower():
        return
    allowed = "a name that no vault in Azure has"
    fix = "write another name"
    if deleted is not None:
        allowed += f"; the one of {properties.get('vaultId')} was deleted and keeps it until"
        allowed += f" {properties.get('scheduledPurgeDate')}"
        if not properties.get("purgeProtectionEnabled"):
            fix += f", or `az keyvault purge --name {name} --location {site.region}`"
    yield site.problem(("guard", "key_vault_name"), allowed, fix, name)
