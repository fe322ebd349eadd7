"""The recordings are of what istiod is given today, and faults of the past are seen in them."""

from pathlib import Path

import pytest

from tests.envoy import gateway
from tests.gateway_recording import FRONT_DOOR_ID
from tests.mesh.recorder import given, recorded, stack_of
from tests.mesh.shapes import SHAPES

FROM_FRONT_DOOR = [
    ("X-Azure-FDID", FRONT_DOOR_ID),
    ("X-Forwarded-For", "198.51.100.1, 203.0.113.7"),
    ("X-Forwarded-Proto", "https"),
]


@pytest.mark.parametrize("name", SHAPES)
def test_istiod_was_given_what_it_is_given_today(name: str, tmp_path: Path) -> None:
    shape = SHAPES[name]
    now = given(stack_of(shape, tmp_path), shape)
    seen = recorded(name)
    assert {key: seen[key] for key in now} == now, (
        f"{name}: see again, `MESH_BINARIES=FOLDER make record`; tests/mesh/recorder.py says how"
    )


def test_applications_learn_the_scheme(tmp_path: Path) -> None:
    with gateway(recorded("default"), tmp_path) as envoy:
        assert envoy.ask("/", FROM_FRONT_DOOR).headers["x-forwarded-proto"] == ["https"]


def test_it_is_seen_where_nobody_is_believed(tmp_path: Path) -> None:
    with gateway(recorded("fault-scheme"), tmp_path) as envoy:
        assert envoy.ask("/", FROM_FRONT_DOOR).headers["x-forwarded-proto"] == ["http"]


def test_it_is_seen_where_an_application_is_told_the_id(tmp_path: Path) -> None:
    with gateway(recorded("fault-id"), tmp_path) as envoy:
        assert envoy.ask("/", FROM_FRONT_DOOR).headers["x-azure-fdid"] == [FRONT_DOOR_ID]


def test_without_the_lock_everybody_is_answered(tmp_path: Path) -> None:
    with gateway(recorded("open"), tmp_path) as envoy:
        assert envoy.ask("/").status == 200
