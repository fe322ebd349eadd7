"""What a deployment on Azure showed: one file that can be read, sent, and played back."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.acceptance.terraform.process import TerraformError


@dataclass(frozen=True)
class Done:
    """A step that was done.

    Args:
        name: what it was.
        seconds: how long it took.
        well: whether it went as it is said to go.
        seen: what was seen.
    """

    name: str
    seconds: float
    well: bool
    seen: Any


@dataclass
class Report:
    """The steps, as they are done."""

    steps: list[Done] = field(default_factory=list)
    tell: Callable[[str], None] = print

    def step(self, name: str, do: Callable[[], tuple[bool, Any]]) -> bool:
        """Do something and note how long it took and what was seen; whether it went well.

        What Terraform refuses is noted like everything else.
        """
        self.tell(f"{name} ...")
        begin = time.monotonic()
        try:
            well, seen = do()
        except TerraformError as refused:
            well, seen = False, errors(refused)
        done = Done(name, round(time.monotonic() - begin, 1), well, seen)
        self.steps.append(done)
        self.tell(f"{name}: {'well' if well else 'NOT WELL'}, {done.seconds:.0f} s: {_short(seen)}")
        return well

    @property
    def well(self) -> bool:
        """Whether all went well."""
        return all(each.well for each in self.steps)

    def write(self, file: Path, **others: Any) -> None:
        """Write the report."""
        content = {**others, "steps": [asdict(each) for each in self.steps]}
        file.write_text(json.dumps(content, indent=1) + "\n")


def errors(refused: TerraformError) -> str:
    """The errors of a run, without what went before them."""
    return "".join(refused.text.partition("Error: ")[1:])


def _short(seen: Any) -> str:
    text = seen if isinstance(seen, str) else json.dumps(seen)
    return text if len(text) < 200 else f"{text[:200]}..."
