"""The fast model in tests/mesh_semantics.py agrees with the tables that the real Envoy meets.

Paths that Envoy normalizes, ports, and header lines that come twice are beyond the model.
"""

import pytest

from tests.mesh.recordings import stack_of, values_of
from tests.mesh.shapes import SHAPES
from tests.mesh.test_lock import ID, TABLE, Lines
from tests.mesh.test_routes import CASES
from tests.mesh_semantics import destination, is_denied
from tests.rendering import of_kind, render
from tests.synthesis import Json

PLAIN = [case for case in CASES if not set("%:?") & set(case[0] + case[1]) and ".." not in case[1]]
ONCE = [row for row in TABLE["lines"] if len(row["headers"]) < 2]


@pytest.fixture(scope="module")
def objects() -> dict[str, list[Json]]:
    made = {}
    for name in ("default", "hosts"):
        istio = stack_of(SHAPES[name])
        made[name] = render(values_of(istio)["ingress-routing"])
    return made


@pytest.mark.parametrize(("host", "path", "service"), PLAIN)
def test_a_request_goes_where_envoy_sends_it(
    objects: dict[str, list[Json]], host: str, path: str, service: str
) -> None:
    ready = "istio-ingress.istio-ingress:15021"
    name, _, port = (ready if service == "ready" else service).partition(":")
    expected = None if service == "404" else (f"{name}.svc.cluster.local", int(port))
    assert destination(objects["hosts"], host=host, path=path) == expected


@pytest.mark.parametrize("row", ONCE, ids=lambda row: str(row["headers"]))
@pytest.mark.parametrize("path", ["/", "/probe/", "/PROBE"])
def test_a_request_is_denied_where_envoy_denies_it(
    objects: dict[str, list[Json]], row: dict[str, Lines | bool], path: str
) -> None:
    lines = row["headers"]
    assert isinstance(lines, list)
    headers = {name.lower(): value.strip().replace("ID", ID) for name, value in lines}
    policies = of_kind(objects["default"], "AuthorizationPolicy")
    assert is_denied(policies, path=path, headers=headers) is not row["passes"]
