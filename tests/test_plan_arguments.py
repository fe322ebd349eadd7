"""What is ours and what is Terraform's on the command line of plans."""

from argparse import ArgumentParser
from pathlib import Path

import pytest

from app.plans.arguments import add_arguments, parse
from main import main
from tests.synthesis import settings_text


def _parser() -> ArgumentParser:
    parser = ArgumentParser()
    add_arguments(parser)
    return parser


def test_what_comes_after_two_hyphens_is_terraforms() -> None:
    wanted, terraform = parse(_parser(), ["--plan", "aks", "--", "-lock=false", "--", "-var=a=b"])
    assert (wanted.plan, terraform) == ("aks", ["-lock=false", "--", "-var=a=b"])


@pytest.mark.parametrize("hyphens", ["-", "--"])
def test_two_of_terraforms_are_ours_wherever_they_stand(hyphens: str) -> None:
    arguments = ["--", f"{hyphens}auto-approve", f"{hyphens}detailed-exitcode", "-lock=false"]
    wanted, terraform = parse(_parser(), arguments)
    assert (wanted.auto_approve, wanted.detailed_exitcode) == (True, True)
    assert terraform == ["-lock=false"]


def test_addresses_are_allowed_one_by_one_or_together() -> None:
    wanted, _ = parse(_parser(), ["--allow", "a.b", "c.d", "--allow", "e.f", "--"])
    assert wanted.allow == ["a.b", "c.d", "e.f"]


@pytest.mark.parametrize("arguments", [["--apply", "aks"], ["--saved", "plan"]])
def test_an_apply_needs_a_saved_plan(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(_parser(), arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.endswith("error: --apply STACK needs --saved FILE\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--apply", "aks", "--saved", "x", "--plan", "aks"], "--plan and --apply: one of them"),
        (["--plan", "aks", "--deploy"], "--plan and --deploy: one of them at a time"),
        (["--deploy", "--save", "x"], "--save FILE and --markdown FILE need --plan STACK"),
    ],
)
def test_nothing_that_is_asked_for_is_dropped(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert f"error: {said}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["--plan", "aks", "--save", "."],
            ".: allowed: a file that can be written; fix: name a file in it: it is a folder",
        ),
        (
            ["--plan", "aks", "--markdown", "none/x"],
            "none/x: allowed: a file that can be written; fix: name one in a folder that is there:"
            " no such folder",
        ),
        (
            ["--plan", "aks", "--", "-out=x"],
            "-out=x: allowed: options of terraform plan that leave the plan to be judged;"
            " fix: use --save FILE",
        ),
        (
            ["--deploy", "--", "-json"],
            "-json: allowed: options of terraform plan that leave the plan to be judged;"
            " fix: use make plan without it",
        ),
        (
            ["--apply", "aks", "--saved", "none"],
            "none: allowed: a plan that --plan STACK --save FILE has kept; fix: make it, or write"
            " another name",
        ),
    ],
)
def test_what_is_refused_is_refused_before_a_stack_is_written(
    arguments: list[str],
    line: str,
    a_terraform: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings_text(tmp_path, "")
    monkeypatch.chdir(tmp_path)
    # Node.js may have been started in another folder.
    monkeypatch.setenv("CDKTF_OUTDIR", str(tmp_path / "out"))
    assert main(arguments) == 2
    assert capsys.readouterr().err == f"{line}\n"
    assert [each.name for each in tmp_path.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(("options", "code"), [([], 2), (["--", "-detailed-exitcode"], 1)])
def test_a_refusal_never_looks_like_changes(
    options: list[str], code: int, a_terraform: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--plan", "other", *options]) == code
    assert capsys.readouterr().err.startswith("stack other: allowed: one of the stacks")
