"""An upgrade by revision, walked with both real istiods: who gets which proxy, and what is lost."""

import json
from pathlib import Path

import pytest

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.project import Synthesized
from tests.acceptance.shared import once
from tests.cluster.canary import NAMESPACES, Noted, live
from tests.cluster.canary_steps import STEPS
from tests.cluster.istiods import NEW, OLD
from tests.cluster.journal import REPORTS


@pytest.fixture(scope="session")
def life(
    shared: Path,
    authority: Authority,
    synthesized: Synthesized,
    with_aks: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Noted:
    """What was noted on the way, walked once in a run."""

    def make(folder: Path) -> None:
        noted = live(authority, synthesized, with_aks, tmp_path_factory.mktemp("canary"))
        (folder / "noted.json").write_text(json.dumps(noted))

    noted: Noted = json.loads((once(shared / "canary", make) / "noted.json").read_text())
    told = json.dumps({key: noted[key] for key in ("got", "client", "client-cut")}, indent=1)
    REPORTS["test_canary.py"] = f"{noted['report']}\n{told}"
    return noted


def test_pods_get_the_proxy_of_the_control_plane_that_their_namespace_follows(life: Noted) -> None:
    seen = {
        title: (each["default"], each["shop"], *sorted(set(each["gateway"])))
        for title, each in life["steps"].items()
    }
    assert seen == {each.title: each.proxies for each in STEPS}


def test_both_control_planes_serve_until_the_old_one_goes(life: Noted) -> None:
    seen = {title: each["planes"] for title, each in life["steps"].items()}
    assert seen == {each.title: dict(each.planes) for each in STEPS}


def test_each_step_is_quiet_afterwards(life: Noted) -> None:
    plans = {title: each.get("plan", {}) for title, each in life["steps"].items()}
    assert plans == {each.title: {} for each in STEPS}


def test_a_pod_gets_a_proxy_at_any_moment_of_the_whole_walk(life: Noted) -> None:
    got = {what for by in life["got"].values() for each in by.values() for what in each}
    assert got == {OLD, NEW}


def test_a_tag_that_moves_takes_the_pods_of_its_namespaces_with_it(life: Noted) -> None:
    for namespace in NAMESPACES:
        assert set(life["got"]["plan: it is followed"][namespace]) == {OLD}
        assert set(life["got"]["plan: the tag moves"][namespace]) == {NEW}
        assert set(life["got"]["plan: the tag moves back"][namespace]) == {OLD}


def test_a_client_loses_nothing_when_the_gateway_moves(life: Noted) -> None:
    client = life["client"]
    assert set(client["got"]) == {"200"}
    assert client["got"]["200"] > 300


def test_both_gateways_answer_at_once_before_the_old_one_ends(life: Noted) -> None:
    assert min(life["client"]["answered-before-the-end"]) > 20


def test_it_would_be_seen_if_one_was_lost(life: Noted) -> None:
    assert set(life["client-cut"]["got"]) > {"200"}
