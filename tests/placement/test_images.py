"""The real charts name no registry but the one that is chosen."""

from pathlib import Path

import pytest

from tests.image_record import REGISTRY, TEXTS, record, see
from tests.placement.machine import charts
from tests.placement.unchecked import stacks_of


@pytest.mark.parametrize("case", TEXTS)
def test_the_record_is_what_the_charts_name_today(tmp_path: Path, case: str) -> None:
    assert see(stacks_of(TEXTS[case], tmp_path)[1], charts()) == record()[case]["images"]


def test_with_a_registry_no_other_is_named(tmp_path: Path) -> None:
    seen = see(stacks_of(TEXTS["mirrored"], tmp_path)[1], charts())
    named = [each for images in seen.values() for each in images]
    assert len(named) == 17
    assert [each for each in named if not each.startswith(f"{REGISTRY}/")] == []
