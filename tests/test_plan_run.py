"""How a plan is made, kept and applied, with a program in the place of Terraform that says so."""

import io
import stat
import tempfile
from pathlib import Path

import pytest

from app.errors import UserError
from app.plans.run import Options, apply, deploy, plan
from app.plans.terraform import Terraform
from tests.recorded_plans import FOLDER

# What it is called with goes to the file `calls`; the rest comes from files beside it.
PROGRAM = """#!/bin/sh
here={here}
echo "${{PWD##*/}}: $*" >> "$here/calls"
case $1 in
    show) cat "$here/plan.json"; exit ;;
    plan) for each in "$@"; do case $each in -out=*) echo plan > "${{each#-out=}}" ;; esac; done
          exit "$(cat "$here/plan-code")" ;;
    apply) cat "$here/apply-says" >&2; exit "$(cat "$here/apply-code")" ;;
esac
"""
STALE = """╷
│ Error: Saved plan is stale
│
│ The given plan file can no longer be applied because the state was changed
│ by another operation after the plan was created.
╵
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the program, whose plans change nothing, and of temporary files."""
    program = tmp_path / "terraform"
    program.write_text(PROGRAM.format(here=tmp_path))
    program.chmod(0o755)
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", str(program))
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    for name, text in {
        "plan.json": "{}",
        "plan-code": "0",
        "apply-code": "0",
        "apply-says": "",
    }.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def stack(folder: Path, name: str = "aks") -> Terraform:
    (folder / name).mkdir(exist_ok=True)
    return Terraform(name, folder / name)


def planned(folder: Path, recorded: str) -> None:
    """Let its plans be those of a recording."""
    (folder / "plan.json").write_text((FOLDER / f"{recorded}.json").read_text())
    (folder / "plan-code").write_text("2")


def calls(folder: Path) -> list[str]:
    return (folder / "calls").read_text().splitlines()


@pytest.mark.parametrize("code", [0, 1, 2])
def test_a_plan_ends_as_terraform_says_and_its_file_is_gone(folder: Path, code: int) -> None:
    (folder / "plan-code").write_text(str(code))
    assert plan(stack(folder), Options(), save=None, markdown=None) == code
    assert list((folder / "tmp").iterdir()) == []


def test_a_plan_that_is_kept_is_for_its_user_only(folder: Path) -> None:
    planned(folder, "pools-rotated")
    kept, told = folder / "kept", folder / "told.md"
    kept.write_text("old")
    kept.chmod(0o644)
    assert plan(stack(folder), Options(), save=kept, markdown=told) == 2
    assert (kept.read_text(), stat.S_IMODE(kept.stat().st_mode)) == ("plan\n", 0o600)
    assert told.read_text().startswith("**aks: 2 rotated, 1 changed in place**\n")


def test_a_plan_that_is_refused_is_told_and_not_kept(folder: Path) -> None:
    planned(folder, "cluster-replaced")
    kept, told = folder / "kept", folder / "told.md"
    with pytest.raises(UserError, match="ALLOW=azurerm_kubernetes_cluster.aks"):
        plan(stack(folder), Options(), save=kept, markdown=told)
    assert not kept.exists()
    assert "> Refused unless `ALLOW` has it: `azurerm_kubernetes_cluster.aks`" in told.read_text()
    allowed = Options(allowed=["azurerm_kubernetes_cluster.aks"])
    assert plan(stack(folder), allowed, save=kept, markdown=None) == 2
    assert kept.exists()


@pytest.mark.parametrize("option", ["-out=plan", "--out=plan", "-json", "-input=true"])
def test_options_that_take_the_plan_away_are_refused_before_anything(
    folder: Path, option: str
) -> None:
    with pytest.raises(UserError, match=f"{option}: allowed: options of terraform plan"):
        plan(stack(folder), Options([option]), save=None, markdown=None)
    assert not (folder / "calls").exists()


@pytest.mark.parametrize("name", ["missing/plan", "tmp"])
def test_a_file_that_cannot_be_written_is_said_before_anything(folder: Path, name: str) -> None:
    with pytest.raises(UserError, match="allowed: a file that can be written"):
        plan(stack(folder), Options(), save=folder / name, markdown=None)
    assert not (folder / "calls").exists()


def test_options_go_to_the_plan_and_those_of_both_to_the_apply(folder: Path) -> None:
    planned(folder, "pools-rotated")
    options = Options(["-var-file=x", "-lock=false", "-parallelism=2"], approves=True)
    assert deploy([stack(folder)], options) == 0
    _, made, _, applied = calls(folder)
    assert made.endswith(" -var-file=x -lock=false -parallelism=2")
    assert applied.startswith("aks: apply -no-color -input=false -lock=false -parallelism=2 /")


