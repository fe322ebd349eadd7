"""The record of what istiod puts into pods is what it does today; as tests/mesh/injection.py."""

from pathlib import Path

import pytest

from tests.mesh.injection import CASES, record, see
from tests.placement.unchecked import stacks_of


@pytest.mark.parametrize("name", CASES)
def test_the_record_is_what_istiod_does_today(tmp_path: Path, name: str) -> None:
    assert see(stacks_of(CASES[name], tmp_path)[1]) == record()[name]
