"""Ask the real scheduler and write tests/recorded/placement.json.

    MESH_BINARIES=FOLDER MESH_CHARTS=FOLDER .venv/bin/python -m tests.placement.recorder [NAME ...]

With names, such as settings.production.toml, of these cases only.
What is written is what was found, not the charts.
"""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.placement.cases import CASES, shipped
from tests.placement.machine import charts
from tests.placement.scheduler import scheduler
from tests.placement.seen import RECORD, record, see
from tests.placement.unchecked import stacks_of


def main(names: Sequence[str]) -> None:
    """See the cases of these names, or all."""
    before = record() if names else {}
    seen = {}
    with tempfile.TemporaryDirectory() as folder, scheduler(Path(folder)) as running:
        sources: dict[str, str | Path] = {**shipped(), **CASES}
        for name, source in sources.items():
            if names and name not in names:
                seen[name] = before[name]
                continue
            settings, istio = stacks_of(source, Path(folder) / "out")
            seen[name] = see(settings, istio, charts(), running)
            print(name, seen[name]["nowhere"], flush=True)  # noqa: T201
    RECORD.write_text(json.dumps(seen, indent=2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
