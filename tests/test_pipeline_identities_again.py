"""The lines of `make identities` where something is there already, and with odd names."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from app.identities import script
from app.shell_lines import WIDTH, broken
from settings import load_environments
from tests.fake_programs import programs
from tests.synthesis import Json, settings_text
from tests.test_pipeline_identities import ANSWERS, BACKEND, CLOSED, SUBSCRIPTION

NAMES = ("az", "gh", "kubectl", "kubelogin")
GROUP = "00000000-0000-0000-0000-000000000001"
AT = f"--subscription {SUBSCRIPTION} --resource-group istio-aks --name istio-aks"
ADDED = f"az ad group member add --group {GROUP} --member-id principal"
PRODUCTION = f"environment = 'prod'\n{BACKEND}{CLOSED}"
# Lists what is in a file, through the filter of --jq; keeps what a PUT sends.
GH = """#!/bin/sh
case "$*" in
    *oidc*) echo repo:contoso/mesh ;;
    "api user"*) echo 7 ;;
    *"environments?"*) jq --compact-output "$5" "$THERE" ;;
    *PUT*) cat > "$SENT/${7##*/}" ;;
esac
"""


def _printed(folder: Path, text: str) -> str:
    return "\n".join(script(load_environments([settings_text(folder, text)]), "contoso/mesh"))


def _calls(folder: Path, patch: pytest.MonkeyPatch, **answers: str) -> list[str]:
    answered = ANSWERS | {name.replace("_", " "): said for name, said in answers.items()}
    made = programs(folder / "bin", patch, *NAMES, answers=answered)
    printed = _printed(folder, BACKEND + CLOSED)
    subprocess.run(["sh"], input=printed, text=True, check=True, capture_output=True)
    return made.calls()


def test_a_member_is_added_where_it_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ADDED in _calls(tmp_path, monkeypatch, az_ad_group_member_check="false")


def test_a_member_is_not_added_again_which_azure_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = _calls(tmp_path, monkeypatch, az_ad_group_member_check="true")
    assert ADDED not in calls
    assert calls[-1].startswith("kubectl ")


def test_the_id_of_a_group_is_asked_for_as_entra_writes_it(tmp_path: Path) -> None:
    text = BACKEND + CLOSED.replace("-000000000001", "-00000000ABCD")
    assert "check --group 00000000-0000-0000-0000-00000000abcd " in _printed(tmp_path, text)


def test_kubectl_is_told_the_cluster_and_asks_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    credentials, login, apply = _calls(tmp_path, monkeypatch)[-3:]
    begin, _, rest = credentials.partition(" --file ")
    file = rest.removesuffix(" --only-show-errors")
    assert begin == f"az aks get-credentials {AT}"
    assert login == f"kubelogin convert-kubeconfig --kubeconfig {file} --login azurecli"
    assert apply == f"kubectl --kubeconfig {file} apply --filename -"
    assert not Path(file).parent.exists()


@pytest.mark.parametrize("missing", [{"az_group_exists": "false"}, {"az_aks_list": ""}])
def test_before_the_cluster_is_there_nothing_is_written_into_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: dict[str, str]
) -> None:
    calls = _calls(tmp_path, monkeypatch, **missing)
    assert not [each for each in calls if each.startswith(("kubectl", "kubelogin"))]


def _sent(folder: Path, patch: pytest.MonkeyPatch, there: list[Json]) -> dict[str, Json]:
    """What each environment of GitHub's is made to be, where these are there."""
    programs(folder / "bin", patch, *NAMES, answers=ANSWERS)
    (folder / "bin/gh").write_text(GH)
    (folder / "sent").mkdir()
    (folder / "there").write_text(json.dumps({"environments": there}))
    patch.setenv("THERE", str(folder / "there"))
    patch.setenv("SENT", str(folder / "sent"))
    printed = _printed(folder, PRODUCTION)
    subprocess.run(["sh"], input=printed, text=True, check=True, capture_output=True)
    return {file.name: json.loads(file.read_text()) for file in (folder / "sent").iterdir()}


ME = {"type": "User", "id": 7}
PROTECTED = {"protected_branches": True, "custom_branch_policies": False}
needs_jq = pytest.mark.skipif(shutil.which("jq") is None, reason="gh has it built in; here jq does")


def test_an_environment_that_is_made_has_a_reviewer_and_protected_branches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _sent(tmp_path, monkeypatch, []) == {
        "prod-plan": {"deployment_branch_policy": None, "reviewers": [ME]},
        "prod-preview": {"deployment_branch_policy": PROTECTED},
        "prod-aks": {"deployment_branch_policy": PROTECTED, "reviewers": [ME]},
        "prod-istio": {"deployment_branch_policy": PROTECTED, "reviewers": [ME]},
    }


@needs_jq
def test_an_environment_keeps_what_a_team_has_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = {"protected_branches": False, "custom_branch_policies": True}
    asked = [
        {"type": "Team", "reviewer": {"id": 11, "slug": "platform"}},
        {"type": "User", "reviewer": {"id": 5, "login": "somebody"}},
    ]
    rules = [
        {"type": "wait_timer", "wait_timer": 30},
        {"type": "required_reviewers", "prevent_self_review": True, "reviewers": asked},
        {"type": "branch_policy"},
    ]
    there = {"name": "prod-aks", "protection_rules": rules, "deployment_branch_policy": chosen}
    assert _sent(tmp_path, monkeypatch, [there])["prod-aks"] == {
        "deployment_branch_policy": chosen,
        "prevent_self_review": True,
        "reviewers": [{"type": "Team", "id": 11}, {"type": "User", "id": 5}],
        "wait_timer": 30,
    }


@needs_jq
def test_an_environment_that_github_has_made_without_rules_gets_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job that names one that is not there makes it, and nothing protects it."""
    bare: Json = {"name": "prod-aks", "protection_rules": [], "deployment_branch_policy": None}
    assert _sent(tmp_path, monkeypatch, [bare])["prod-aks"] == {
        "deployment_branch_policy": PROTECTED,
        "reviewers": [ME],
    }


def test_names_with_parentheses_are_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = programs(tmp_path / "bin", monkeypatch, *NAMES, answers=ANSWERS)
    text = PRODUCTION.replace("terraform-states", "states(1)")
    printed = _printed(tmp_path, f'names.resource_group = "shop(1)"\n{text}')
    assert subprocess.run(["sh", "-n"], input=printed, text=True, check=False).returncode == 0
    subprocess.run(["sh"], input=printed, text=True, check=True, capture_output=True)
    calls = made.calls()
    assert f"az group exists --subscription {SUBSCRIPTION} --name shop(1)" in calls
    assert any(f"--scope /subscriptions/{SUBSCRIPTION}/resourceGroups/shop(1) " in c for c in calls)
    assert any(" --resource-group states(1) " in each for each in calls)


def test_lines_are_short_enough_to_be_read(tmp_path: Path) -> None:
    lines = _printed(tmp_path, PRODUCTION).splitlines()
    # An id of Azure's is one word.
    assert [each for each in lines if len(each) > WIDTH + 2 and "/providers/" not in each] == []


def test_a_break_changes_nothing_of_what_a_command_is_told() -> None:
    option = ' --condition "a \'b c\' AND  d --e" --policy \'{"x":  "y --z"}\''
    command = f"printf %s.%s.%s.%s.%s.%s.%s.%s.%s{option * 3}"
    made = broken(command)
    assert len(made.splitlines()) > 1
    said = [
        subprocess.run(["sh", "-c", each], capture_output=True, text=True, check=True).stdout
        for each in (command, made)
    ]
    assert said[0] == said[1]
