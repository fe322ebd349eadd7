"""Settings of what guards the cluster: policies, a lock, a vault for its applications."""

from collections.abc import Iterator
from typing import Annotated, Literal

from rules import monitoring, names, pod_security, vaults, whole_number
from settings.table import Finding, Table, together


class Policy(Table):
    """What Azure Policy says of pods, with `guard.azure_policy`. Assigned to the cluster alone."""

    initiative: Literal["baseline", "restricted"]
    """Which of Azure's two initiatives for pods on Linux: `baseline` keeps them off the host,
    `restricted` wants them without privileges as well. A change replaces the assignment."""
    effect: Literal["Audit", "Deny"] = "Audit"
    """`Audit` reports what does not comply; `Deny` lets no such pod start, and needs
    `istio.cni`, as sidecars need NET_ADMIN without it. Updates in place."""
    excluded_namespaces: dict[
        Annotated[str, names.kubernetes], Annotated[str, pod_security.reason]
    ] = {}
    """Namespaces that it does not look at, each with the reason, which the assignment shows. Those
    of AKS itself are excluded anyway. Updates in place."""


class Guard(Table):
    """What watches over the cluster. Where nothing else is said, it updates in place."""

    azure_policy: bool = False
    """Azure Policy's add-on; the subscription needs `Microsoft.PolicyInsights`. It does nothing
    before a policy is assigned."""
    policy: Policy | None = None
    image_cleaner_hours: Annotated[int, whole_number(24, 2160, "hours")] | None = None
    """How often images that nothing uses are removed from the nodes. Unset: never."""
    defender_workspace: Annotated[str, monitoring.workspace_id] | None = None
    """The id of the Log Analytics workspace of Microsoft Defender for Containers, whose plan the
    subscription pays for by the vCPU. Unset: no Defender."""
    lock: bool = False
    """Azure deletes neither the cluster nor the network that is made, whoever asks, nor anything
    that belongs to them. While it is there no pool rotates or goes, no subnet goes, and nobody
    loses a role in the cluster: apply `false` first, and those changes after it. Updates nothing;
    making and removing it takes two minutes."""
    key_vault: Annotated[str, vaults.vault] | None = None
    """A key vault for the applications of the cluster, which get secrets by AKS's Key Vault
    provider with one of `workload_identities`. `make` makes one that takes roles only and is
    reached from the cluster's network only; the id of one that exists changes nothing at it. A
    vault that was destroyed keeps its name, and can be recovered, for 90 days; nobody can purge
    it before."""
    key_vault_name: Annotated[str, vaults.vault_name] | None = None
    """With `make`: its name, of which there is one in all of Azure. A change replaces the vault."""
    key_vault_dns_zone: Annotated[str, vaults.private_zone] | None = None
    """With `make`: a private DNS zone that the network is linked to already. Unset: one is made and
    linked; a network can be linked to one of that name only."""

    @property
    def makes_key_vault(self) -> bool:
        """Whether a vault is made."""
        return self.key_vault == vaults.MAKE

    @together("azure_policy", "policy")
    def _add_on(self) -> Iterator[Finding]:
        if self.policy and not self.azure_policy:
            yield Finding(
                "azure_policy",
                "true with guard.policy, which the add-on reports and enforces",
                "set it to true, or remove guard.policy",
            )

    @together("key_vault", "key_vault_name", "key_vault_dns_zone")
    def _vault(self) -> Iterator[Finding]:
        if self.makes_key_vault and self.key_vault_name is None:
            yield Finding(
                "key_vault_name",
                f'a name where guard.key_vault is "{vaults.MAKE}": there is one of each in all of'
                " Azure",
                "write one that begins with the name of your company",
            )
        for key in ("key_vault_name", "key_vault_dns_zone"):
            if getattr(self, key) is not None and not self.makes_key_vault:
                yield Finding(
                    key, f'no value without guard.key_vault = "{vaults.MAKE}"', "remove the key"
                )
