"""One issue for each stack, open while its plan is not quiet."""

import json
from pathlib import Path

import pytest

from tests.fake_programs import Programs, programs
from tools.pipeline import drift
from tools.pipeline.programs import Planned

LISTED = "gh issue list --state open --label drift --limit 500 --json number,title"
CHANGES = "**prod-aks: 1 replaced**\n\n| what happens |"


def _night(folder: Path, patch: pytest.MonkeyPatch, planned: Planned, *open_: str) -> list[str]:
    """What GitHub is asked for after a plan, with issues of these titles open."""
    issues = [{"number": 40 + at, "title": title} for at, title in enumerate(open_)]
    made: Programs = programs(folder / "bin", patch, "gh", answers={LISTED: json.dumps(issues)})
    patch.setattr(drift, "plan", lambda *_: planned)
    drift.main(["prod-aks"])
    return [call.partition(" --body-file")[0] for call in made.calls()]


def test_the_first_drift_opens_an_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planned = Planned("prod-aks", 2, CHANGES, [])
    assert _night(tmp_path, monkeypatch, planned, "Drift in prod-istio") == [
        LISTED,
        "gh label create drift --force --description not as the settings say",
        "gh issue create --title Drift in prod-aks --label drift",
    ]


def test_the_next_night_writes_over_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planned = Planned("prod-aks", 2, CHANGES, [])
    titles = ("Drift in prod-istio", "Drift in prod-aks")
    assert _night(tmp_path, monkeypatch, planned, *titles) == [LISTED, "gh issue edit 41"]


def test_what_a_deploy_would_stop_at_is_drift_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = Planned("prod-aks", 1, CHANGES, [])
    assert _night(tmp_path, monkeypatch, planned, "Drift in prod-aks")[-1] == "gh issue edit 40"


@pytest.mark.parametrize("code", [0, 3])
def test_a_quiet_plan_closes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    planned = Planned("prod-aks", code, "**prod-aks: nothing changes**", [])
    assert _night(tmp_path, monkeypatch, planned, "Drift in prod-aks") == [
        LISTED,
        "gh issue close 40 --comment The plan is quiet again, or the stack is gone.",
    ]


def test_a_quiet_plan_without_an_issue_asks_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _night(tmp_path, monkeypatch, Planned("prod-aks", 0, "", [])) == [LISTED]


def test_a_plan_that_failed_says_nothing_of_drift(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = Planned("prod-aks", 1, "", [])
    assert _night(tmp_path, monkeypatch, planned, "Drift in prod-aks") == []
    assert drift.main(["prod-aks"]) == 1


def test_the_issue_has_the_table_and_the_run() -> None:
    said = drift.body(Planned("prod-aks", 2, CHANGES, []), "https://github.com/run")
    assert CHANGES in said
    assert "[The run](https://github.com/run)" in said
