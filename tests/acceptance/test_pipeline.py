"""The steps of the workflows on the real Terraform and azurerm."""

from pathlib import Path

import pytest

from tests.acceptance.pipeline import Pipeline
from tests.acceptance.world import World

BIGGER = {"ISTIO_AKS_NODE_POOLS__USER__MAX_COUNT": "6"}
POOL = "azurerm_kubernetes_cluster_node_pool.user"


@pytest.fixture
def pipeline(deployed_aks: World, tmp_path: Path) -> Pipeline:
    """Where the stack aks is deployed, and its user pool is to grow."""
    return Pipeline.of(deployed_aks, tmp_path / "runner")


def _applied(pipeline: Pipeline, saved: dict[str, str]) -> int:
    return pipeline.run("saved_plan", "apply", "aks", **BIGGER, **saved)


def _writes(pipeline: Pipeline) -> list[str]:
    return [each.partition(" ")[0] for each in pipeline.world.azure.recording.writes()]


def test_what_was_approved_is_applied_once_and_nothing_older(pipeline: Pipeline) -> None:
    first = pipeline.saved(**BIGGER, GITHUB_RUN_ID="1", GITHUB_RUN_ATTEMPT="1")
    second = pipeline.saved(**BIGGER, GITHUB_RUN_ID="2", GITHUB_RUN_ATTEMPT="1")
    assert f"`{POOL}`" in pipeline.read("summary")
    assert sorted(pipeline.waiting()) == ["plans/aks/1-1", "plans/aks/2-1"]
    assert _writes(pipeline) == []

    assert _applied(pipeline, first) == 0, pipeline.read("said")
    assert _writes(pipeline) == ["PUT"]
    assert pipeline.waiting() == ["plans/aks/2-1"]

    assert _applied(pipeline, second) != 0
    assert "a plan that is newer than the state; fix: plan again" in pipeline.read("said")
    assert (_writes(pipeline), pipeline.waiting()) == (["PUT"], [])
    assert pipeline.run("saved_plan", "discard", "aks", **second) == 0


def test_a_plan_that_nobody_has_approved_is_not_applied(pipeline: Pipeline) -> None:
    saved = pipeline.saved(**BIGGER)
    assert _applied(pipeline, saved | {"PLAN_DIGEST": "0" * 64}) == 1
    assert "is not the plan that was approved; nothing is applied" in pipeline.read("said")
    assert (_writes(pipeline), pipeline.waiting()) == ([], [])


def test_a_quiet_plan_waits_for_nobody(pipeline: Pipeline) -> None:
    assert pipeline.saved() == {"PLAN_CHANGES": "false"}
    assert pipeline.waiting() == []


def test_drift_opens_an_issue(pipeline: Pipeline) -> None:
    assert pipeline.run("drift", "aks", **BIGGER) == 0
    assert [each[:2] for each in pipeline.asked()] == [
        ["issue", "list"],
        ["label", "create"],
        ["issue", "create"],
    ]


def test_before_anything_is_deployed_the_comment_says_what_is_not_planned(
    empty: World, tmp_path: Path
) -> None:
    pipeline = Pipeline.of(empty, tmp_path / "runner")
    comment = tmp_path / "comment.md"
    assert pipeline.run("pull_request", str(comment)) == 0, pipeline.read("said")
    lines = comment.read_text().splitlines()
    assert lines[3:5] == [
        "- aks: 9 added, 3 outputs changed",
        "- istio: not planned; stack istio: can be planned after aks, which is not deployed",
    ]
