"""The recordings are of what istiod is given today, and every shipped settings file is recorded."""

from pathlib import Path

import pytest

from tests.acceptance.project import ROOT, settings_files
from tests.gateway_recording import identity
from tests.mesh.recordings import given, istio_of, recorded, stack_of
from tests.mesh.shapes import SHAPES
from tests.synthesis import synthesize


@pytest.mark.parametrize("name", SHAPES)
def test_istiod_was_given_what_it_is_given_today(name: str) -> None:
    shape = SHAPES[name]
    now = given(stack_of(shape), shape)
    seen = recorded(name)
    assert {key: seen[key] for key in now} == now, (
        f"{name}: see again, `MESH_BINARIES=FOLDER make record`; tests/mesh/recorder.py says how"
    )


@pytest.mark.parametrize("file", settings_files())
def test_a_gateway_of_each_shipped_settings_file_is_recorded(file: str, tmp_path: Path) -> None:
    now = identity(istio_of(synthesize(ROOT / file, tmp_path)))
    seen = [recorded(name) for name, shape in SHAPES.items() if shape.settings_only]
    assert now in [{key: each[key] for key in now} for each in seen]
