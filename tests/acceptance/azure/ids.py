"""Ids of Azure Resource Manager. Azure does not tell their letters' case apart."""

from dataclasses import dataclass

_GROUPS = "resourcegroups"


@dataclass(frozen=True)
class ArmId:
    """An id, written as the client first wrote it.

    Exposes `kind` in lower case, such as microsoft.network/virtualnetworks/subnets; `name`;
    `parent`, the id one level up; and `key`, by which two spellings are the same id.
    """

    path: str

    @property
    def key(self) -> str:
        """The same for every spelling."""
        return self.path.lower()

    @property
    def name(self) -> str:
        """The last part."""
        return self.path.rsplit("/", 1)[1]

    @property
    def kind(self) -> str:
        """The type as Azure writes it, in lower case."""
        before, provider, after = self.key.rpartition("/providers/")
        if provider:
            namespace, *pairs = after.split("/")
            return "/".join([namespace, *pairs[::2]])
        return _GROUPS if before or _GROUPS in self.key else "subscriptions"

    @property
    def is_collection(self) -> bool:
        """Whether it ends in a type and names all of that type: a list, not a resource."""
        return self.path.count("/") % 2 == 1

    @property
    def subscription(self) -> str:
        """The subscription in lower case, or nothing where the id has none."""
        parts = self.key.split("/")
        return parts[2] if len(parts) > 2 and parts[1] == "subscriptions" else ""

    @property
    def group(self) -> "ArmId | None":
        """The resource group it lies in, itself excluded."""
        parts = self.path.split("/")
        if len(parts) > 5 and parts[3].lower() == _GROUPS:
            return ArmId("/".join(parts[:5]))
        return None

    @property
    def parent(self) -> "ArmId | None":
        """The resource that must exist before: the owner of a sub-resource, or the group."""
        if self.kind.count("/") > 1:
            return ArmId("/".join(self.path.split("/")[:-2]))
        return self.group

    def is_within(self, other: "ArmId") -> bool:
        """Whether deleting the other deletes this."""
        return self.key.startswith(f"{other.key}/")
