"""Settings of identities in Azure for the applications of the cluster."""

from collections.abc import Iterator
from typing import Annotated

from rules import names, roles
from settings.table import Entry, Finding, Table, together

# managedidentity, federatedIdentityCredentials: a name has 120 characters at most.
LONGEST_CREDENTIAL = 120


class Role(Table):
    """Something that an identity may do."""

    role: Annotated[str, roles.role_name]
    """The name of a role, such as `Key Vault Secrets User`."""
    scope: Annotated[str, roles.scope]
    """What it may be done with, by id, or `key_vault` for that of `guard.key_vault`."""


class WorkloadIdentity(Entry):
    """An identity for the pods of one service account. Everything below updates in place."""

    namespace: Annotated[str, names.kubernetes] = "default"
    """Of the service account, which need not be there yet."""
    service_account: Annotated[str, names.kubernetes]
    """Its name. It needs the annotation `azure.workload.identity/client-id`, with what the output
    `workload_identities` says, and its pods the label `azure.workload.identity/use: "true"`."""
    roles: tuple[Role, ...] = ()
    """What its pods may do in Azure. Whoever deploys must be allowed to assign them."""

    @together("namespace", "service_account")
    def _credential(self) -> Iterator[Finding]:
        if len(f"{self.namespace}-{self.service_account}") > LONGEST_CREDENTIAL:
            yield Finding(
                "service_account",
                f"a name that has {LONGEST_CREDENTIAL - 1} characters at most with that of its"
                " namespace",
                "shorten one of the two",
            )

    @together("roles")
    def _each_once(self) -> Iterator[Finding]:
        given = [(each.role.lower(), roles.scope_name(each.scope)) for each in self.roles]
        for index, each in enumerate(given):
            if each in given[:index]:
                yield Finding(
                    f"roles[{index}].role",
                    "each role once for a scope",
                    "remove the second; where the scopes differ in their subscriptions alone, make"
                    " two identities",
                )
