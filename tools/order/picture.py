"""The order of an apply and of a destroy over time, as charts in Mermaid that GitHub draws."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from tools.order.graph import Graph, Step, schedule

# In clock times from midnight, which every time zone shows alike.
_HEAD = """```mermaid
gantt
    dateFormat HH:mm:ss
    axisFormat %H:%M
    tickInterval 5minute
"""
_WORDS = {
    "azurerm_cdn_frontdoor_": "Front Door ",
    "azurerm_kubernetes_cluster_node_pool": "pool",
    "azurerm_kubernetes_cluster": "cluster",
    "azurerm_": "",
    "helm_release": "chart",
    "kubernetes_": "",
    "_v1": "",
    "_": " ",
}


def chart(title: str, stacks: Mapping[str, Sequence[Step]], decisive: AbstractSet[str]) -> str:
    """The steps of each stack, those that decide the end marked."""
    return "".join(_lines(title, stacks, decisive))


def backwards(
    graphs: Mapping[str, Graph], minutes: Mapping[str, float]
) -> dict[str, Sequence[Step]]:
    """The steps of a destroy: last stack first, and in it what nothing needs any more."""
    found: dict[str, Sequence[Step]] = {}
    start = 0.0
    for stack, graph in reversed(list(graphs.items())):
        turned: dict[str, set[str]] = {name: set() for name in graph}
        for name, needs in graph.items():
            for each in needs:
                turned[each].add(name)
        found[stack] = schedule(turned, minutes, start + minutes["plan"])
        start = max(each.ends for each in found[stack])
    return found


def words(address: str) -> str:
    """An address in words: `cluster aks` for `azurerm_kubernetes_cluster.aks`."""
    kind, _, name = address.partition(".")
    for sign, word in _WORDS.items():
        kind = kind.replace(sign, word)
    return f"{kind} {name}"


def _lines(
    title: str, stacks: Mapping[str, Sequence[Step]], decisive: AbstractSet[str]
) -> Iterator[str]:
    yield f"{_HEAD}    title {title}\n"
    for stack, steps in stacks.items():
        yield f"    section {stack}\n"
        for each in sorted(steps, key=lambda step: (step.begins, step.ends, step.name)):
            seconds = round((each.ends - each.begins) * 60)
            if seconds:  # What takes no time is in the table.
                mark = "crit, " if each.name in decisive else ""
                yield f"    {words(each.name)} :{mark}{_clock(each.begins)}, {seconds}s\n"
    yield "```\n"


def _clock(minutes: float) -> str:
    seconds = round(minutes * 60)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
