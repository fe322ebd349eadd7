"""The comment on a pull request: what it says, and that there is one."""

import json
from pathlib import Path

import pytest

from settings import load_environments
from tests.fake_programs import programs
from tests.synthesis import settings_text
from tools.pipeline import comment as upsert
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
