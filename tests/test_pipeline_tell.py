"""What a step tells GitHub, Azure DevOps or a person."""

from pathlib import Path

import pytest

from tools.pipeline import tell

VARIABLES = (
    "GITHUB_OUTPUT",
    "GITHUB_STEP_SUMMARY",
    "GITHUB_RUN_ID",
    "GITHUB_RUN_ATTEMPT",
    "TF_BUILD",
    "AGENT_TEMPDIRECTORY",
    "BUILD_BUILDID",
)


@pytest.fixture(autouse=True)
def _by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def test_github_reads_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
        monkeypatch.setenv(name, str(tmp_path / name))
    tell.outputs(changes="true", blob="plans/aks/7-1")
    tell.summary("## aks\n")
    assert (tmp_path / "GITHUB_OUTPUT").read_text() == "changes=true\nblob=plans/aks/7-1\n"
    assert (tmp_path / "GITHUB_STEP_SUMMARY").read_text() == "## aks\n"


def test_azure_devops_reads_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TF_BUILD", "True")
    monkeypatch.setenv("AGENT_TEMPDIRECTORY", str(tmp_path))
    tell.outputs(changes="true")
    tell.summary("## aks\n")
    (file,) = tmp_path.iterdir()
    assert file.read_text() == "## aks\n"
    assert capsys.readouterr().out.splitlines() == [
        "##vso[task.setvariable variable=changes;isOutput=true]true",
        "## aks",
        f"##vso[task.uploadsummary]{file}",
    ]


def test_a_person_reads_both(capsys: pytest.CaptureFixture[str]) -> None:
    tell.outputs(changes="false")
    tell.summary("## aks\n")
    assert capsys.readouterr().out == "changes=false\n## aks\n"


@pytest.mark.parametrize(
    ("variables", "number"),
    [
        ({}, "0-0"),
        ({"GITHUB_RUN_ID": "7", "GITHUB_RUN_ATTEMPT": "2"}, "7-2"),
        ({"BUILD_BUILDID": "9", "SYSTEM_JOBATTEMPT": "3"}, "9-3"),
    ],
)
def test_every_run_has_a_number_of_its_own(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], number: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert tell.run_number() == number
