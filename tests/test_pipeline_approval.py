"""The step that approves Front Door's connections."""

import json
from pathlib import Path

import pytest

from stacks.istio_outputs import _approve
from tests.fake_programs import Programs, programs
from tests.synthesis import settings_text
from tools.pipeline.approve import main

SERVICE = "/subscriptions/1/resourceGroups/nodes/providers/x/privateLinkServices/istio-ingress"
LIST = f"az network private-endpoint-connection list --id {SERVICE} --query "
_STATE = "[?properties.privateLinkServiceConnectionState."
WAITING, APPROVED = (f"{LIST}{_STATE}status=='{each}'" for each in ("Pending", "Approved"))
ONE = "/connections/one\n"


def _programs(folder: Path, patch: pytest.MonkeyPatch, *, manual: bool, **az: str) -> Programs:
    patch.setenv("SETTINGS", str(settings_text(folder, 'environment = "prod"')))
    patch.setenv("CDKTF_OUTDIR", str(folder / "out"))
    (folder / "out/stacks/prod-istio").mkdir(parents=True)
    value = {"approve_private_endpoint": {"value": _approve(SERVICE, "mine")}} if manual else {}
    answers = {"terraform": json.dumps(value), WAITING: az.get("waiting", "")}
    answers[APPROVED] = az.get("approved", "")
    return programs(folder / "bin", patch, "terraform", "az", answers=answers)


def test_what_waits_is_approved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _programs(tmp_path, monkeypatch, manual=True, waiting=ONE, approved=ONE)
    assert main(["prod-istio"]) == 0
    assert [each for each in made.calls() if " approve " in each] == [
        "az network private-endpoint-connection approve --description mine --id /connections/one"
    ]


def test_what_was_approved_before_is_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _programs(tmp_path, monkeypatch, manual=True, approved=ONE)
    assert main(["prod-istio"]) == 0
    assert not [each for each in made.calls() if " approve " in each]


def test_a_connection_that_does_not_come_fails_the_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _programs(tmp_path, monkeypatch, manual=True)
    assert main(["prod-istio", "--seconds", "0"]) == 1
    assert capsys.readouterr().err.startswith("no connection has come: run this again later\naz ")


def test_where_it_is_automatic_azure_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _programs(tmp_path, monkeypatch, manual=False)
    assert main(["prod-istio"]) == 0
    assert [each.partition(" ")[0] for each in made.calls()] == ["terraform"]


def _refused(patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stack: str) -> str:
    assert main([stack]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


@pytest.mark.parametrize("stack", ["../../..", "nope", ""])
def test_a_stack_that_the_settings_do_not_have_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    stack: str,
) -> None:
    made = _programs(tmp_path, monkeypatch, manual=False)
    assert _refused(monkeypatch, capsys, stack) == (
        f"stack {stack}: allowed: one of the stacks prod-aks, prod-istio; fix: name one\n"
    )
    assert made.calls() == []


def test_a_stack_that_was_not_written_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _programs(tmp_path, monkeypatch, manual=False)
    assert _refused(monkeypatch, capsys, "prod-aks") == (
        f"{tmp_path}/out/stacks/prod-aks: it is not there: allowed: a stack that was planned or"
        " deployed from this folder; fix: make plan STACK=prod-aks, with the same SETTINGS\n"
    )


def test_what_terraform_cannot_read_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _programs(tmp_path, monkeypatch, manual=False)
    failing = (
        "#!/bin/sh\nprintf '\\n| Error: Backend initialization required\\n| more\\n' >&2; exit 1\n"
    )
    (tmp_path / "bin/terraform").write_text(failing)
    assert _refused(monkeypatch, capsys, "prod-istio") == (
        f"{tmp_path}/out/stacks/prod-istio: Backend initialization required: allowed: a stack that"
        " was planned or deployed from this folder; fix: make plan STACK=prod-istio, with the same"
        " SETTINGS\n"
    )
