"""What waits for what, as docs/order.md has it, is what Terraform itself says."""

import json
import re
from collections.abc import Mapping

import pytest

from tests.acceptance.project import Synthesized
from tests.acceptance.terraform.process import checked, run
from tests.acceptance.world import Enter
from tools.order.graph import Graph, graph_of

# OpenTofu names the nodes of its whole graph, Terraform the resources alone.
_NODE = r'"(?:\[root\] )?(\S+)(?: \(expand\))?"'
_EDGE = re.compile(f"{_NODE} -> {_NODE}")


def _all_before(graph: Graph) -> Mapping[str, set[str]]:
    def before(name: str) -> set[str]:
        direct = set(graph[name])
        return direct.union(*(before(each) for each in direct))

    return {name: before(name) for name in graph}


@pytest.mark.parametrize("name", ["aks", "istio"])
def test_terraform_waits_for_the_same(enter: Enter, synthesized: Synthesized, name: str) -> None:
    stack = enter(synthesized()).stack(name)
    shown = checked(run(stack.folder, stack.environment, "graph")).stdout
    edges = _EDGE.findall(shown)
    ours = graph_of(json.loads((stack.folder / "cdk.tf.json").read_text()))
    theirs: dict[str, set[str]] = {}
    for one, other in edges:
        theirs.setdefault(one, set()).add(other)
        theirs.setdefault(other, set())
    whole = _all_before(theirs)
    seen = {each: {one for one in whole.get(each, ()) if one in ours} for each in ours}
    assert seen == _all_before(ours)
