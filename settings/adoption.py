"""Settings of a deployment of the original that has come under this project."""

from typing import Annotated

from rules import names
from settings.table import Table


class Adoption(Table):
    """What a deployment of the original needs once to come under these stacks.

    `make adopt` writes it (docs/from-the-original.md). Take the table away when all of it is
    deployed: the releases `istio-base` and `ingress-routing` are then updated in place, and nothing
    else changes.
    """

    original: bool = False
    """Whether the states are those of the original's two projects: what they have gets our
    addresses, and Helm takes over the kinds and the Gateway that it has not made. Moves nothing in
    Azure."""
    namespaces: tuple[Annotated[str, names.kubernetes], ...] = ()
    """Namespaces of ours that are there and in no state, such as `istio-system`: imported where a
    stack has them."""
