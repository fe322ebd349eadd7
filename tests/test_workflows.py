"""What every workflow keeps to: pinned actions, few rights, no secrets, nothing clever in YAML."""

import os
import re
from pathlib import Path

import pytest
import yaml

from settings.environments import STACKS
from tests.rendering import ROOT
from tests.workflows import FILES, FOLDER, WORKFLOWS, jobs, read, runs, steps, uses

PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)+$")
OURS = re.compile(r"uses: \./\.github/(actions/[\w-]+|workflows/[\w-]+\.yml)$")
# What a job may do besides reading the repository.
READS = {"contents": "read"}
TOKEN = READS | {"id-token": "write"}
RIGHTS = {
    "plan/plan": TOKEN | {"pull-requests": "write"},
    "deploy/edge": TOKEN,
    "deploy/aks": TOKEN,
    "deploy/istio": TOKEN,
    "deploy/traffic": TOKEN,
    "deploy-stack/plan": TOKEN,
    "deploy-stack/apply": TOKEN,
    "deploy-stack/discard": TOKEN,
    "drift/drift": TOKEN | {"issues": "write"},
    "release/release": TOKEN | {"contents": "write", "attestations": "write"},
}
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name + path.stem)
every_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


@every_file
def test_actions_are_pinned_by_their_commit_and_say_their_version(path: Path) -> None:
    lines = [line.strip().removeprefix("- ") for line in path.read_text().splitlines()]
    named = [line for line in lines if line.startswith("uses:")]
    assert [line for line in named if not PINNED.search(line) and not OURS.search(line)] == []
    assert len(named) == len(uses(path))


def test_an_action_is_the_same_everywhere() -> None:
    named = {each for path in FILES for each in uses(path) if not each.startswith("./")}
    assert len(named) == len({each.partition("@")[0] for each in named})


def test_every_action_of_ours_is_there() -> None:
    for path in FILES:
        for each in uses(path):
            if each.startswith("./"):
                found = ROOT / each
                assert found.is_file() or (found / "action.yml").is_file(), each


@every_workflow
def test_a_workflow_reads_the_repository_and_no_more(path: Path) -> None:
    assert read(path)["permissions"] == READS


def test_jobs_have_the_rights_that_they_need() -> None:
    found = {
        f"{path.stem}/{name}": job["permissions"]
        for path in WORKFLOWS
        for name, job in jobs(path).items()
        if "permissions" in job
    }
    assert found == RIGHTS


@every_file
def test_no_secret_is_stored(path: Path) -> None:
    # GitHub's own token of the job is github.token.
    assert not re.search(r"\bsecrets\b", path.read_text())


@every_workflow
def test_nothing_runs_with_more_rights_than_whoever_caused_it(path: Path) -> None:
    content = yaml.safe_load(path.read_text())
    assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(content[True])


@every_file
def test_what_people_write_never_becomes_a_command(path: Path) -> None:
    assert [each for each in runs(path) if "${{" in each] == []


@every_file
def test_the_repository_is_checked_out_without_the_right_to_push(path: Path) -> None:
    found = [each for each in steps(path) if each.get("uses", "").startswith("actions/checkout@")]
    assert all(each["with"] == {"persist-credentials": False} for each in found)


@pytest.mark.parametrize("path", [each for each in FILES if each.stem != "record"], ids=str)
def test_a_step_runs_one_command(path: Path) -> None:
    assert [each for each in runs(path) if len(each.strip().splitlines()) > 1] == []


def test_what_make_is_asked_for_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)) | {"fork-check"}
    files = re.findall(r"^(\.[\w/.]+):", makefile, re.MULTILINE)
    for path in FILES:
        for each in runs(path):
            for command in re.findall(r"\bmake ([^\n]*)", each):
                words = re.sub(r"ARGS=(\"[^\"]*\"|'[^']*')", "", command).split()
                asked = {word for word in words if "=" not in word and not word.startswith("-")}
                assert asked <= targets | set(files), each


def test_every_test_that_is_named_is_there() -> None:
    for path in FILES:
        for each in runs(path):
            for name in re.findall(r"\btests/[\w/.]+", each):
                assert (ROOT / name).exists(), each
            for name in re.findall(r"\btest_\w+(?!\.py)\b", each):
                assert list((ROOT / "tests").rglob(f"{name}*.py")), each


def test_only_what_is_no_secret_is_kept_as_an_artifact() -> None:
    kept = [
        line
        for path in FILES
        for step in steps(path)
        if step.get("uses", "").startswith("actions/upload-artifact@")
        for line in step["with"]["path"].split()
    ]
    assert kept == [
        "cdktf.out/manifest.json",
        "cdktf.out/stacks/*/cdk.tf.json",
        "cdktf.out/stacks/*/assets",
        "recordings.patch",
    ]


def test_code_of_a_fork_gets_no_identity() -> None:
    """What comes after the job `choose` needs it, and is skipped with it."""
    found = jobs(FOLDER / "workflows" / "plan.yml")
    assert (
        "github.event.pull_request.head.repo.full_name == github.repository"
        in (found["choose"]["if"])
    )
    assert found["plan"]["needs"] == "choose"


def test_whoever_signs_in_to_azure_is_in_an_environment() -> None:
    """By its name Azure knows the job."""
    signs_in = {
        f"{path.stem}/{name}": "environment" in job
        for path in WORKFLOWS
        for name, job in jobs(path).items()
        if "./.github/actions/azure" in [step.get("uses") for step in job.get("steps", ())]
    }
    assert signs_in == {
        "plan/plan": True,
        "deploy-stack/plan": True,
        "deploy-stack/apply": True,
        "deploy-stack/discard": True,
        "drift/drift": True,
    }


def test_two_jobs_never_have_one_state() -> None:
    groups = {
        f"{path.stem}/{name}": job["concurrency"]["group"]
        for path in WORKFLOWS
        for name, job in jobs(path).items()
        if "concurrency" in job
    }
    assert groups == {
        "deploy-stack/apply": "state-${{ inputs.stack }}",
        "drift/drift": "state-${{ matrix.stack.stack }}",
    }


def test_stacks_are_deployed_in_their_order() -> None:
    found = jobs(FOLDER / "workflows" / "deploy.yml")
    kinds = [name for name in found if name != "choose"]
    assert kinds == list(STACKS)
    assert [found[kind]["needs"] for kind in kinds] == [
        ["choose", *kinds[:number]] for number in range(len(kinds))
    ]


def test_the_modules_that_are_run_are_there() -> None:
    found = {
        name
        for path in FILES
        for each in runs(path)
        for name in re.findall(r"-m (tools\.[\w.]+)", each)
    }
    assert {
        name for name in found if not (ROOT / f"{name.replace('.', '/')}.py").is_file()
    } == set()
    assert len(found) >= 6


def test_azure_devops_runs_what_is_there_and_nothing_that_people_write() -> None:
    """Its form is judged by check-jsonschema, by hand: docs/pipelines.md."""
    text = (ROOT / "azure-pipelines.yml").read_text()
    commands = re.findall(r"(?:inlineScript|script): (.+)", text)
    assert len(commands) > 5
    assert [each for each in commands if "${{" in each or "$(" in each] == []
    for each in commands:
        for module in re.findall(r"-m (tools\.[\w.]+)", each):
            assert (ROOT / f"{module.replace('.', '/')}.py").is_file(), module
        for program in re.findall(r"\btools/pipeline/[\w-]+", each):
            assert os.access(ROOT / program, os.X_OK), program
