"""Settings of who may do what in the cluster."""

from collections.abc import Iterator
from typing import Annotated

from rules import names
from settings.table import Finding, Table, together

Groups = tuple[Annotated[str, names.uuid], ...]


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

    @together("azure_rbac", "admins", "readers")
    def _roles(self) -> Iterator[Finding]:
        for key in ("admins", "readers"):
            groups = getattr(self, key)
            if groups and not self.azure_rbac:
                yield Finding(key, "no groups without access.azure_rbac = true", "set that as well")
            if len({each.lower() for each in groups}) != len(groups):
                yield Finding(key, "each group once", "remove the second")
