"""What a settings file is refused for."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_settings


def assert_refused(settings_file: Path, key: str, allowed: str) -> None:
    """The file has one problem, with this key, and what is allowed begins so."""
    with pytest.raises(UserError) as refused:
        load_settings(settings_file)
    (problem,) = refused.value.problems
    assert problem.key == key
    assert problem.allowed.startswith(allowed)
