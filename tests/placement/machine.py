"""What these tests need of the machine; a run ends at once and names what is missing."""

import os
from pathlib import Path

from tests.mesh.kubernetes import program
from tests.placement.pods import CHARTS
from tests.placement.scheduler import PROGRAMS

CHARTS_VARIABLE = "MESH_CHARTS"


def charts() -> Path:
    """The folder with the real charts."""
    return Path(os.environ.get(CHARTS_VARIABLE, "")).resolve()


def missing() -> list[str]:
    """Everything that is missing, a line each."""
    lines = []
    for name in PROGRAMS:
        try:
            program(name)
        except SystemExit as absent:
            lines.append(str(absent))
    return lines + [
        f"there is no chart {name} in the folder that {CHARTS_VARIABLE} names"
        for name in CHARTS.values()
        if not (charts() / name / "Chart.yaml").is_file()
    ]
