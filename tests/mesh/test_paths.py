"""What the normalization of paths does to the lock, the probe and applications, on the real Envoy.

A recording of the default beside one for each value that can be set.
"""

from collections.abc import Iterator

import pytest

from tests.envoy import Gateway, gateway
from tests.gateway_recording import FRONT_DOOR_ID
from tests.mesh.client import READY, SAMPLE, Reply, request, send
from tests.mesh.recordings import recorded

OURS = ("X-Azure-FDID", FRONT_DOOR_ID)
READY_REPLY, LOCKED = Reply(200, READY), Reply(403, None)

# The target, and what a request without the id gets with each value.
PROBES = [
    ("/probe", READY_REPLY, READY_REPLY, READY_REPLY),
    ("/%70robe", READY_REPLY, READY_REPLY, READY_REPLY),
    ("/x/../probe", READY_REPLY, READY_REPLY, READY_REPLY),
    ("//probe", LOCKED, READY_REPLY, READY_REPLY),
    ("/%2Fprobe", LOCKED, LOCKED, READY_REPLY),
    ("/x%2F..%2Fprobe", LOCKED, LOCKED, READY_REPLY),
    ("/probe/", LOCKED, LOCKED, LOCKED),
    ("/probe//", LOCKED, LOCKED, LOCKED),
    ("/probe%2F", LOCKED, LOCKED, LOCKED),
    ("/probe/../admin", LOCKED, LOCKED, LOCKED),
    ("/probe%2F..%2Fadmin", LOCKED, LOCKED, LOCKED),
    ("//admin", LOCKED, LOCKED, LOCKED),
    ("/%2Fadmin", LOCKED, LOCKED, LOCKED),
    ("/%252Fprobe", LOCKED, LOCKED, LOCKED),
]
# The target, and the path that the application sees with each value.
PATHS = [
    ("/a/./b/../c", "/a/c", "/a/c", "/a/c"),
    ("/a//b", "/a//b", "/a/b", "/a/b"),
    ("/a%2Fb", "/a%2Fb", "/a%2Fb", "/a/b"),
    ("/a%5Cb", "/a%5Cb", "/a%5Cb", "/a/b"),
    ("/a%2F..%2Fadmin", "/a%2F..%2Fadmin", "/a%2F..%2Fadmin", "/admin"),
    ("/a%252Fb", "/a%252Fb", "/a%252Fb", "/a%252Fb"),
    ("/a?x=//%2F", "/a?x=//%2F", "/a?x=//%2F", "/a?x=//%2F"),
]
SHAPES = ["default", "merge-slashes", "decode-slashes"]


@pytest.fixture(scope="module", params=range(len(SHAPES)), ids=SHAPES)
def column(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[int, Gateway]]:
    with gateway(recorded(SHAPES[request.param]), tmp_path_factory.mktemp("envoy")) as running:
        yield request.param, running


def test_spellings_of_the_probe_reach_the_gateway_itself_or_nobody(
    column: tuple[int, Gateway],
) -> None:
    index, envoy = column
    seen = {target: list(send(envoy.port, request(target, "a.com"))) for target, *_ in PROBES}
    assert seen == {target: [expected[index]] for target, *expected in PROBES}


def test_applications_see_the_path_that_policies_have_seen(column: tuple[int, Gateway]) -> None:
    index, envoy = column
    seen = {target: envoy.ask(target, [OURS]).path for target, *_ in PATHS}
    assert seen == {target: expected[index] for target, *expected in PATHS}


def test_the_id_opens_it_as_before(column: tuple[int, Gateway]) -> None:
    _, envoy = column
    assert send(envoy.port, request("//a%2Fb", "a.com", OURS)) == [Reply(200, SAMPLE)]
