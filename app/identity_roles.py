"""Which roles of Azure's the identities of the pipelines get, each as small as it can be.

What is written follows from what the doctor asks for; what is read are the same places. Sources of
the conditions: azure-docs, storage-auth-abac-examples and delegate-role-assignments-examples.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.doctor.needs import needs
from app.doctor.site import Site

PLANS = "plans"
_BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"
# Of a role that may write blobs: here only below plans/, whatever may be read.
ONLY_PLANS = (
    "(("
    + " AND ".join(
        f"!(ActionMatches{{'{_BLOBS}/{each}'}})"
        for each in ("write", "add/action", "delete", "move/action")
    )
    + f") OR (@Resource[{_BLOBS}:path] StringLike '{PLANS}/*'))"
)
# Owner, User Access Administrator, Role Based Access Control Administrator.
_ADMINISTRATORS = (
    "{8e3af657-a8ff-443c-a75c-2fe8c4bcb635, 18d7d88d-d35e-4fb5-a5c3-7773c20a72d9,"
    " f58310d9-a9f6-439a-9e8d-f62e7b41a168}"
)
_ASSIGNMENTS = "Microsoft.Authorization/roleAssignments"
# Whoever assigns roles makes nobody, itself included, an administrator.
NO_ADMINISTRATORS = " AND ".join(
    f"((!(ActionMatches{{'{_ASSIGNMENTS}/{action}'}})) OR (@{source}[{_ASSIGNMENTS}"
    f":RoleDefinitionId] ForAnyOfAllValues:GuidNotEquals {_ADMINISTRATORS}))"
    for action, source in (("write", "Request"), ("delete", "Resource"))
)
_ASSIGNER = "Role Based Access Control Administrator"
# Locks alone; the doctor names the role that everybody knows.
_SMALLER = {"User Access Administrator": "Locks Contributor"}


@dataclass(frozen=True)
class Grant:
    """A role of Azure's for an identity."""

    role: str
    scope: str
    condition: str = ""

    def command(self, who: str) -> str:
        """What assigns it."""
        line = (
            f'az role assignment create --role "{self.role}" --assignee-object-id "${who}"'
            f' --assignee-principal-type ServicePrincipal --scope "{self.scope}" --output none'
        )
        if self.condition:
            line += f' --condition-version 2.0 --condition "{self.condition}"'
        return line


def made_groups(site: Site) -> set[str]:
    """The groups that the stacks make."""
    settings = site.settings
    found = set() if settings.existing.resource_group else {site.home}
    if "edge" in settings.stacks:
        found.add(site.group(settings.edge_resource_group))
    return found


def reading(site: Site) -> Iterator[Grant]:
    """To plan: Reader where the stacks have something, and a user's way to the cluster."""
    scopes = {each.scope for each in needs(site)} | {site.home}
    if site.settings.edge_is_apart:
        scopes.add(site.group(site.settings.front_door_group))
    yield from (Grant("Reader", each) for each in sorted(scopes))
    if _has_cluster(site):
        # azurerm asks for a user's credentials whenever it reads a cluster.
        yield Grant("Azure Kubernetes Service Cluster User Role", site.home)


def reading_by_certificate(site: Site) -> Iterator[Grant]:
    """With Entra integration and local accounts, azurerm asks for the administrator's as well."""
    settings = site.settings
    if _has_cluster(site) and settings.has_entra and settings.access.local_accounts:
        yield Grant("Azure Kubernetes Service Cluster Admin Role", site.home)


def writing(site: Site) -> Iterator[Grant]:
    """To apply: what the doctor asks for, in the subscription where a group is made."""
    made = made_groups(site)
    wanted = {
        # A group that is not there yet is made in the subscription.
        Grant(_SMALLER.get(each.role, each.role), site.root if each.scope in made else each.scope)
        for each in needs(site)
    }
    for each in sorted(wanted, key=lambda each: (each.scope, each.role)):
        is_above = Grant(each.role, site.root) in wanted and each.scope.startswith(f"{site.root}/")
        if not is_above:
            condition = NO_ADMINISTRATORS if each.role == _ASSIGNER else ""
            yield Grant(each.role, each.scope, condition)


def _has_cluster(site: Site) -> bool:
    return site.makes("aks") or site.makes("istio")
