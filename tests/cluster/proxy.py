"""The real Envoy with what the running istiod tells the proxy of the gateway's pod."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cluster.deployment import Deployment
from tests.envoy import Gateway, gateway
from tests.gateway_recording import FRONT_DOOR_ID, seen
from tests.mesh.proxy import told

PODS = "/api/v1/namespaces/istio-ingress/pods"


@contextmanager
def gateway_of(made: Deployment, folder: Path) -> Iterator[Gateway]:
    """Envoy as the first pod of the gateway would run it, with the id of the real profile."""
    pod = made.get(PODS)["items"][0]
    folder.mkdir(exist_ok=True)
    dump = told(pod, made.istiod.grpc, made.istiod.http)
    with gateway(seen(dump, FRONT_DOOR_ID), folder) as envoy:
        yield envoy
