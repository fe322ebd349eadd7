"""`make identities` prints what makes the pipelines' identities, and runs nothing."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from app.cluster_reader import release_namespaces
from app.errors import UserError
from app.identities import script
from settings import Environment, load_environments
from stacks.app import synthesize
from tests.fake_programs import programs
from tests.rendering import ROOT
from tests.synthesis import Json, settings_text

SUBSCRIPTION = "00000000-0000-0000-0000-000000000009"
BACKEND = f"""
subscription_id = "{SUBSCRIPTION}"
[backend]
type = "azurerm"
storage_account_name = "contosostates"
container_name = "states"
resource_group_name = "terraform-states"
"""
GROUPS = f"/subscriptions/{SUBSCRIPTION}/resourceGroups"
CONTAINER = (
    f"{GROUPS}/terraform-states/providers/Microsoft.Storage/storageAccounts/contosostates"
    "/blobServices/default/containers/states"
)
CLOSED = """
[access]
local_accounts = false
azure_rbac = true
admins = ["00000000-0000-0000-0000-000000000001"]
"""
ANSWERS = {
    "gh api repos/contoso/mesh/actions/oidc": "repo:contoso@12/mesh@34",
    "gh api user": "7",
    "az group exists": "true",
    "az aks list": "its id",
    "az identity create": "principal",
    "az identity show": "client",
}


def _production(folder: Path) -> Environment:
    file = folder / "production.toml"
    backend = BACKEND.replace(f'subscription_id = "{SUBSCRIPTION}"', "")
    text = (ROOT / "settings.production.toml").read_text() + backend
    file.write_text(text.replace('extends = "settings.toml"', f'extends = "{ROOT}/settings.toml"'))
    (environment,) = load_environments([file])
    return environment


def _calls(folder: Path, patch: pytest.MonkeyPatch, text: str, **answers: str) -> list[str]:
    """What is called when what is printed is run."""
    printed = "\n".join(script(load_environments([settings_text(folder, text)]), "contoso/mesh"))
    names = ("az", "gh", "kubectl", "kubelogin")
    made = programs(folder / "bin", patch, *names, answers=ANSWERS | answers)
    subprocess.run(["sh"], input=printed, text=True, check=True, capture_output=True)
    return made.calls()


def _granted(calls: list[str], number: int) -> list[str]:
    """The roles of the identity of that number, each with what it is for and its condition."""
    begins = [at for at, call in enumerate(calls) if call.startswith("az identity create")]
    ends = [*begins[1:], len(calls)]
    return [
        re.sub(r" --condition-version 2.0 --condition .*", " (condition)", call)
        .replace("az role assignment create --role ", "")
        .replace(" --assignee-object-id principal --assignee-principal-type ServicePrincipal", "")
        .replace(" --output none", "")
        for call in calls[begins[number] : ends[number]]
        if call.startswith("az role assignment")
    ]


def test_who_plans_pull_requests_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _granted(_calls(tmp_path, monkeypatch, BACKEND + CLOSED), 0) == [
        f"Reader --scope {GROUPS}/istio-aks",
        f"Azure Kubernetes Service Cluster User Role --scope {GROUPS}/istio-aks",
        f"Storage Blob Data Reader --scope {CONTAINER}",
    ]


def test_who_plans_the_main_branch_may_leave_plans(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = _calls(tmp_path, monkeypatch, BACKEND + CLOSED)
    assert (
        _granted(calls, 1)[-1] == f"Storage Blob Data Contributor --scope {CONTAINER} (condition)"
    )
    assert _granted(calls, 1)[:-1] == _granted(calls, 0)
    (line,) = [each for each in calls if "StringLike" in each]
    blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"
    assert line.partition(" --condition (")[2] == (
        f"(!(ActionMatches{{'{blobs}/write'}}) AND !(ActionMatches{{'{blobs}/add/action'}})"
        f" AND !(ActionMatches{{'{blobs}/delete'}}) AND !(ActionMatches{{'{blobs}/move/action'}}))"
        f" OR (@Resource[{blobs}:path] StringLike 'plans/*'))"
    )


def test_who_deploys_makes_nobody_an_administrator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _granted(_calls(tmp_path, monkeypatch, BACKEND + CLOSED), 2) == [
        f"Contributor --scope /subscriptions/{SUBSCRIPTION}",
        "Role Based Access Control Administrator"
        f" --scope /subscriptions/{SUBSCRIPTION} (condition)",
        f"Storage Blob Data Contributor --scope {CONTAINER}",
    ]


def test_in_a_group_that_exists_nobody_gets_the_subscription(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"existing.resource_group = true\n{BACKEND}"
    calls = _calls(tmp_path, monkeypatch, text)
    scopes = {each.partition(" --scope ")[2].split()[0] for each in calls if "--scope" in each}
    assert scopes == {f"{GROUPS}/istio-aks", CONTAINER}


def test_each_identity_is_trusted_in_its_own_environments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = _calls(tmp_path, monkeypatch, f'environment = "prod"\n{BACKEND}{CLOSED}')
    trusted = [each for each in calls if "federated-credential" in each]
    assert [
        re.findall(r"--identity-name (\S+) .* --subject (\S+)", each)[0] for each in trusted
    ] == [
        ("istio-aks-prod-plan", "repo:contoso@12/mesh@34:environment:prod-plan"),
        ("istio-aks-prod-preview", "repo:contoso@12/mesh@34:environment:prod-preview"),
        ("istio-aks-prod-deploy", "repo:contoso@12/mesh@34:environment:prod-aks"),
        ("istio-aks-prod-deploy", "repo:contoso@12/mesh@34:environment:prod-istio"),
    ]


def test_without_a_subject_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = "\n".join(script(load_environments([settings_text(tmp_path, BACKEND)]), "a/b"))
    made = programs(tmp_path / "bin", monkeypatch, "az", "gh", answers={"gh": "null"})
    done = subprocess.run(["sh"], input=printed, text=True, check=False, capture_output=True)
    assert done.returncode == 1
    assert "set SUBJECT=repo:a/b, or repo:OWNER@ID/NAME@ID" in done.stderr
    assert not [each for each in made.calls() if each.startswith("az")]


def test_a_group_that_is_not_there_yet_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = _calls(tmp_path, monkeypatch, BACKEND + CLOSED, **{"az group exists": "false"})
    assert _granted(calls, 0) == [f"Storage Blob Data Reader --scope {CONTAINER}"]


def test_with_the_clusters_key_in_the_state_pull_requests_get_no_identity(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = _calls(tmp_path, monkeypatch, BACKEND)
    named = [each.split()[8] for each in calls if each.startswith("az identity create")]
    assert named == ["istio-aks-preview", "istio-aks-deploy"]


def test_with_entra_and_local_accounts_the_administrators_credentials_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = 'cluster.admin_group_object_ids = ["00000000-0000-0000-0000-000000000001"]\n'
    granted = _granted(_calls(tmp_path, monkeypatch, group + BACKEND), 0)
    assert f"Azure Kubernetes Service Cluster Admin Role --scope {GROUPS}/istio-aks" in granted


@pytest.mark.parametrize("repository", ["", "mesh", "a/b/c", "a/b; rm"])
def test_what_is_no_repository_is_refused(tmp_path: Path, repository: str) -> None:
    environments = load_environments([settings_text(tmp_path, BACKEND)])
    with pytest.raises(UserError) as refused:
        script(environments, repository)
    assert str(refused.value) == (
        f'REPOSITORY = "{repository}": allowed: the repository on GitHub, as owner/name; fix: write'
        " REPOSITORY=owner/name"
    )


def test_in_production_what_the_stack_makes_in_the_cluster_can_be_read(tmp_path: Path) -> None:
    """The rest is tried on kube-apiserver: tests/rights."""
    environment = _production(tmp_path)
    synthesize([environment], ["prod-istio"], tmp_path / "out")
    text = (tmp_path / "out/stacks/prod-istio/cdk.tf.json").read_text()
    resources: Json = yaml.safe_load(text)["resource"]
    made = resources["kubernetes_namespace_v1"]
    named = {
        f"${{kubernetes_namespace_v1.{id_}.metadata[0].name}}": each["metadata"]["name"]
        for id_, each in made.items()
    }
    releases = {each["namespace"] for each in resources["helm_release"].values()}
    assert {named.get(each, each) for each in releases} == set(
        release_namespaces(environment.settings)
    )
    assert {kind for kind in resources if kind.startswith("kubernetes_")} == {
        "kubernetes_labels",
        "kubernetes_limit_range_v1",
        "kubernetes_namespace_v1",
        "kubernetes_resource_quota_v1",
        "kubernetes_role_binding_v1",
    }
