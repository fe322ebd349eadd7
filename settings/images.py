"""Settings of the images: where pods get them from."""

from typing import Annotated

from rules import images
from settings.table import Table


class Images(Table):
    """Where the images of everything that the stack `istio` installs come from."""

    registry: Annotated[str, images.registry] | None = None
    """A registry of yours that has them all, under the paths that they have where they are
    published; `make images` prints them, and how they get there. `cluster.registry` lets the nodes
    in. Setting it updates in place and starts pods anew; the gateway and the
    sidecars take their image when they next start. Unset: the registries of the charts."""
