"""What exists in the stand-in for Azure."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json


class Store:
    """Resources by id, in the order they were made."""

    def __init__(self) -> None:
        self._resources: dict[str, Json] = {}

    def get(self, arm_id: ArmId) -> Json | None:
        """A copy of the resource, or None."""
        found = self._resources.get(arm_id.key)
        return deepcopy(found) if found is not None else None

    def put(self, arm_id: ArmId, resource: Json) -> None:
        """Make or replace a resource."""
        self._resources[arm_id.key] = deepcopy(resource)

    def delete(self, arm_id: ArmId) -> None:
        """Delete a resource and what is inside it."""
        for resource in list(self.inside(arm_id)):
            self._resources.pop(ArmId(resource["id"]).key, None)
        self._resources.pop(arm_id.key, None)

    def inside(self, arm_id: ArmId, kind: str | None = None) -> Iterator[Json]:
        """What is inside a resource, of one kind or of all."""
        for resource in list(self._resources.values()):
            inner = ArmId(resource["id"])
            if inner.is_within(arm_id) and kind in (None, inner.kind):
                yield deepcopy(resource)

    def of_kind(self, kind: str) -> Iterator[Json]:
        """Every resource of a kind."""
        for resource in list(self._resources.values()):
            if ArmId(resource["id"]).kind == kind:
                yield deepcopy(resource)

    def ids(self) -> list[str]:
        """Every id, as the client wrote it."""
        return [resource["id"] for resource in self._resources.values()]

    def save(self, file: Path) -> None:
        """Write everything to a file."""
        file.write_text(json.dumps(self._resources, indent=1))

    def load(self, file: Path) -> None:
        """Take everything from a file that `save` wrote."""
        self._resources = json.loads(file.read_text())
