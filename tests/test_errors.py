"""How a problem is told in one line."""

import pytest

from app.errors import Problem
from main import main


def _line(**given: object) -> str:
    return str(Problem(source="here", allowed="a", fix="b", **given))  # type: ignore[arg-type]


def test_a_key_is_told_with_its_value_even_if_there_is_none() -> None:
    assert _line(key="a.b", value=3) == "here: a.b = 3: allowed: a; fix: b"
    assert _line(key="a.b") == "here: a.b = null: allowed: a; fix: b"


def test_a_source_that_is_the_problem_itself_is_told_with_its_value_if_there_is_one() -> None:
    assert _line() == "here: allowed: a; fix: b"
    assert _line(value="") == 'here = "": allowed: a; fix: b'


def test_a_value_that_nobody_may_see_is_not_told() -> None:
    assert _line(key="a.b", value=3, shows_value=False) == "here: a.b: allowed: a; fix: b"
    assert _line(value=3, shows_value=False) == "here: allowed: a; fix: b"


def test_a_release_that_is_no_step_is_told_as_it_was_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--upgrade-plan", "9.99.9"]) == 2
    assert capsys.readouterr().err.startswith(
        'TO = "9.99.9": allowed: a release of Istio 1.x from 1.22.0 on, the first with '
    )


def test_a_repository_that_is_none_is_told_as_it_was_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--identities", "a b"]) == 2
    assert 'REPOSITORY = "a b": allowed: the repository on GitHub, as owner/name' in (
        capsys.readouterr().err
    )
