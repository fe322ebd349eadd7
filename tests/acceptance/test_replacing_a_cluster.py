"""A cluster takes the place of another behind one edge, with all that Azure and Helm are asked."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.replacement import replace_blue_by_green
from tests.acceptance.shared import once

# What the stand-in gives the profile MyFrontDoor of the group edge.
FRONT_DOOR_ID = "a394a1ca-6124-5e63-9b9d-1c5fd3b9cbac"
STEPS = ["blue has all", "green is there", "green joins", "blue leaves", "blue is gone"]
Request = dict[str, Any]


@pytest.fixture(scope="session")
def notes(shared: Path, authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was noted on the way, which is lived once in a run."""

    def make(folder: Path) -> None:
        replace_blue_by_green(authority, tmp_path_factory.mktemp("replacement"), folder)

    return once(shared / "replacing-a-cluster", make)


def _noted(notes: Path, name: str) -> Any:
    return json.loads((notes / f"{name}.json").read_text())


def _short(request: Request) -> str:
    """Who is asked for what, by the last two parts of the path."""
    path = request["path"]
    if request["method"] == "POST":  # To Kubernetes: the name is in the object.
        path += f"/{request['body'].get('metadata', {}).get('name')}"
    return f"{request['to']} {request['method']} {'/'.join(path.split('/')[-2:])}"


def _asked(notes: Path) -> list[str]:
    return [_short(each) for each in _noted(notes, "writes")]


def _origins(asked: list[str]) -> Iterator[tuple[int, str, str]]:
    """When an origin is written or deleted: the place in the list, the method, the cluster."""
    for at, each in enumerate(asked):
        to, method, path = each.split(" ")
        if to == "azure" and path.startswith("origins/"):
            yield at, method, path.removeprefix("origins/")


def test_the_plan_of_the_edge_is_empty_at_every_step(notes: Path) -> None:
    assert _noted(notes, "plans") == {step: {} for step in STEPS}


def test_nothing_of_the_edge_is_written_but_origins_and_the_route(notes: Path) -> None:
    """So host names, tokens, certificates and firewall stay what they are."""
    asked = _noted(notes, "writes")
    first = [_short(each) for each in asked].index("azure PUT origins/blue")
    later = [each for each in asked[first:] if "/resourceGroups/edge/" in each["path"]]
    assert {_short(each) for each in later} == {
        "azure PUT origins/blue",
        "azure PUT routes/MyRoute",
        "azure PUT origins/green",
        "azure PATCH routes/MyRoute",
        "azure PATCH origins/green",
        "azure DELETE origins/blue",
    }


def test_the_clusters_join_and_leave_in_this_order(notes: Path) -> None:
    assert [f"{method} {cluster}" for _, method, cluster in _origins(_asked(notes))] == [
        "PUT blue",
        "PUT green",
        "PATCH green",
        "DELETE blue",
    ]


def test_a_cluster_joins_at_its_low_weight(notes: Path) -> None:
    weights = [
        each["body"]["properties"]["weight"]
        for each in _noted(notes, "writes")
        if _short(each).startswith("azure ") and _short(each).endswith(" origins/green")
    ]
    assert weights == [50, 1000]


@pytest.mark.parametrize("cluster", ["blue", "green"])
def test_a_cluster_joins_only_when_its_gateway_is_locked(notes: Path, cluster: str) -> None:
    asked = _asked(notes)
    locked = asked.index(f"{cluster} POST authorizationpolicies/origin-lock")
    joins = asked.index(f"azure PUT origins/{cluster}")
    released = asked.index(f"{cluster} PUT secrets/sh.helm.release.v1.ingress-routing.v1")
    assert locked < released < joins


@pytest.mark.parametrize("cluster", ["blue", "green"])
def test_the_lock_asks_for_the_id_of_the_edge(notes: Path, cluster: str) -> None:
    (lock,) = [
        each
        for each in _noted(notes, "writes")
        if _short(each) == f"{cluster} POST authorizationpolicies/origin-lock"
    ]
    asked_for = [each["when"][0]["notValues"] for each in lock["body"]["spec"]["rules"]]
    assert asked_for == [[FRONT_DOOR_ID], [FRONT_DOOR_ID]]


def test_the_lock_stays_to_the_end_of_its_namespace(notes: Path) -> None:
    """Helm would delete it before the listener, by the names of their kinds."""
    asked = _asked(notes)
    assert "blue DELETE authorizationpolicies/origin-lock" not in asked
    leaves = asked.index("azure DELETE origins/blue")
    listener = asked.index("blue DELETE gateways/istio-ingressgateway")
    assert leaves < listener < asked.index("blue DELETE namespaces/istio-ingress")


def test_the_lock_of_the_cluster_that_stays_is_never_touched(notes: Path) -> None:
    touched = [each for each in _asked(notes) if each.endswith("/origin-lock")]
    assert touched == [
        "blue POST authorizationpolicies/origin-lock",
        "green POST authorizationpolicies/origin-lock",
    ]


def test_a_cluster_in_traffic_is_not_destroyed(notes: Path) -> None:
    refusals = _noted(notes, "refusals")
    assert {step: bool(refusals[step]) for step in STEPS} == {
        "blue has all": True,
        "green is there": True,
        "green joins": True,
        "blue leaves": False,
        "blue is gone": False,
    }


def test_the_refusal_names_the_traffic(notes: Path) -> None:
    assert _noted(notes, "refusals")["green joins"].startswith(
        "stack blue-aks: allowed: after site-traffic has let go of its cluster"
    )
