"""The states of the original's two projects, read and checked; tests/acceptance plans with them."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.adoption.original import State
from app.errors import UserError
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
        "FILE: allowed: a state of the original's project aks-tf: there is no such file; fix: in"
        " its folder: terraform state pull > aks.tfstate, and name that file"
    ]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 3}', "null"])
def test_what_is_no_state_is_refused_in_one_line(tmp_path: Path, content: str) -> None:
    (line,) = _refused("istio", _written(tmp_path, content))
    assert line.startswith("FILE: allowed: a state of the original's project istio-tf: ")


def test_the_states_may_not_be_exchanged() -> None:
    lines = _refused("istio", RECORDED["aks"])
    assert "azurerm_cdn_frontdoor_profile.my_front_door: allowed: the state of istio-tf" in lines[3]


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
        " 'azurerm_log_analytics_workspace.mine' 'azurerm_log_analytics_workspace.mine'"
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
