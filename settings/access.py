"""Settings of who may do what in the cluster."""

from collections.abc import Iterator
from typing import Annotated

from rules import names
from settings.table import ENABLED, Entry, Finding, Table, together

Groups = tuple[Annotated[str, names.uuid], ...]


class NamespaceAccess(Entry):
    """Who may do what in one namespace, besides those of `access`, who may everywhere."""

    admins: Groups = ()
    """Entra groups that may do nearly everything in it, roles of Kubernetes included; not its quota
    and not the namespace itself."""
    writers: Groups = ()
    """Entra groups that may change what is in it and read its Secrets."""
    readers: Groups = ()
    """Entra groups that may read most of it, no Secrets."""

    def groups(self) -> tuple[str, ...]:
        """Everybody in it."""
        return (*self.admins, *self.writers, *self.readers)

    @together("admins", "writers", "readers")
    def _each_once(self) -> Iterator[Finding]:
        for key in ("admins", "writers", "readers"):
            groups = getattr(self, key)
            if len({each.lower() for each in groups}) != len(groups):
                yield Finding(key, "each group once", "remove the second")


class Access(Table):
    """Who may do what in the cluster, by Entra ID. All of it updates in place."""

    local_accounts: bool = True
    """`false`: no certificate of AKS's opens the cluster, so none is in a state, and helm and
    kubernetes come through kubelogin; needs Entra integration. Certificates that were given out
    stay good until they are rotated (`az aks rotate-certs`)."""
    azure_rbac: bool = False
    """Whether Azure's roles count in the cluster, as well as Kubernetes' own. Brings Entra
    integration, which AKS never takes away again; whoever deploys the stack `istio` must be in a
    group of `access.admins`."""
    admins: Groups = ()
    """Entra groups that may do everything in the cluster; with `azure_rbac`."""
    readers: Groups = ()
    """Entra groups that may read most of it, no Secrets; with `azure_rbac`."""
    namespaces: Annotated[dict[Annotated[str, names.kubernetes], NamespaceAccess], ENABLED] = {}
    """Namespaces in which others may do something, with `azure_rbac`; they need not be there
    yet."""

    @together("azure_rbac", "namespaces")
    def _namespaces(self) -> Iterator[Finding]:
        if not self.azure_rbac and any(each.groups() for each in self.namespaces.values()):
            yield Finding(
                "namespaces",
                "no groups without access.azure_rbac = true",
                "set that as well",
                shows_value=False,
            )

    @together("azure_rbac", "admins", "readers")
    def _roles(self) -> Iterator[Finding]:
        for key in ("admins", "readers"):
            groups = getattr(self, key)
            if groups and not self.azure_rbac:
                yield Finding(key, "no groups without access.azure_rbac = true", "set that as well")
            if len({each.lower() for each in groups}) != len(groups):
                yield Finding(key, "each group once", "remove the second")
