"""The order in which Terraform destroys, computed from synthesized JSON as Terraform does it."""

import json
import re

from tests.synthesis import Json

_REFERENCE = re.compile(r"\b((?:azurerm|helm|kubernetes)_\w+\.[\w-]+)")


class Graph:
    """Which resource needs which, by references and by depends_on."""

    def __init__(self, stack: Json) -> None:
        self._needs: dict[str, set[str]] = {}
        for kind, resources in stack.get("resource", {}).items():
            for name, resource in resources.items():
                text = json.dumps({key: part for key, part in resource.items() if key != "//"})
                self._needs[f"{kind}.{name}"] = set(_REFERENCE.findall(text.replace("data.", "_")))

    def resources(self) -> set[str]:
        """All addresses."""
        return set(self._needs)

    def needs(self, address: str) -> set[str]:
        """Everything that must exist before this, directly or by way of others."""
        found: set[str] = set()
        waiting = [address]
        while waiting:
            for needed in self._needs[waiting.pop()] & self.resources() - found:
                found.add(needed)
                waiting.append(needed)
        return found

    def is_destroyed_before(self, first: str, second: str) -> bool:
        """Whether Terraform removes the first before it touches the second."""
        for address in (first, second):
            if address not in self._needs:
                raise KeyError(f"no {address} among {sorted(self._needs)}")
        return second in self.needs(first)
