"""What Istio's webhook and `istioctl analyze` said of the objects of each shape."""

import pytest

from tests.gateway_recording import kind_of, releases_of
from tests.mesh.recordings import known, recorded, stack_of, values_of
from tests.mesh.shapes import SHAPES
from tests.mesh.verdicts import unexpected
from tests.rendering import render


@pytest.mark.parametrize("name", SHAPES)
def test_the_webhook_was_asked_and_admitted_every_object(name: str) -> None:
    stack = stack_of(SHAPES[name])
    values = SHAPES[name].changed(values_of(stack))
    made = [
        f"{each['kind']} {each['metadata']['namespace']}/{each['metadata']['name']}"
        for release, content in releases_of(stack).items()
        if kind_of(content) == "ingress-routing"
        for each in render(values[release], known(content)["namespace"])
    ]
    made += [
        f"{each['kind']} {each['metadata']['namespace']}/{each['metadata']['name']}"
        for each in values.get("mesh-objects", {}).get("objects", [])
        if ".istio.io/" in each["apiVersion"]
    ]
    assert recorded(name)["admitted"] == sorted(made)


@pytest.mark.parametrize("name", SHAPES)
def test_the_webhook_refused_bad_objects(name: str) -> None:
    assert recorded(name)["refused"] == ["VirtualService", "AuthorizationPolicy", "Gateway"]


@pytest.mark.parametrize("name", SHAPES)
def test_the_analysis_says_nothing_that_nobody_has_accepted(name: str) -> None:
    messages = recorded(name)["analyzed"]
    assert messages
    assert unexpected(messages) == []


def test_another_message_is_seen() -> None:
    lost = "IST0101 VirtualService istio-ingress/any-host"
    assert unexpected(["IST0102 Namespace istio-ingress", lost]) == [lost]
