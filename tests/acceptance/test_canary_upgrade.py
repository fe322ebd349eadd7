"""A canary upgrade of Istio, as docs/upgrade.md walks through it: each step a plan, then quiet."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from app.planned_upgrade import problems
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.charts import chart_repository
from tests.acceptance.project import Synthesized
from tests.acceptance.releases import pretend_deployed
from tests.acceptance.terraform.plan import Plan
from tests.acceptance.world import Enter, World

OLD, NEW, NAME = "1.30.4", "1.31.0", "1-31-0"
VERSIONS = {
    "base": [OLD, NEW, "1.33.0"],
    "istiod": [OLD, NEW, "1.33.0"],
    "gateway": [OLD, NEW, "1.33.0"],
    "kube-prometheus-stack": ["88.5.3"],
}
Variables = Mapping[str, str]


def _variables(
    *, follows: tuple[str, ...] = (), istio: Mapping[str, object] | None = None
) -> dict[str, str]:
    """The settings of a step: what `istio` says besides, and who follows the new control plane."""
    moved = {"revision": NAME}
    namespaces = {name: moved if name in follows else {} for name in ("default", "shop")}
    values = {
        "ISTIO_AKS_ISTIO__VERSION": OLD,
        "ISTIO_AKS_NAMESPACES": json.dumps(namespaces),
        **{f"ISTIO_AKS_ISTIO__{key.upper()}": _text(value) for key, value in (istio or {}).items()},
    }
    return values | ({"ISTIO_AKS_GATEWAY__REVISION": NAME} if "gateway" in follows else {})


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


BESIDE = {"revisions": {NAME: NEW}}
ALL = ("default", "shop", "gateway")
# Each step: its settings, and the plan from the step before.
STEPS: list[tuple[str, Variables, dict[str, str]]] = [
    (
        "a control plane beside it",
        _variables(istio=BESIDE),
        {
            "helm_release.istio-base": "update, version",
            "helm_release.istio-istiod-1-31-0": "create",
        },
    ),
    (
        "a namespace that exists follows",
        _variables(istio=BESIDE, follows=("default",)),
        {"kubernetes_labels.default-injection": "update, labels"},
    ),
    (
        "a namespace that we make follows",
        _variables(istio=BESIDE, follows=("default", "shop")),
        {"kubernetes_namespace_v1.shop-namespace": "update"},
    ),
    (
        "the gateway follows",
        _variables(istio=BESIDE, follows=ALL),
        {"helm_release.istio-ingress": "update, values, version"},
    ),
    (
        "the rest follows",
        _variables(istio=BESIDE | {"revision": NAME}, follows=ALL),
        {"helm_release.istio-base": "update, values"},
    ),
    (
        "the old one goes",
        _variables(istio=BESIDE | {"revision": NAME, "in_place": False}, follows=ALL),
        {"helm_release.istio-istiod": "delete"},
    ),
    (
        "the keys that say what holds anyway go",
        _variables(istio=BESIDE | {"revision": NAME, "in_place": False}),
        {},
    ),
]


# What we write; the providers note more of what they update.
_OURS = {"version", "values", "labels"}


def _told(plan: Plan) -> dict[str, str]:
    """What happens to each resource, with what of ours is updated."""
    return {
        address: ", ".join([action, *sorted(plan.changed(address) & _OURS)])
        if action == "update"
        else action
        for address, action in plan.actions.items()
    }


class Canary:
    """A world in which a step is deployed."""

    def __init__(self, made: World, synthesized: Synthesized, charts: Variables) -> None:
        self.made, self.synthesized, self.charts = made, synthesized, charts

    def plan(self, variables: Variables) -> Plan:
        """Plan the settings of a step."""
        self.made.project.resynthesize(self.synthesized({**self.charts, **variables}))
        return self.made.stack("istio").plan("-refresh=false", read_if_quiet=True)

    def deploy(self, variables: Variables) -> Plan:
        """Deploy it, by way of speaking; the plan that it made."""
        plan = self.plan(variables)
        stack = self.made.stack("istio")
        pretend_deployed(stack, plan)
        assert stack.plan("-refresh=false").actions == {}
        return plan


@pytest.fixture
def canary(
    authority: Authority, synthesized: Synthesized, enter: Enter, with_both: Path
) -> Iterator[Canary]:
    """The release that is to be left is deployed."""
    with chart_repository(authority, VERSIONS) as address:
        charts = {
            "ISTIO_AKS_ISTIO__CHART_REPOSITORY": address,
            "ISTIO_AKS_MONITORING__CHART_REPOSITORY": address,
        }
        begin = _variables()
        made = Canary(enter(synthesized({**charts, **begin}), with_both), synthesized, charts)
        stack = made.made.stack("istio")
        pretend_deployed(stack, stack.plan())
        made.deploy(begin)
        yield made


def test_each_step_plans_what_the_page_says_and_can_be_taken_back(canary: Canary) -> None:
    seen = []
    before: Variables = _variables()
    for title, variables, _ in STEPS:
        plan = canary.deploy(variables)
        back = canary.plan(before)
        unsupported = [*problems(plan.content), *problems(back.content)]
        seen.append((title, _told(plan), set(back.actions) == set(plan.actions), unsupported))
        before = variables
    assert seen == [(title, told, True, []) for title, _, told in STEPS]


def test_what_istio_does_not_support_is_refused_from_the_plan(canary: Canary) -> None:
    _, last, _ = STEPS[-1]
    at_once, too_early = problems(canary.plan(last).content)
    assert str(at_once).startswith(
        "plan: istio.in_place = false: allowed: the control plane default, as long as it is"
        " followed by the gateway istio-ingress, the namespace default, the namespace shop; fix: "
    )
    assert str(too_early).startswith(
        'plan: istio.revisions.1-31-0 = "1.31.0": allowed: nobody that follows it in the plan that'
        " makes it, but the namespace default, the namespace shop would: "
    )
    (too_far,) = problems(canary.plan({"ISTIO_AKS_ISTIO__VERSION": "1.33.0"}).content)
    assert str(too_far).startswith(
        'plan: istio.version = "1.33.0": allowed: at most 1 minor version away from 1.30.4'
    )
