"""Values of a user for each of the four charts, in the plan of the whole stack istio."""

import json
from typing import Any

import pytest
import yaml

from tests.acceptance.project import Synthesized
from tests.acceptance.terraform.plan import Plan
from tests.acceptance.world import World

# Terraform would read ${...} and %{...} as its own.
TEXT = "${x} and %{y} and $${z}"
VALUES: dict[str, tuple[str, dict[str, Any]]] = {
    "istio-base": ("ISTIO__BASE_VALUES", {"base": {"validationURL": TEXT}}),
    "istio-istiod": ("ISTIO__ISTIOD_VALUES", {"meshConfig": {"accessLogFormat": TEXT}}),
    "istio-ingress": ("GATEWAY__VALUES", {"env": {"GREETING": TEXT}}),
    "prometheus": ("MONITORING__VALUES", {"prometheus": {"note": TEXT}}),
}
SETTINGS = {f"ISTIO_AKS_{key}": json.dumps(values) for key, values in VALUES.values()}


@pytest.fixture
def plan(deployed_aks: World, synthesized: Synthesized) -> Plan:
    deployed_aks.project.resynthesize(synthesized(SETTINGS))
    return deployed_aks.stack("istio").plan()


def _values(plan: Plan, release: str) -> dict[str, Any]:
    (text,) = plan.after(f"helm_release.{release}")["values"]
    return dict(yaml.safe_load(text))


def _lies_on(above: object, below: object) -> bool:
    if not isinstance(above, dict) or not isinstance(below, dict):
        return above == below
    return all(key in below and _lies_on(value, below[key]) for key, value in above.items())


def test_they_reach_their_releases_as_they_were_written(plan: Plan) -> None:
    for release, (_, values) in VALUES.items():
        assert _lies_on(values, _values(plan, release)), release


def test_they_lie_over_ours(plan: Plan) -> None:
    istiod = _values(plan, "istio-istiod")["meshConfig"]
    assert istiod == {"accessLogFile": "/dev/stdout", "accessLogFormat": TEXT}
    assert _values(plan, "istio-ingress")["env"] == {
        "ISTIO_META_IDLE_TIMEOUT": "25m",
        "EXIT_ON_ZERO_ACTIVE_CONNECTIONS": "true",
        "GREETING": TEXT,
    }
