"""What applications are told of a request, on the real Envoy; faults of the past are seen by it."""

import tomllib
from pathlib import Path

import pytest

from tests.envoy import gateway
from tests.mesh.recordings import recorded

TABLE = tomllib.loads((Path(__file__).parent / "cases" / "told.toml").read_text())


def wrong_rows(shape: str, folder: Path) -> set[str]:
    """The rows of the table that a recording does not meet."""
    wrong = set()
    with gateway(recorded(shape), folder) as envoy:
        for name, row in TABLE["rows"].items():
            sent = [(header, value.replace("ID", TABLE["id"])) for header, value in row["sent"]]
            answer = envoy.ask("/", sent)
            told = {header: answer.headers.get(header, []) for header in row["told"]}
            if (answer.status, told) != (200, row["told"]):
                wrong.add(name)
    return wrong


def test_applications_are_told_what_the_table_says(tmp_path: Path) -> None:
    assert wrong_rows("default", tmp_path) == set()


@pytest.mark.parametrize("shape", ["fault-scheme", "own"])
def test_they_are_told_another_client_where_front_door_is_not_believed(
    shape: str, tmp_path: Path
) -> None:
    assert wrong_rows(shape, tmp_path) == {"scheme", "address", "forged-address"}


def test_the_table_sees_it_where_they_are_told_the_id(tmp_path: Path) -> None:
    assert wrong_rows("fault-id", tmp_path) == {"id", "two-ids"}
