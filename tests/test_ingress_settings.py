"""Settings of the gateway: whom it believes, and where its pods can run."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_settings
from tests.synthesis import Json, settings_text, synthesize, values

ANNOTATION = "proxy.istio.io/config"


def gateway(folder: Path, text: str) -> Json:
    istio = synthesize(settings_text(folder, text), folder / "out")["istio"]
    return values(istio["resource"]["helm_release"]["istio-ingress"])


def proxy_of(made: Json) -> str:
    annotation: str = made["podAnnotations"][ANNOTATION]
    return annotation


@pytest.mark.parametrize("text", ["", "gateway.trust_front_door = true"])
def test_front_door_is_believed_with_the_lock(tmp_path: Path, text: str) -> None:
    assert '"gatewayTopology": {"numTrustedProxies": 1}' in proxy_of(gateway(tmp_path, text))


@pytest.mark.parametrize(
    "text", ["gateway.trust_front_door = false", "gateway.origin_lock = false"]
)
def test_front_door_is_not_believed(tmp_path: Path, text: str) -> None:
    assert "gatewayTopology" not in proxy_of(gateway(tmp_path, text))


def test_front_door_cannot_be_believed_without_the_lock(tmp_path: Path) -> None:
    path = settings_text(tmp_path, "gateway = {trust_front_door = true, origin_lock = false}")
    with pytest.raises(UserError) as refused:
        load_settings(path)
    (line,) = str(refused.value).splitlines()
    assert line.startswith(
        f"{path}: gateway.trust_front_door = true: allowed: false where gateway.origin_lock is"
        " false"
    )


def test_two_pods_need_two_nodes_of_their_own_pool(tmp_path: Path) -> None:
    path = settings_text(tmp_path, "node_pools.ingress.max_count = 1")
    with pytest.raises(UserError) as refused:
        load_settings(path)
    (line,) = str(refused.value).splitlines()
    assert line.startswith(
        f"{path}: node_pools.ingress.max_count = 1: allowed: at least 2 where gateway.min_replicas"
        " is 2"
    )


@pytest.mark.parametrize(
    "text",
    [
        "gateway.min_replicas = 1",
        "node_pools.ingress.dedicated = false",
        "stacks = ['aks']",
        "stacks = ['istio']",
    ],
)
def test_one_node_is_enough_otherwise(tmp_path: Path, text: str) -> None:
    path = settings_text(tmp_path, f"{text}\nnode_pools.ingress.max_count = 1")
    assert load_settings(path).node_pools["ingress"].max_count == 1
