"""Stacks in a wrong order are refused before Terraform starts."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.errors import UserError
from app.order import refuse_too_early, refuse_too_late
from main import main
from settings import Environment, load_environments

FOUR = 'stacks = ["edge", "aks", "istio", "traffic"]\n'
SERVICE = (
    "/subscriptions/s/resourceGroups/mc_{0}_{0}_westeurope/providers/Microsoft.Network"
    "/privateLinkServices/istio-ingress"
)


def _environments(folder: Path, *texts: str) -> list[Environment]:
    files = [folder / f"{number}.toml" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text)
    return load_environments(files)


def _deployed(folder: Path, *names: str, cluster: str = "istio-aks") -> None:
    for name in names:
        made = {"mode": "managed", "target": SERVICE.format(cluster)}
        state = {"resources": [made, {"mode": "data"}]}
        (folder / f"terraform.{name}.tfstate").write_text(json.dumps(state))


def _lines(refused: "pytest.ExceptionInfo[UserError]") -> list[str]:
    return [f"{each.source}: {each.allowed}" for each in refused.value.problems]


@pytest.mark.parametrize(
    ("chosen", "missing"),
    [
        (["istio"], ["edge", "aks"]),
        (["istio", "aks"], ["edge"]),
        (["traffic"], ["edge", "istio"]),
        (["traffic", "edge"], ["istio"]),
    ],
)
def test_nothing_is_deployed_before_what_it_needs(
    tmp_path: Path, chosen: Sequence[str], missing: Sequence[str]
) -> None:
    with pytest.raises(UserError) as refused:
        refuse_too_early(_environments(tmp_path, FOUR), chosen, tmp_path)
    assert _lines(refused) == [
        f"stack {chosen[0]}: after {each}, which is not deployed" for each in missing
    ]


@pytest.mark.parametrize("chosen", [["edge"], ["aks"], ["edge", "aks", "istio", "traffic"]])
def test_what_needs_nothing_may_be_deployed(tmp_path: Path, chosen: Sequence[str]) -> None:
    refuse_too_early(_environments(tmp_path, FOUR), chosen, tmp_path)


def test_what_it_needs_may_be_there_already(tmp_path: Path) -> None:
    _deployed(tmp_path, "edge", "istio")
    refuse_too_early(_environments(tmp_path, FOUR), ["traffic"], tmp_path)


def test_a_state_with_nothing_in_it_is_no_deployment(tmp_path: Path) -> None:
    (tmp_path / "terraform.aks.tfstate").write_text('{"resources": [{"mode": "data"}]}')
    with pytest.raises(UserError):
        refuse_too_early(_environments(tmp_path, ""), ["istio"], tmp_path)


@pytest.mark.parametrize(
    ("chosen", "line"),
    [
        ("edge", "stack edge: after istio, which is deployed and needs it"),
        ("aks", "stack aks: after istio, which is deployed and needs it"),
    ],
)
def test_nothing_is_destroyed_that_another_needs(tmp_path: Path, chosen: str, line: str) -> None:
    _deployed(tmp_path, "edge", "aks", "istio")
    with pytest.raises(UserError) as refused:
        refuse_too_late(_environments(tmp_path, FOUR), [chosen], tmp_path)
    assert _lines(refused) == [line]


@pytest.mark.parametrize("chosen", [["istio"], ["istio", "aks"]])
def test_a_cluster_that_clients_are_sent_to_is_not_destroyed(
    tmp_path: Path, chosen: Sequence[str]
) -> None:
    _deployed(tmp_path, "istio", "traffic")
    with pytest.raises(UserError, match="after traffic has let go of its cluster"):
        refuse_too_late(_environments(tmp_path, FOUR), chosen, tmp_path)


def test_nor_where_the_traffic_is_another_files(tmp_path: Path) -> None:
    edge = 'environment = "prod"\nstacks = ["edge", "traffic"]\nnames.cluster = "x"\n'
    blue = 'environment = "blue"\nexisting.edge = true\nnames.resource_group = "blue"\n'
    environments = _environments(tmp_path, edge, f'{blue}names.cluster = "blue"')
    _deployed(tmp_path, "prod.traffic", cluster="blue")
    with pytest.raises(UserError, match="after prod-traffic has let go of its cluster"):
        refuse_too_late(environments, ["blue-istio"], tmp_path)


def test_a_cluster_that_traffic_has_left_may_go(tmp_path: Path) -> None:
    _deployed(tmp_path, "istio")
    _deployed(tmp_path, "traffic", cluster="green")
    refuse_too_late(_environments(tmp_path, FOUR), ["istio"], tmp_path)


def test_all_at_once_may_go(tmp_path: Path) -> None:
    _deployed(tmp_path, "edge", "aks", "istio", "traffic")
    chosen = ["edge", "aks", "istio", "traffic"]
    refuse_too_late(_environments(tmp_path, FOUR), chosen, tmp_path)


def test_a_state_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "terraform.aks.tfstate").write_text("{")
    with pytest.raises(UserError, match="stack aks: allowed: a state that can be read"):
        refuse_too_early(_environments(tmp_path, ""), ["istio"], tmp_path)


def test_a_state_in_azure_is_asked_for_with_the_keys_of_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "terraform"
    program.write_text(
        '#!/bin/sh\n[ "$1" = init ] && cp state.tf.json "$OUT" && exit\n'
        'echo \'{"resources": [{"mode": "managed"}]}\'\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", str(program))
    monkeypatch.setenv("OUT", str(tmp_path / "seen.json"))
    text = 'backend = { type = "azurerm", storage_account_name = "abc", container_name = "state" }'
    refuse_too_early(_environments(tmp_path, text), ["istio"], tmp_path)
    seen = json.loads((tmp_path / "seen.json").read_text())["terraform"]["backend"]["azurerm"]
    assert seen == {
        "storage_account_name": "abc",
        "container_name": "state",
        "key": "aks.tfstate",
        "use_azuread_auth": True,
    }


def test_a_plan_that_comes_too_early_is_no_failure(
    tmp_path: Path,
    a_terraform: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "settings.toml").write_text('stacks = ["aks", "istio"]')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CDKTF_OUTDIR", str(tmp_path / "cdktf.out"))
    assert main(["--plan", "istio"]) == 3
    assert capsys.readouterr().out.endswith(
        "note: stack istio: can be planned after aks, which is not deployed\n"
    )
