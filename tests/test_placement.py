"""Whether everything finds nodes: the check's verdicts beside those of the real scheduler."""

import json
from pathlib import Path

import pytest

from app.errors import UserError
from rules.node_room import room
from rules.placement import Nodes, Pod, Room, hindrance, quantity
from settings import load_settings
from settings.cross_rules.placement import nodes_of, pools_for
from settings.workloads import workloads
from tests.placement.cases import CASES, shipped
from tests.placement.seen import identity, record
from tests.placement.unchecked import settings_of, stacks_of
from tests.refused import assert_refused
from tests.synthesis import settings_text

SOURCES: dict[str, str | Path] = {**shipped(), **CASES}
GIB = 2**30


def test_all_cases_are_recorded() -> None:
    assert list(record()) == list(SOURCES)


@pytest.mark.parametrize("name", SOURCES)
def test_the_check_says_of_each_pool_what_the_scheduler_said(tmp_path: Path, name: str) -> None:
    settings = settings_of(SOURCES[name], tmp_path).settings
    pools = nodes_of(settings)
    said = {each.name: pools_for(each, pools) for each in workloads(settings)}
    assert dict(sorted(said.items())) == record()[name]["alone"], (
        "after a change of the charts, ask the scheduler again: tests/placement/recorder.py"
    )


@pytest.mark.parametrize("name", SOURCES)
def test_the_check_refuses_where_the_scheduler_found_no_node(tmp_path: Path, name: str) -> None:
    source = SOURCES[name]
    path = source if isinstance(source, Path) else settings_text(tmp_path, source)
    nowhere = record()[name]["nowhere"]
    if not nowhere:
        load_settings(path)
        return
    with pytest.raises(UserError) as refused:
        load_settings(path)
    said = [problem.allowed for problem in refused.value.problems if problem.key == "node_pools"]
    assert sorted(_named(said)) == nowhere


def _named(said: list[str]) -> list[str]:
    """The workloads of the check's lines."""
    lists = [each.removeprefix("a pool for ").partition(":")[0] for each in said]
    return [name for each in lists for name in each.split(", ")]


@pytest.mark.parametrize("name", SOURCES)
def test_the_record_was_made_with_these_values(tmp_path: Path, name: str) -> None:
    assert identity(*stacks_of(SOURCES[name], tmp_path)) == record()[name]["identity"], (
        "ask the scheduler again: tests/placement/recorder.py says how"
    )


@pytest.mark.parametrize("name", SOURCES)
def test_what_the_charts_ask_for_is_what_the_check_knows(tmp_path: Path, name: str) -> None:
    settings = settings_of(SOURCES[name], tmp_path).settings
    asked = record()[name]["requests"]
    for each in workloads(settings):
        requests = each.pod.requests
        cpu = sum(int((quantity(one) or 0) * 1000) for one in asked[each.name]["cpu"])
        memory = sum(int(quantity(one) or 0) for one in asked[each.name]["memory"])
        assert (each.name, requests) == (each.name, Room(cpu, memory))


def test_the_line_names_what_finds_no_pool_and_why(tmp_path: Path) -> None:
    text = "node_pools.system.critical_addons_only = true\nnode_pools.user.enabled = false\n"
    assert_refused(
        settings_text(tmp_path, f"{text}monitoring.enabled = false"),
        "node_pools",
        "a pool for istiod, the sample: system takes only pods that tolerate"
        " CriticalAddonsOnly=true:NoSchedule; ingress takes only pods that tolerate"
        " dedicated=ingress:NoSchedule",
    )


def test_a_cluster_that_exists_is_not_judged(tmp_path: Path) -> None:
    text = 'stacks = ["istio"]\nnode_pools.user.enabled = false\n'
    load_settings(settings_text(tmp_path, f"{text}node_pools.system.critical_addons_only = true"))


TAINTED = Nodes(labels={"a": "b"}, taints=["k=v:NoSchedule"])


@pytest.mark.parametrize(
    ("toleration", "is_free"),
    [
        ({"operator": "Exists"}, True),
        ({"key": "k", "operator": "Exists"}, True),
        ({"key": "k", "value": "v"}, True),
        ({"key": "k", "value": "v", "effect": "NoSchedule"}, True),
        ({"key": "k", "value": "v", "effect": "NoExecute"}, False),
        ({"key": "k", "value": "w"}, False),
        ({"key": "k"}, False),
    ],
)
def test_tolerations(toleration: dict[str, str], is_free: bool) -> None:
    assert (hindrance(Pod(tolerations=[toleration]), TAINTED) is None) == is_free


@pytest.mark.parametrize(
    ("expression", "is_free"),
    [
        ({"key": "a", "operator": "In", "values": ["b", "c"]}, True),
        ({"key": "a", "operator": "NotIn", "values": ["b"]}, False),
        ({"key": "z", "operator": "NotIn", "values": ["b"]}, True),
        ({"key": "a", "operator": "Exists"}, True),
        ({"key": "a", "operator": "DoesNotExist"}, False),
        ({"key": "a", "operator": "Gt", "values": ["1"]}, False),
    ],
)
def test_affinities(expression: dict[str, object], is_free: bool) -> None:
    pod = Pod(node_terms=[{"matchExpressions": [expression]}])
    assert (hindrance(pod, Nodes(labels={"a": "b"}, taints=[])) is None) == is_free


@pytest.mark.parametrize(
    ("text", "number"),
    [("500m", "0.5"), ("2Gi", 2 * GIB), ("1.5", "1.5"), ("128M", 128 * 10**6), (4, 4)],
)
def test_quantities(text: object, number: object) -> None:
    assert str(quantity(text)).rstrip("0").rstrip(".") == str(number).rstrip("0").rstrip(".")


def test_what_is_no_quantity_is_left_to_kubernetes() -> None:
    assert quantity("a lot") is None


@pytest.mark.parametrize(
    ("size", "cpu"),
    [("Standard_D4ds_v5", 3860), ("Standard_E8s_v5", 7820), ("Standard_F2_v2", 1900)],
)
def test_aks_leaves_less_than_the_size_has(size: str, cpu: int) -> None:
    found = room(size, 30)
    assert found is not None
    assert found.cpu == cpu


def test_of_16_gib_and_30_pods_aks_keeps_650_mb_and_the_kubelet_100_mib() -> None:
    assert room("Standard_D4s_v5", 30) == Room(3860, 16 * GIB - 650 * 10**6 - 100 * 2**20)


@pytest.mark.parametrize(
    "size",
    [
        "Standard_DS3_v2",
        "Standard_D4_v2",
        "Standard_D4lds_v5",
        "Standard_NC4as_T4_v3",
        "Standard_B4ms",
    ],
)
def test_of_a_size_whose_name_does_not_tell_nothing_is_said(size: str) -> None:
    assert room(size, 30) is None


def test_the_record_is_data_of_ours_only() -> None:
    assert set(next(iter(record().values()))) == {"identity", "alone", "nowhere", "requests"}
    assert json.dumps(record()).count("image") == 0
