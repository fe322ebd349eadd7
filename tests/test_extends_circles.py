"""Files that extend each other in a circle."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_settings
from tests.test_extends import files
from tests.test_extends_refusals import problems


@pytest.mark.parametrize(
    ("texts", "source"),
    [
        ({"prod": "extends = 'prod.toml'"}, "prod.toml"),
        ({"prod": "extends = './sub/../prod.toml'"}, "prod.toml"),
        ({"prod": "extends = 'base.toml'", "base": "extends = 'prod.toml'"}, "base.toml"),
        (
            {
                "prod": "extends = 'stage.toml'",
                "stage": "extends = 'base.toml'",
                "base": "extends = 'stage.toml'",
            },
            "base.toml",
        ),
    ],
)
def test_files_that_extend_each_other_in_a_circle_are_refused(
    tmp_path: Path, texts: dict[str, str], source: str
) -> None:
    assert problems(tmp_path, **texts) == [(source, "extends")]


def test_a_circle_is_refused_with_this_line(tmp_path: Path) -> None:
    path = files(tmp_path, prod="extends = 'prod.toml'")
    with pytest.raises(UserError) as refused:
        load_settings(path)
    assert str(refused.value) == (
        f'{path}: extends = "prod.toml": allowed: a settings file, seen from this one, that does'
        " not extend it in turn; fix: remove one of the two"
    )
