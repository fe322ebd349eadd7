"""How the stand-in completes a request, and that every default is in the documents."""

import pytest

from tests.acceptance.azure import aks_defaults, front_door, networks, pool_defaults, roles
from tests.acceptance.azure.defaults import Table, fill_in, leave_out
from tests.acceptance.azure.messages import Json
from tests.acceptance.project import ROOT

TABLES: dict[str, Table] = {
    "cluster": aks_defaults.CLUSTER,
    "not given back of a cluster": aks_defaults.CLUSTER_SILENT,
    "pool": pool_defaults.POOL,
    "surge of a pool": pool_defaults.SURGE,
    "pool with a GPU": pool_defaults.GPU_POOL,
    "spot pool": pool_defaults.SPOT_POOL,
    "not given back of a pool": pool_defaults.POOL_SILENT,
    "network": networks.NETWORK_DEFAULTS,
    "subnet": networks.SUBNET_DEFAULTS,
    "assignment": roles.ASSIGNMENT_DEFAULTS,
    "profile": front_door.PROFILE_DEFAULTS,
    "endpoint": front_door.ENDPOINT_DEFAULTS,
    "origin group": front_door.GROUP_DEFAULTS,
    "origin": front_door.ORIGIN_DEFAULTS,
    "route": front_door.ROUTE_DEFAULTS,
}


@pytest.mark.parametrize("left_out", [{}, {"mode": None}, {"mode": ""}, {"mode": []}])
def test_what_was_left_out_is_filled_in(left_out: Json) -> None:
    fill_in(left_out, {"mode": "User"})
    assert left_out == {"mode": "User"}


@pytest.mark.parametrize("asked", [False, 0, "System"])
def test_what_was_asked_for_stays(asked: object) -> None:
    properties = {"mode": asked}
    fill_in(properties, {"mode": "User"})
    assert properties == {"mode": asked}


def test_what_lies_deeper_is_made_on_the_way() -> None:
    properties: Json = {"disks": None}
    fill_in(properties, {"disks.os.size": 128, "disks.os.kind": "Managed"})
    assert properties == {"disks": {"os": {"size": 128, "kind": "Managed"}}}


def test_a_question_mark_completes_only_what_is_there() -> None:
    without: Json = {}
    fill_in(without, {"probe?.interval": 240})
    assert without == {}
    with_probe: Json = {"probe": {"path": "/"}}
    fill_in(with_probe, {"probe?.interval": 240})
    assert with_probe == {"probe": {"path": "/", "interval": 240}}


def test_a_default_is_not_shared_between_resources() -> None:
    defaults: Table = {"labels": {}}
    one: Json = {}
    other: Json = {}
    fill_in(one, defaults)
    one["labels"]["mine"] = "yes"
    fill_in(other, defaults)
    assert other == {"labels": {}}


def test_only_the_value_that_azure_drops_is_dropped() -> None:
    properties: Json = {"priority": "Regular", "mode": "User"}
    leave_out(properties, {"priority": "Regular", "mode": "System", "zones?.first": "1"})
    assert properties == {"mode": "User"}


@pytest.mark.parametrize("kind", TABLES)
def test_every_default_is_in_the_documents(kind: str) -> None:
    document = (ROOT / "docs/acceptance.md").read_text()
    missing = [path for path in TABLES[kind] if f"`{path.replace('?', '')}`" not in document]
    assert missing == []
