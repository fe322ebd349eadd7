from pathlib import Path

import pytest

from app.actions import Deployment, next_upgrade
from app.errors import UserError
from app.upgrade_plan import next_step
from settings import Settings

BEGIN = {"istio": {"version": "1.30.4"}, "namespaces": {"shop": {}}}


def _change(settings: dict[str, object], target: str = "1.31.0") -> tuple[str, ...]:
    return next_step(Settings.model_validate(settings), target).change


def test_walks_from_one_control_plane_to_the_other_and_ends() -> None:
    beside = {"version": "1.30.4", "revisions": {"1-31-0": "1.31.0"}}
    moved = {"revision": "1-31-0"}
    namespaces = {"default": moved | {"existing": True}, "shop": moved}
    steps: list[dict[str, object]] = [
        BEGIN,
        {"istio": beside, "namespaces": {"shop": {}}},
        {"istio": beside, "namespaces": namespaces | {"shop": {}}},
        {"istio": beside, "namespaces": namespaces},
        {"istio": beside, "namespaces": namespaces, "gateway": moved},
        {"istio": beside | moved, "namespaces": namespaces, "gateway": moved},
        {"istio": beside | moved | {"in_place": False}},
    ]
    assert [_change(step) for step in steps] == [
        ('istio.revisions."1-31-0" = "1.31.0"',),
        ('namespaces.default.revision = "1-31-0"',),
        ('namespaces.shop.revision = "1-31-0"',),
        ('gateway.revision = "1-31-0"',),
        ('istio.revision = "1-31-0"',),
        ("istio.in_place = false",),
        (),
    ]


def test_a_tag_moves_after_those_that_are_named_one_by_one() -> None:
    istio = {
        "in_place": False,
        "revisions": {"1-30-4": "1.30.4", "1-31-0": "1.31.0"},
        "tags": {"stable": "1-30-4"},
        "revision": "stable",
    }
    moved = {"revision": "1-31-0"}
    settings = {"istio": istio, "namespaces": {"default": moved}, "gateway": moved}
    assert _change(settings) == ('istio.tags.stable = "1-31-0"',)


def test_the_older_of_two_revisions_goes_last() -> None:
    istio = {
        "in_place": False,
        "revisions": {"1-30-4": "1.30.4", "1-31-0": "1.31.0"},
        "revision": "1-31-0",
    }
    assert _change({"istio": istio}) == ('- istio.revisions."1-30-4"',)


@pytest.mark.parametrize(
    ("target", "title"),
    [
        ("1.30.4", "nothing: the one control plane has 1.30.4, and 1.30.4 is no newer"),
        (
            "1.33.0",
            "a release between: 1.33.0 is more than 2 minor versions away from 1.30.4",
        ),
    ],
)
def test_names_no_step_where_there_is_none(target: str, title: str) -> None:
    step = next_step(Settings.model_validate(BEGIN), target)
    assert (step.title, step.change) == (title, ())


@pytest.mark.parametrize(
    ("version", "line"),
    [
        ("9.99.9", 'TO = "9.99.9": allowed: a release of Istio 1.x from 1.22.0 on, the first with'),
        ("latest", 'TO = "latest": allowed: an exact version of three numbers; fix: write it as'),
    ],
)
def test_a_version_that_is_none_is_shown(version: str, line: str) -> None:
    with pytest.raises(UserError) as refused:
        next_upgrade(Deployment([], [], Path()), version)
    assert str(refused.value).startswith(line)