def test_stacks_are_deployed_in_their_order_and_the_first_that_fails_is_the_last(
    folder: Path,
) -> None:
    planned(folder, "pools-rotated")
    stacks = [stack(folder, name) for name in ("one", "two")]
    assert deploy(stacks, Options(approves=True)) == 0
    assert [each for each in calls(folder) if "apply" in each or "plan -" in each] == [
        each for each in calls(folder) if " show " not in each and " init " not in each
    ]
    (folder / "calls").unlink()
    (folder / "apply-code").write_text("1")
    assert deploy(stacks, Options(approves=True)) == 1
    assert {each.split(":")[0] for each in calls(folder)} == {"one"}


def test_where_nothing_changes_nobody_is_asked_and_outputs_are_shown(folder: Path) -> None:
    assert deploy([stack(folder)], Options()) == 0
    assert calls(folder)[-1] == "aks: output -no-color"


@pytest.mark.parametrize("answer", ["no\n", "", "y\n"])
def test_nothing_is_applied_unless_somebody_says_yes(
    folder: Path, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(folder, "pools-rotated")
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    with pytest.raises(
        UserError, match='stack aks: allowed: a plan that somebody has answered "yes"'
    ):
        deploy([stack(folder)], Options())
    assert not any(" apply " in each for each in calls(folder))
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    assert deploy([stack(folder)], Options()) == 0


def test_a_deploy_that_is_refused_applies_nothing(folder: Path) -> None:
    planned(folder, "cluster-replaced")
    with pytest.raises(UserError):
        deploy([stack(folder)], Options(approves=True))
    assert not any(" apply " in each for each in calls(folder))


def test_a_saved_plan_is_judged_again_before_it_is_applied(folder: Path) -> None:
    planned(folder, "cluster-replaced")
    saved = folder / "saved"
    saved.write_text("plan")
    with pytest.raises(UserError):
        apply(stack(folder), saved, Options())
    assert not any(" apply " in each for each in calls(folder))
    allowed = Options(allowed=["azurerm_kubernetes_cluster.aks"])
    assert apply(stack(folder), saved, allowed) == 0
    assert calls(folder)[-1] == f"aks: apply -no-color -input=false {saved}"


def test_a_stale_plan_is_one_line(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "apply-says").write_text(STALE)
    (folder / "apply-code").write_text("1")
    saved = folder / "saved"
    saved.write_text("plan")
    with pytest.raises(UserError) as refused:
        apply(stack(folder), saved, Options())
    assert str(refused.value) == (
        "stack aks: allowed: a plan that is newer than the state; fix: plan again"
    )
    assert capfd.readouterr().err == ""


def test_other_errors_of_an_apply_are_terraforms_own(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    text = STALE.replace("Saved plan is stale", "execution halted")
    (folder / "apply-says").write_text(text)
    (folder / "apply-code").write_text("1")
    saved = folder / "saved"
    saved.write_text("plan")
    assert apply(stack(folder), saved, Options()) == 1
    assert capfd.readouterr().err == text


def test_a_saved_plan_that_is_not_there_is_said(folder: Path) -> None:
    with pytest.raises(UserError, match="allowed: a plan that --plan STACK --save FILE has kept"):
        apply(stack(folder), folder / "saved", Options())


def test_an_address_that_is_allowed_and_in_no_plan_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    planned(folder, "cluster-replaced")
    saved = folder / "saved"
    saved.write_text("plan")
    options = Options(allowed=["azurerm_kubernetes_cluster.aks", "nonsense.aks"], approves=True)
    note = "note: ALLOW has nonsense.aks, which is in no plan that was made\n"
    plan(stack(folder), options, save=None, markdown=None)
    assert capsys.readouterr().out.count("note: ALLOW") == 1
    apply(stack(folder), saved, options)
    assert note in capsys.readouterr().out
    # Once, and not for each stack that has none of it.
    deploy([stack(folder, "aks"), stack(folder, "istio")], options)
    assert capsys.readouterr().out.endswith(note)


# As Terraform 1.11.4 says it, shortened.
UNREADABLE = """\
╷
│ Warning: Unable to open CLI configuration file
│
│ The file does not exist.
╵
\x1b[31m╷\x1b[0m\x1b[0m
\x1b[31m│\x1b[0m \x1b[0m\x1b[1m\x1b[31mError: \x1b[0mFailed to read the given file\x1b[0m
\x1b[31m│\x1b[0m \x1b[0m
\x1b[31m│\x1b[0m \x1b[0m\x1b[0mState read error: {}
\x1b[31m╵\x1b[0m\x1b[0m
"""


def test_a_plan_that_terraform_cannot_read_is_said_in_one_line_cut_between_words(
    folder: Path,
) -> None:
    program = folder / "terraform"
    (folder / "says").write_text(UNREADABLE.format(" ".join(["unsupported"] * 100)))
    program.write_text(f'#!/bin/sh\n[ "$1" = show ] || exit 0\ncat {folder}/says >&2\nexit 1\n')
    saved = folder / "saved"
    saved.write_text("no plan")
    with pytest.raises(UserError) as refused:
        apply(stack(folder), saved, Options())
    assert str(refused.value) == (
        "stack aks: allowed: a plan that can be read; Failed to read the given file State read"
        f" error: {' '.join(['unsupported'] * 20)} …; fix: plan again"
    )
