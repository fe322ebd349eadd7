"""Which deploys are planned first: those that change a control plane, or who follows which."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.errors import UserError
from app.upgrade_guard import refuse_unsupported, with_changed_releases
from settings import load_environments
from tests.synthesis import settings_text

Json = dict[str, Any]
SETTINGS = 'istio.version = "1.30.4"\n'


def _resource(type_: str, **attributes: object) -> Json:
    return {"mode": "managed", "type": type_, "instances": [{"attributes": attributes}]}


def _release(name: str, chart: str, version: str, **values: object) -> Json:
    return _resource(
        "helm_release", name=name, chart=chart, version=version, values=[yaml.safe_dump(values)]
    )


DEPLOYED = [
    _release("istiod", "istiod", "1.30.4"),
    _release("istio-ingress", "gateway", "1.30.4"),
    _resource(
        "kubernetes_labels",
        metadata=[{"name": "default"}],
        labels={"istio-injection": "enabled"},
    ),
]


def changed(folder: Path, text: str, state: list[Json]) -> bool:
    environments = load_environments([settings_text(folder, text)])
    (folder / "terraform.istio.tfstate").write_text(json.dumps({"resources": state}))
    return bool(with_changed_releases(environments, ["aks", "istio"], folder))


def test_a_deploy_that_changes_neither_is_not_planned_first(tmp_path: Path) -> None:
    assert not changed(tmp_path, SETTINGS, DEPLOYED)


def test_nor_is_the_first_deploy(tmp_path: Path) -> None:
    assert not changed(tmp_path, SETTINGS, [])


@pytest.mark.parametrize(
    "text",
    [
        'istio.version = "1.31.0"',
        SETTINGS + 'istio.revisions.next = "1.31.0"',
        SETTINGS + 'istio.tags.stable = "default"',
        SETTINGS + 'istio.tags.stable = "default"\nnamespaces.default.revision = "stable"',
        SETTINGS + "namespaces.shop = {}",
    ],
)
def test_one_that_changes_a_control_plane_or_a_follower_is(tmp_path: Path, text: str) -> None:
    assert changed(tmp_path, text, DEPLOYED)


def test_what_terraform_cannot_plan_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "terraform"
    program.write_text("#!/bin/sh\necho 'Error: no cluster' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", os.fspath(program))
    (environment,) = load_environments([settings_text(tmp_path, SETTINGS)])
    (tmp_path / "istio").mkdir()
    with pytest.raises(UserError) as refused:
        refuse_unsupported(environment, tmp_path)
    assert str(refused.value) == (
        "stack istio: allowed: one that can be planned; Error: no cluster; fix: look at make plan"
        " STACK=istio"
    )
