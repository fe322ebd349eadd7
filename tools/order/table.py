"""The way to the first answer, as docs/order.md has it: `make documents` writes it."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tools.order.graph import Graph, Step, graph_of, schedule, way_to
from tools.order.picture import backwards, chart
from tools.shown import shown

HERE = Path(__file__).parent
TIMES: dict[str, Any] = tomllib.loads((HERE / "times.toml").read_text())
MINUTES: dict[str, float] = TIMES["minutes"]
DESTROY_MINUTES: dict[str, float] = TIMES["destroy_minutes"]
_ORIGINAL = tomllib.loads((HERE / "original.toml").read_text())
ORIGINAL: dict[str, Graph] = {name: _ORIGINAL[name] for name in ("aks", "istio")}
ROUTE, ORIGINAL_ROUTE = "azurerm_cdn_frontdoor_route.route", "azurerm_cdn_frontdoor_route.this"
GATEWAY, PROFILE = "helm_release.istio-ingress", "azurerm_cdn_frontdoor_profile.front-door"


@cache
def ours() -> Mapping[str, Graph]:
    """The graphs of both stacks, of the settings as they are shipped."""
    stacks = shown()["settings.toml"]
    return {name: graph_of(stacks.stack(name)) for name in ("aks", "istio")}


def steps(graphs: Mapping[str, Graph]) -> list[Step]:
    """The steps of both stacks, one stack after the other, each after its plan."""
    found: list[Step] = []
    for graph in graphs.values():
        start = max((each.ends for each in found), default=0.0) + MINUTES["plan"]
        found += schedule(graph, MINUTES, start)
    return found


def ends(made: Sequence[Step], name: str) -> float:
    """When a step ends."""
    return next(each.ends for each in made if each.name == name)


def phases() -> dict[str, int]:
    """The rows of README's table with what they take, in whole minutes."""
    found, before = {}, 0.0
    made = steps(ours())
    for phase in TIMES["phases"]:
        (name,) = phase["last"]
        inside = ours().get(name, [name])
        end = max(each.ends for each in made if each.name in inside)
        found[phase["name"]] = max(1, round(end - max(before, MINUTES["plan"])))
        before = end + (MINUTES["plan"] if name in ours() else 0.0)
    return found


def table() -> str:
    """The tables of docs/order.md."""
    return "".join(_lines())


def _lines() -> Iterator[str]:
    made, theirs = steps(ours()), steps(ORIGINAL)
    yield "\n## An apply over time\n\n"
    yield chart("apply: hours and minutes", _by_stack(made), _way(made, ROUTE))
    yield "\n## A destroy over time\n\n"
    yield chart("destroy: hours and minutes", *_destroyed())
    yield "\n## Ours\n\n"
    yield from _rows(made, _way(made, ROUTE))
    yield "\n## The original\n\n"
    yield from _rows(theirs, _way(theirs, ORIGINAL_ROUTE))
    yield "\n## The first answer\n\n| | the route is there | first answer |\n|---|---|---|\n"
    there, spread = ends(made, ROUTE), MINUTES["spreading"]
    yield f"| ours | {there:.1f} | {there + spread:.1f} |\n"
    there = ends(theirs, ORIGINAL_ROUTE) + MINUTES["credentials"]
    by_hand = max(spread, MINUTES["by_hand"])
    yield f"| the original, if nobody pauses | {there:.1f} | {there + by_hand:.1f} |\n"
    yield "\n## What would shorten it\n\n| change | minutes less |\n|---|---|\n"
    for title, saved in shortenings().items():
        yield f"| {title} | {saved:.1f} |\n"


def _by_stack(made: Sequence[Step]) -> dict[str, list[Step]]:
    return {stack: [each for each in made if each.name in graph] for stack, graph in ours().items()}


def _destroyed() -> tuple[Mapping[str, Sequence[Step]], set[str]]:
    """The steps of a destroy, and those that decide when it ends."""
    gone = backwards(ours(), DESTROY_MINUTES)
    decisive = {each.name for made in gone.values() for each in way_to(made[-1].name, made)}
    return gone, decisive


def shortenings() -> dict[str, float]:
    """Changes of the graph or of the settings, and what each saves until the route is there."""
    now = ends(steps(ours()), ROUTE)
    free = dict(ours()) | {"istio": dict(ours()["istio"]) | {PROFILE: set()}}
    joined = {"both": {**ours()["aks"], **_after_the_cluster()}}
    return {
        "the Front Door profile does not wait for the gateway": now - ends(steps(free), ROUTE),
        "one stack, each resource as soon as it can": now - ends(steps(joined), ROUTE),
    }


def _after_the_cluster() -> dict[str, set[str]]:
    cluster = {"azurerm_kubernetes_cluster.aks", "azurerm_role_assignment.plc-network-contributor"}
    pool = {"azurerm_kubernetes_cluster_node_pool.ingress"}
    return {
        name: {*needs, *cluster, *(pool if name == GATEWAY else ())}
        for name, needs in ours()["istio"].items()
    }


def _way(made: Sequence[Step], route: str) -> set[str]:
    """The way to the route inside its stack, and that to the end of the stack before."""
    way = way_to(route, made)
    before = [each for each in made if each.ends < way[0].begins]
    whole = (way_to(before[-1].name, made) if before else []) + way
    return {each.name for each in whole}


def _rows(made: Sequence[Step], decisive: set[str]) -> Iterator[str]:
    yield "| step | waits longest for | from | to |\n|---|---|---|---|\n"
    for each in made:
        name = f"**`{each.name}`**" if each.name in decisive else f"`{each.name}`"
        waits = ", ".join(f"`{before}`" for before in sorted(each.waits_for)) or "the plan"
        yield f"| {name} | {waits} | {each.begins:.1f} | {each.ends:.1f} |\n"
