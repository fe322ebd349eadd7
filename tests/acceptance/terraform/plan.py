"""A plan, as `terraform show -json` tells it."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """What Terraform would do.

    Args:
        exit_code: of `plan -detailed-exitcode`: 0 for no change, 2 for changes.
        content: the plan in JSON; empty where there is no change and nobody asked for it.
    """

    exit_code: int
    content: Json

    @property
    def actions(self) -> dict[str, str]:
        """What happens to each resource that does not stay as it is, by address.

        A replacement reads "delete, create" or "create, delete".
        """
        return {
            change["address"]: ", ".join(change["change"]["actions"])
            # A plan without changes, or of a stack without resources, has none.
            for change in self.content.get("resource_changes", [])
            if change["change"]["actions"] not in (["no-op"], ["read"])
        }

    @property
    def told(self) -> dict[str, str]:
        """The same, with the arguments for whose sake a resource is updated: "update: cache"."""
        return {
            address: f"update: {', '.join(sorted(self.changed(address)))}"
            if action == "update"
            else action
            for address, action in self.actions.items()
        }

    def after(self, address: str) -> Json:
        """The values of a resource as they would be; those only known later are absent."""
        return dict(self._change(address)["after"])

    def changed(self, address: str) -> set[str]:
        """The arguments of a resource that get another value, or one that is known only later."""
        change = self._change(address)
        before, after, unknown = change["before"], change["after"], change["after_unknown"]
        return {
            key for key in before if before[key] != after.get(key) or _is_unknown(unknown.get(key))
        }

    def replaced_for(self, address: str) -> set[str]:
        """The arguments for whose sake a resource is replaced, as block.argument."""
        paths = self._change(address).get("replace_paths", [])
        return {".".join(part for part in path if isinstance(part, str)) for path in paths}

    def _change(self, address: str) -> Json:
        changes = {each["address"]: each for each in self.content["resource_changes"]}
        return dict(changes[address]["change"])


def _is_unknown(mark: object) -> bool:
    """Whether a value, or any value inside a block, is known only after the apply."""
    if isinstance(mark, dict):
        return any(_is_unknown(each) for each in mark.values())
    if isinstance(mark, list):
        return any(_is_unknown(each) for each in mark)
    return mark is True
