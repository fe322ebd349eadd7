"""HTTPS where a cluster's file is another than that of the edge before it."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_environments
from tests.test_tls import ISSUED, NAME

EDGE = 'environment = "edge"\nstacks = ["edge", "traffic"]\n'
CLUSTER = 'environment = "blue"\nexisting.edge = true\n'
LISTEN = 'stage = "listen"\n'


def problems(folder: Path, edge: str, cluster: str) -> list[str]:
    """What is said of both files together, without the folder."""
    files = {"edge.toml": EDGE + edge, "blue.toml": CLUSTER + cluster}
    for name, text in files.items():
        (folder / name).write_text(text)
    try:
        load_environments([folder / name for name in files])
    except UserError as refused:
        return [str(each).replace(f"{folder}/", "") for each in refused.problems]
    return []


@pytest.mark.parametrize(
    ("edge", "cluster"),
    [
        ("", ""),
        ("", ISSUED + LISTEN),
        (NAME + LISTEN, ISSUED + LISTEN),
        (NAME, ISSUED + LISTEN),
        (NAME, ISSUED),
        # Another cluster: nothing is known of it.
        (f'origins.IstioOrigin.cluster = "green"\n{NAME}', ""),
        (f"traffic.down = true\norigins.IstioOrigin.enabled = false\n{NAME}", ""),
    ],
)
def test_the_cluster_listens_where_front_door_comes_to(
    tmp_path: Path, edge: str, cluster: str
) -> None:
    assert problems(tmp_path, edge, cluster) == []


def test_front_door_does_not_come_by_https_to_a_gateway_without_it(tmp_path: Path) -> None:
    assert problems(tmp_path, NAME, "") == [
        "blue.toml: gateway.tls: allowed: a table: Front Door comes by HTTPS, says edge.toml; fix:"
        ' write one, or set gateway.tls.stage = "listen" in the other file'
    ]


def test_80_is_not_shut_while_front_door_comes_by_http(tmp_path: Path) -> None:
    assert problems(tmp_path, NAME + LISTEN, ISSUED + 'stage = "close"') == [
        'blue.toml: gateway.tls.stage = "close": allowed: "listen" or "forward": Front Door comes'
        " by HTTP, says edge.toml; fix: write one of these, or set gateway.tls.stage ="
        ' "forward" in the other file'
    ]


def test_front_door_asks_by_the_name_in_the_certificate(tmp_path: Path) -> None:
    other = ISSUED.replace("origin.", "blue.")
    assert problems(tmp_path, NAME, other) == [
        'blue.toml: gateway.tls.host_name = "blue.contoso.com": allowed: origin.contoso.com, for'
        " which Front Door asks, says edge.toml; fix: write the same"
    ]


def test_an_origin_may_say_the_name_of_its_cluster(tmp_path: Path) -> None:
    edge = f'origins.IstioOrigin.host_name = "blue.contoso.com"\n{NAME}'
    assert problems(tmp_path, edge, ISSUED.replace("origin.", "blue.")) == []
