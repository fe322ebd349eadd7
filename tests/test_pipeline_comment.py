"""The comment on a pull request: what it says, and that there is one."""

import json
from pathlib import Path

import pytest

from settings import load_environments
from tests.fake_programs import programs
from tests.synthesis import settings_text
from tools.pipeline import comment as upsert
from tools.pipeline import pull_request
from tools.pipeline.programs import Planned
from tools.pipeline.pull_request import LONGEST, comment

CHANGES = (
    "**edge: 1 replaced, 2 added**\n\n| what happens | to |\n|---|---|\n| **replaced** | `a` |"
)
REFUSED = "**aks: 1 destroyed**\n\n> This destroys the cluster."
RUN = "https://github.com/contoso/mesh/actions/runs/7"


def _comment(folder: Path, *planned: Planned) -> str:
    (environment,) = load_environments([settings_text(folder, "")])
    return comment(environment, planned, RUN).replace(f"{folder}/", "")


def test_a_line_for_each_stack_is_on_top_and_the_tables_follow(tmp_path: Path) -> None:
    assert _comment(
        tmp_path,
        Planned("edge", 2, CHANGES, []),
        Planned("aks", 1, REFUSED, []),
        Planned("istio", 3, "", ["stack istio: can be planned after aks, which is not deployed"]),
        Planned("traffic", 1, "", []),
        Planned("other", 0, "**other: nothing changes**", []),
    ) == (
        "<!-- plan of settings.toml -->\n"
        "### Plan of `settings.toml`, the default environment\n\n"
        "- edge: 1 replaced, 2 added\n"
        "- aks: 1 destroyed **A deploy stops here**, see below.\n"
        "- istio: not planned; stack istio: can be planned after aks, which is not deployed\n"
        "- traffic: **could not be planned**, the run says why\n"
        "- other: nothing changes\n\n"
        "#### edge\n\n| what happens | to |\n|---|---|\n| **replaced** | `a` |\n\n"
        "#### aks\n\n> This destroys the cluster.\n\n"
        f"[The run]({RUN}) has it all.\n"
    )


def test_a_table_that_github_would_not_take_is_left_to_the_run(tmp_path: Path) -> None:
    long = Planned("aks", 2, "**aks: 999 added**\n" + "x" * LONGEST, [])
    said = _comment(tmp_path, long, Planned("edge", 2, CHANGES, []))
    assert len(said) < LONGEST
    assert "Too long for a comment, see the run: aks." in said
    assert "#### edge" in said


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A comment in a file, to be written in the repository contoso/mesh."""
    monkeypatch.setenv("GITHUB_REPOSITORY", "contoso/mesh")
    file = tmp_path / "plan.md"
    file.write_text("<!-- plan of a.toml -->\nall of it\n")
    return file


def _by(login: str, number: int, body: str) -> dict[str, object]:
    return {"id": number, "user": {"login": login}, "body": body}


LISTED = "gh api --paginate --slurp repos/contoso/mesh/issues/5/comments"


def test_the_comment_of_an_earlier_run_is_written_over(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = "github-actions[bot]"
    pages = [
        [_by("somebody", 1, "<!-- plan of a.toml -->"), _by(bot, 2, "<!-- plan of b.toml -->")],
        [_by(bot, 3, "<!-- plan of a.toml -->\nof yesterday")],
    ]
    made = programs(written.parent / "bin", monkeypatch, "gh", answers={LISTED: json.dumps(pages)})
    upsert.main(["5", str(written)])
    assert made.calls() == [
        LISTED,
        "gh api --method PATCH repos/contoso/mesh/issues/comments/3"
        f" --field body=@{written} --silent",
    ]


def test_the_first_comment_is_made(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = programs(written.parent / "bin", monkeypatch, "gh", answers={LISTED: "[[]]"})
    upsert.main(["5", str(written)])
    comments = "repos/contoso/mesh/issues/5/comments"
    last = f"gh api --method POST {comments} --field body=@{written} --silent"
    assert made.calls()[-1] == last


def test_what_is_no_list_of_comments_is_one_line(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at, answer in enumerate(("<html>", "", '{"message": "x"}', "[[{}]]", "[1]")):
        programs(written.parent / f"bin{at}", monkeypatch, "gh", answers={LISTED: answer})
        with pytest.raises(
            SystemExit, match=r"^gh api repos/contoso/mesh/issues/5/comments: allow"
        ):
            upsert.main(["5", str(written)])


@pytest.mark.parametrize(
    ("number", "repository", "line"),
    [
        ("twelve", "contoso/mesh", 'NUMBER = "twelve": allowed: the number of a pull request;'),
        ("0", "contoso/mesh", 'NUMBER = "0": allowed: the number of a pull request;'),
        ("5", "", 'GITHUB_REPOSITORY = "": allowed: the repository on GitHub, as owner/name;'),
        ("5", "a b", 'GITHUB_REPOSITORY = "a b": allowed: the repository on GitHub, as owner/'),
    ],
)
def test_what_is_no_number_and_no_repository_is_refused_before_github_is_asked(
    written: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    number: str,
    repository: str,
    line: str,
) -> None:
    monkeypatch.setenv("GITHUB_REPOSITORY", repository)
    made = programs(written.parent / "bin", monkeypatch, "gh")
    assert upsert.main([number, str(written)]) == 2
    assert capsys.readouterr().err.startswith(line)
    assert made.calls() == []


def test_a_comment_that_is_not_there_is_named(
    written: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert upsert.main(["5", str(written.parent / "other.md")]) == 2
    assert capsys.readouterr().err == (
        f"{written.parent}/other.md: allowed: a file that is there; fix: write it with"
        " tools.pipeline.pull_request\n"
    )


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("no/c.md", "/no/c.md: allowed: a file in a folder that is there; fix: make "),
        (".", ": allowed: a file: this is a folder; fix: name a file in it\n"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_before_anything_is_planned(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    file: str,
    said: str,
) -> None:
    monkeypatch.setattr(pull_request, "plan", lambda *_: pytest.fail("it plans"))
    assert pull_request.main([str(tmp_path / file)]) == 2
    assert capsys.readouterr().err.startswith(f"{tmp_path}{said}")
