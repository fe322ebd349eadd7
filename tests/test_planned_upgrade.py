"""The judge of plans: made plans in the form of Terraform's; a real one in tests/acceptance."""

from typing import Any

import pytest
import yaml

from app.planned_upgrade import problems

Json = dict[str, Any]


def release(name: str, chart: str, version: str, **values: object) -> Json:
    return {"name": name, "chart": chart, "version": version, "values": [yaml.safe_dump(values)]}


def istiod(version: str, revision: str = "") -> Json:
    return release(f"istiod-{revision}", "istiod", version, revision=revision)


def change(before: Json | None, after: Json | None, type_: str = "helm_release") -> Json:
    return {"mode": "managed", "type": type_, "change": {"before": before, "after": after}}


def namespace(label: Json) -> Json:
    return {"metadata": [{"name": "shop", "labels": label}]}


def found(*changes: Json) -> list[str]:
    return [str(each) for each in problems({"resource_changes": list(changes)})]


def test_one_minor_version_in_place_is_well() -> None:
    assert found(change(istiod("1.30.4"), istiod("1.31.0"))) == []


def test_two_minor_versions_in_place_are_refused() -> None:
    assert found(change(istiod("1.29.7"), istiod("1.31.0"))) == [
        'plan: istio.version = "1.31.0": allowed: at most 1 minor version away from 1.29.7, which'
        " is deployed: its proxies would be too far behind; fix: go by each minor version, or by a"
        " revision beside it (docs/upgrade.md)"
    ]


def test_back_by_two_is_refused_as_well() -> None:
    assert len(found(change(istiod("1.31.0"), istiod("1.29.7")))) == 1


def test_two_minor_versions_side_by_side_are_well() -> None:
    stays = istiod("1.29.7")
    assert found(change(stays, stays), change(None, istiod("1.31.0", "1-31-0"))) == []


def test_three_minor_versions_side_by_side_are_refused() -> None:
    stays = istiod("1.28.3")
    (line,) = found(change(stays, stays), change(None, istiod("1.31.0", "1-31-0")))
    assert line.startswith(
        'plan: istio.revisions.1-31-0 = "1.31.0": allowed: at most 2 minor versions away from'
        " default, 1.28.3, which is deployed"
    )


GOES = change(istiod("1.30.4"), None)
STAYS = change(istiod("1.31.0", "1-31-0"), istiod("1.31.0", "1-31-0"))


@pytest.mark.parametrize(
    ("follower", "name"),
    [
        (change(release("istio-ingress", "gateway", "1.30.4"), None), "the gateway istio-ingress"),
        (
            change(
                namespace({"istio-injection": "enabled"}),
                namespace({"istio.io/rev": "1-31-0"}),
                "kubernetes_namespace_v1",
            ),
            "the namespace shop",
        ),
    ],
)
def test_a_control_plane_that_is_followed_until_now_is_kept(follower: Json, name: str) -> None:
    (line,) = found(GOES, STAYS, follower)
    assert line.startswith(
        "plan: istio.in_place = false: allowed: the control plane default, as long as it is"
        f" followed by {name}; fix: "
    )


def test_a_control_plane_that_nobody_follows_may_go() -> None:
    moved = namespace({"istio.io/rev": "1-31-0"})
    assert found(GOES, STAYS, change(moved, moved, "kubernetes_namespace_v1")) == []


def test_followers_of_a_tag_count_for_the_control_plane_behind_it() -> None:
    tags = release("revision-tags", "revision-tags", "1.0.0", tags={"stable": {"revision": "old"}})
    follows = namespace({"istio.io/rev": "stable"})
    changes = [
        change(istiod("1.30.4", "old"), None),
        STAYS,
        change(tags, tags),
        change(follows, follows, "kubernetes_namespace_v1"),
    ]
    (line,) = found(*changes)
    assert 'istio.revisions = "old"' in line


def test_all_may_go_when_the_mesh_is_destroyed() -> None:
    gone = release("istio-ingress", "gateway", "1.30.4")
    assert found(GOES, change(gone, None)) == []


def tags(**revisions: str) -> Json:
    of = {name: {"revision": each, "service": "istiod"} for name, each in revisions.items()}
    return release("revision-tags", "/somewhere/asset.1234", "1.0.0", tags=of)


def followed(before: Json, after: Json) -> Json:
    return change(namespace(before), namespace(after), "kubernetes_namespace_v1")


DEFAULT_STAYS = change(istiod("1.30.4"), istiod("1.30.4"))
ENABLED, STABLE = {"istio-injection": "enabled"}, {"istio.io/rev": "stable"}


def test_a_tag_is_not_followed_by_a_namespace_in_the_plan_that_makes_it() -> None:
    # The real kube-apiserver let a pod through without its proxy (tests/cluster/test_canary.py).
    made = change(None, tags(stable="default"))
    (line,) = found(DEFAULT_STAYS, made, followed(ENABLED, STABLE))
    assert line == (
        'plan: istio.tags.stable = "default": allowed: nobody that follows it in the plan that'
        " makes it, but the namespace shop would: pods that start before it is there have no proxy;"
        " fix: deploy it alone, then let them follow it"
    )


def test_nor_is_a_control_plane() -> None:
    made = change(None, istiod("1.31.0", "1-31-0"))
    (line,) = found(DEFAULT_STAYS, made, followed(ENABLED, {"istio.io/rev": "1-31-0"}))
    assert line.startswith('plan: istio.revisions.1-31-0 = "1.31.0": allowed: nobody that follows')


def test_a_namespace_that_is_new_may_follow_what_is_new() -> None:
    made = change(None, tags(stable="default"))
    new = change(None, namespace(STABLE), "kubernetes_namespace_v1")
    assert found(DEFAULT_STAYS, made, new) == []


def test_a_mesh_that_is_new_may_be_followed_at_once() -> None:
    assert found(change(None, istiod("1.31.0")), followed({}, ENABLED)) == []


def test_a_tag_that_is_followed_until_now_is_kept() -> None:
    gone = change(tags(stable="default"), None)
    (line,) = found(DEFAULT_STAYS, gone, followed(STABLE, ENABLED))
    assert line.startswith(
        'plan: istio.tags.stable = "default": allowed: the tag, as long as it is followed by the'
        " namespace shop: pods that start between would have no proxy; fix: "
    )


def test_a_tag_that_nobody_follows_may_go_and_one_that_is_there_may_be_followed() -> None:
    gone, stays = change(tags(stable="default"), None), tags(stable="default")
    assert found(DEFAULT_STAYS, gone, followed(ENABLED, ENABLED)) == []
    assert found(DEFAULT_STAYS, change(stays, stays), followed(ENABLED, STABLE)) == []
