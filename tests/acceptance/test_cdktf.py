"""`cdktf deploy` and `cdktf destroy`, which is what a user types."""

from pathlib import Path

import pytest

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.stand_in import running
from tests.acceptance.command_line import run_cdktf, write_app
from tests.acceptance.project import ROOT


def test_deploy_makes_both_stacks_and_destroy_removes_them(
    authority: Authority, tmp_path: Path
) -> None:
    write_app(tmp_path)
    with running(authority) as azure:
        environment = azure.environment | {
            "SETTINGS": str(ROOT / "settings.toml"),
            "PYTHONPATH": str(ROOT),
            "CI": "1",
            "DISABLE_VERSION_CHECK": "1",
        }
        variables = tmp_path / ".tfvars"
        variables.write_text('agents_size = "Standard_D3_v2"')
        said = run_cdktf(tmp_path, environment, "deploy", f"--var-file={variables}")
        assert "Apply complete! Resources: 9 added, 0 changed, 0 destroyed." in said
        assert "Apply complete! Resources: 5 added, 0 changed, 0 destroyed." in said
        assert "url = https://afd-190bdfc2a599e681-" in said
        writes = [each for each in azure.recording.writes() if each.startswith("PUT")]
        assert len(writes) == len(set(writes)) == 14
        assert writes[0].endswith("/resourceGroups/istio-aks")
        assert writes[-1].endswith("/routes/MyRoute")
        pool = azure.recording.body("PUT", "*/agentPools/user")
        assert pool["properties"]["vmSize"] == "Standard_D3_v2"
        said = run_cdktf(tmp_path, environment, "destroy")
        assert "Destroy complete! Resources: 5 destroyed." in said
        assert "Destroy complete! Resources: 9 destroyed." in said
        assert azure.store.ids() == []


@pytest.mark.every
def test_deploy_makes_two_environments_one_after_the_other(
    authority: Authority, tmp_path: Path
) -> None:
    write_app(tmp_path)
    for name in ("b", "a"):
        (tmp_path / f"{name}.toml").write_text(
            f'environment = "{name}"\nstacks = ["aks"]\nnames.resource_group = "{name}"\n'
        )
    with running(authority) as azure:
        environment = azure.environment | {
            "SETTINGS": "b.toml,a.toml",
            "PYTHONPATH": str(ROOT),
            "CI": "1",
            "DISABLE_VERSION_CHECK": "1",
        }
        run_cdktf(tmp_path, environment, "deploy", "--parallelism=1", stacks=("b-aks", "a-aks"))
        made = [each for each in azure.recording.writes() if each.startswith("PUT")]
        groups = [each.split("/resourceGroups/")[1].split("/")[0] for each in made]
        assert groups == ["b"] * 9 + ["a"] * 9
    assert (tmp_path / "terraform.a.aks.tfstate").exists()
    assert (tmp_path / "terraform.b.aks.tfstate").exists()
