"""The states of the original's two projects, read and checked; tests/acceptance plans with them."""

import json
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.adoption import command
from app.adoption.kept import kept
from app.adoption.original import State
from app.errors import UserError
from main import main
from settings import Settings
from tests.original import RECORDED

Json = dict[str, Any]


def _written(folder: Path, content: object) -> Path:
    file = folder / "old.tfstate"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return file


def _refused(stack: str, file: Path) -> list[str]:
    with pytest.raises(UserError) as refused:
        State.read(stack, file)
    return [str(each).replace(str(file), "FILE") for each in refused.value.problems]


def _aks() -> Json:
    content: Json = json.loads(RECORDED["aks"].read_text())
    return content


@pytest.mark.parametrize("stack", ["aks", "istio"])
def test_what_the_original_has_written_is_taken(stack: str) -> None:
    assert State.read(stack, RECORDED[stack]).stack == stack


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert _refused("aks", tmp_path / "none.tfstate") == [
        "FILE: allowed: a state of the original's project aks-tf: No such file or directory; fix:"
        " in its folder: terraform state pull > aks.tfstate, and name that file"
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "it is not JSON"),
        ("{", "it is not JSON"),
        ("null", "it is no whole state of version 4"),
        ('{"version": 3}', "it is no whole state of version 4"),
        ('{"version": 4, "resources": "nonsense"}', "it is no whole state of version 4"),
        ('{"version": 4, "resources": [{}]}', "it is no whole state of version 4"),
        ('{"version": 4, "encrypted_data": "x"}', "it is encrypted"),
        ('{"version": 4, "resources": []}', "it has nothing that the project makes"),
    ],
)
def test_what_is_no_state_is_refused_in_one_line(tmp_path: Path, content: str, what: str) -> None:
    assert _refused("istio", _written(tmp_path, content)) == [
        f"FILE: allowed: a state of the original's project istio-tf: {what}; fix: in its folder:"
        " terraform state pull > istio.tfstate, and name that file"
    ]


def test_a_folder_is_no_state(tmp_path: Path) -> None:
    (line,) = _refused("aks", tmp_path)
    assert "Is a directory" in line


def test_states_that_are_exchanged_are_told_so_in_one_line() -> None:
    assert _refused("istio", RECORDED["aks"]) == [
        "FILE: allowed: the state of istio-tf; this is that of aks-tf; fix: exchange the two"
    ]


def test_a_resource_of_ones_own_is_named_with_the_way_out(tmp_path: Path) -> None:
    content = _aks()
    content["resources"].append(
        {
            "mode": "managed",
            "type": "azurerm_log_analytics_workspace",
            "name": "mine",
            "instances": [{"attributes": {}}],
        }
    )
    assert _refused("aks", _written(tmp_path, content)) == [
        "FILE: azurerm_log_analytics_workspace.mine: allowed: what the original makes: this is"
        " somebody's own, and a plan of ours would destroy it; fix: give it a state of its own"
        " before: terraform state mv -state=FILE -state-out=own.tfstate"
        " azurerm_log_analytics_workspace.mine azurerm_log_analytics_workspace.mine"
    ]


def test_a_resource_that_is_missing_is_named(tmp_path: Path) -> None:
    content = _aks()
    content["resources"] = [each for each in content["resources"] if each["name"] != "ingress"]
    assert _refused("aks", _written(tmp_path, content)) == [
        "FILE: azurerm_kubernetes_cluster_node_pool.ingress: allowed: the state of aks-tf with all"
        " that it makes; this is not in it; fix: apply the original once more, and take its state"
        " then: terraform state pull"
    ]


def test_what_only_terraform_knew_is_forgotten() -> None:
    assert State.read("istio", RECORDED["istio"]).forgotten() == [
        "helm_release.istiod",
        "helm_release.prometheus",
        "kubectl_manifest.prometheus",
        "random_id.front_door_endpoint_name",
    ]


def test_a_name_with_an_apostrophe_can_be_pasted_into_a_shell(tmp_path: Path) -> None:
    content = _aks()
    mine = {"mode": "managed", "type": "azurerm_dns_zone", "name": "own"}
    content["resources"].append(mine | {"instances": [{"index_key": "it's", "attributes": {}}]})
    (line,) = _refused("aks", _written(tmp_path, content))
    assert shlex.split(line.partition("; fix: ")[2].partition(": terraform")[2])[-1] == (
        'azurerm_dns_zone.own["it\'s"]'
    )


def test_without_files_both_variables_are_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["--adopt", "", ""]) == 2
    assert [line.partition(":")[0] for line in capsys.readouterr().err.splitlines()] == [
        "AKS_STATE",
        "ISTIO_STATE",
    ]


def test_a_settings_file_that_is_there_is_told_before_anybody_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("adopted.toml").touch()
    assert main(["--adopt", "a.tfstate", "b.tfstate"]) == 2
    assert capsys.readouterr().err == (
        "adopted.toml: allowed: no such file yet; fix: move it out of the way\n"
    )


@pytest.mark.parametrize("attributes", [{}, {"default_node_pool": []}, {"default_node_pool": 1}])
def test_a_state_without_an_argument_is_refused_in_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    attributes: Json,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "sign_in", lambda _: None)
    monkeypatch.setattr(command, "address", lambda *_: "10.52.0.4")
    Path("settings.toml").touch()
    content = _aks()
    (cluster,) = (r for r in content["resources"] if r["type"] == "azurerm_kubernetes_cluster")
    cluster["instances"][0]["attributes"] = attributes
    file = _written(tmp_path, content)
    assert main(["--adopt", str(file), str(RECORDED["istio"])]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "states with every argument that azurerm and helm write; one is missing" in said
    assert sorted(each.name for each in tmp_path.iterdir()) == ["old.tfstate", "settings.toml"]


def _kept(change: Json, settings: str = "") -> Json:
    """What is kept of the original's default pool, with other attributes, over some settings."""
    content = _aks()
    (cluster,) = (r for r in content["resources"] if r["type"] == "azurerm_kubernetes_cluster")
    cluster["instances"][0]["attributes"]["default_node_pool"][0] |= change
    aks = State("aks", Path("aks.tfstate"), content)
    istio = State.read("istio", RECORDED["istio"])
    base = Settings.model_validate(tomllib.loads(settings))
    pools: Json = kept(aks, istio, "10.52.0.4", base)["node_pools"]
    return pools


def test_a_pool_as_the_original_makes_it_needs_no_key() -> None:
    below = "node_pools.system.zones = ['1', '2']"
    assert _kept({}, below) == {"ingress": {"dedicated": False}}


def test_what_a_pool_has_not_is_kept_as_well() -> None:
    below = "node_pools.system.zones = ['1', '2']"
    assert _kept({"zones": [], "max_pods": 30, "max_count": 9}, below)["system"] == {
        "zones": [],
        "max_pods": 30,
        "max_count": 9,
    }
