"""examples/two_origin_groups.py, applied, planned again and destroyed."""

from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.project import Synthesized
from tests.acceptance.world import Enter, Kept, World

STACK = "two-origin-groups"
PROFILE = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/edge"
    "/providers/Microsoft.Cdn/profiles/edge"
)


@pytest.fixture(scope="session")
def output(synthesized: Synthesized) -> Path:
    return synthesized(program="-m examples.two_origin_groups")


@pytest.fixture(scope="session")
def with_example(kept: Kept, output: Path) -> Path:
    return kept("with-example", output, lambda made: made.stack(STACK).apply())


@pytest.fixture
def example(enter: Enter, output: Path, with_example: Path) -> World:
    return enter(output, with_example)


def _asked(example: World, pattern: str) -> dict[str, Any]:
    return dict(example.history.body("PUT", pattern)["properties"])


def test_it_is_valid(example: World) -> None:
    assert example.stack(STACK).validate() == []


def test_each_group_has_its_own_probe(example: World) -> None:
    probes = [
        _asked(example, f"*/originGroups/{name}")["healthProbeSettings"]
        for name in ("public", "partners")
    ]
    assert [(each["probePath"], each["probeIntervalInSeconds"]) for each in probes] == [
        ("/probe", 100),
        ("/partners/probe", 30),
    ]


@pytest.mark.parametrize("name", ["public", "partners"])
def test_each_origin_is_a_private_link_service_of_its_own(example: World, name: str) -> None:
    link = _asked(example, f"*/origins/{name}")["sharedPrivateLinkResource"]
    assert link["privateLink"]["id"].endswith(f"/privateLinkServices/{name}")
    assert link["privateLinkLocation"] == "westeurope"


@pytest.mark.parametrize(("name", "path"), [("public", "/*"), ("partners", "/partners/*")])
def test_each_route_has_its_own_path_and_group(example: World, name: str, path: str) -> None:
    route = _asked(example, f"*/routes/{name}")
    assert route["patternsToMatch"] == [path]
    assert route["originGroup"] == {"id": f"{PROFILE}/originGroups/{name}"}


def test_a_second_plan_is_quiet(example: World) -> None:
    plan = example.stack(STACK).plan()
    assert (plan.exit_code, plan.actions) == (0, {})


def test_destroy_leaves_nothing_and_azure_refuses_nothing(example: World) -> None:
    example.stack(STACK).destroy()
    assert example.azure.store.ids() == []
    assert [each.status for each in example.azure.recording.requests("DELETE")] == [200] * 9
