"""What the two settings files that are shipped are synthesized to, once for all documents."""

from functools import cache
from pathlib import Path

from app.synthesized import Synthesized, synthesized
from settings import load_environments

ROOT = Path(__file__).parents[1]
SHOWN = ("settings.toml", "settings.production.toml")


@cache
def shown() -> dict[str, Synthesized]:
    """The stacks of each file, by its name."""
    return {name: synthesized(load_environments([ROOT / name])[0]) for name in SHOWN}
