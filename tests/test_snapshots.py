"""What the shipped settings synthesize to. `make snapshots` accepts a change."""

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from tests.synthesis import Json, Stacks


def by_line(part: object) -> object:
    """The same content, with texts of several lines as lists, so that a diff shows the line."""
    if isinstance(part, dict):
        return {key: by_line(inner) for key, inner in part.items()}
    if isinstance(part, list):
        return [by_line(inner) for inner in part]
    if isinstance(part, str) and "\n" in part:
        return part.splitlines()
    return part


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(JSONSnapshotExtension)


def test_aks(aks: Json, snapshot: SnapshotAssertion) -> None:
    assert by_line(aks) == snapshot


def test_istio(istio: Json, snapshot: SnapshotAssertion) -> None:
    assert by_line(istio) == snapshot


def test_settings_file_says_what_the_defaults_say(shipped: Stacks, defaults: Stacks) -> None:
    assert defaults == shipped
