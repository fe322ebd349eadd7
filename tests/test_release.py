"""A tag is a release only where the files say the same, and the changelog has words for it."""

import json
from pathlib import Path

import pytest

from app.errors import UserError
from tools.release import notes

CHANGELOG = """# Changelog

## [1.1.0] - 2026-12-01

- Later.

## 1.0.0

What is new:

- Everything.

## 1.0.0-rc.1

- Less.
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of version 1.0.0."""
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG)
    for file in ("package.json", "package-lock.json"):
        (tmp_path / file).write_text(json.dumps({"version": "1.0.0"}))
    return tmp_path


def refused(tag: str, checkout: Path) -> list[str]:
    with pytest.raises(UserError) as raised:
        notes(tag, checkout)
    return str(raised.value).splitlines()


def test_the_notes_are_the_section_of_the_version(checkout: Path) -> None:
    assert notes("v1.0.0", checkout) == "What is new:\n\n- Everything.\n"


def test_a_heading_may_have_brackets_and_a_date(checkout: Path) -> None:
    for file in ("package.json", "package-lock.json"):
        (checkout / file).write_text(json.dumps({"version": "1.1.0"}))
    assert notes("v1.1.0", checkout) == "- Later.\n"


@pytest.mark.parametrize("tag", ["", "1.0.0", "v1.0", "v1.0.0-rc.1", "v1.0.0\n"])
def test_other_tags_are_no_release(checkout: Path, tag: str) -> None:
    assert refused(tag, checkout) == [
        f"the tag: name = {json.dumps(tag)}: allowed: v1.2.3; fix: name it so"
    ]


@pytest.mark.parametrize("file", ["package.json", "package-lock.json"])
def test_a_file_with_another_version_is_named(checkout: Path, file: str) -> None:
    (checkout / file).write_text(json.dumps({"version": "0.9.0"}))
    assert refused("v1.0.0", checkout) == [
        f'{file}: version = "0.9.0": allowed: 1.0.0, as the tag says;'
        " fix: change it, run `make lock`, and tag the commit that has it"
    ]


@pytest.mark.parametrize("text", ["", "# Changelog\n\n## 1.0.0\n\n## 0.9.0\n\n- Old.\n", None])
def test_a_release_without_words_is_refused(checkout: Path, text: str | None) -> None:
    (checkout / "CHANGELOG.md").unlink()
    if text is not None:
        (checkout / "CHANGELOG.md").write_text(text)
    assert refused("v1.0.0", checkout) == [
        "CHANGELOG.md: allowed: a section ## 1.0.0 with what is new in it;"
        " fix: write it, and tag the commit that has it"
    ]
