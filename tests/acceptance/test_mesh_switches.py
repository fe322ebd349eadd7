"""Every switch of the mesh's pods, switched on later: what the plan of the stack istio is."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.acceptance.edge_switches import Switch
from tests.acceptance.project import Synthesized
from tests.acceptance.releases import pretend_deployed
from tests.acceptance.world import Enter, World

ISTIOD = "helm_release.istio-istiod"
GATEWAY = "helm_release.istio-ingress"
SWITCHES: Mapping[str, Switch] = {
    "two-istiods": Switch({"ISTIO__MIN_REPLICAS": "2"}, {ISTIOD: "update"}),
    "two-gateways-stay": Switch(
        {
            "GATEWAY": {"min_replicas": 3, "min_available": 2},
            "NODE_POOLS__INGRESS__MAX_COUNT": "3",
        },
        {GATEWAY: "update"},
    ),
    "istio-cni": Switch(
        {"ISTIO__CNI": "true"},
        {
            "helm_release.istio-cni": "create",
            ISTIOD: "update",
            "kubernetes_namespace_v1.istio-system-namespace": "update",
        },
    ),
    "distroless": Switch({"ISTIO__DISTROLESS": "true"}, {ISTIOD: "update"}),
    "small-sidecars": Switch({"PROXIES__REQUESTS__CPU": "50m"}, {ISTIOD: "update"}),
    "requests": Switch(
        {"CLUSTER__KEDA": "true", "GATEWAY__REQUESTS_PER_SECOND": "500"},
        {GATEWAY: "update", "helm_release.mesh-objects": "create"},
    ),
}


@pytest.fixture
def everything(enter: Enter, synthesized: Synthesized, with_both: Path) -> World:
    """Everything is deployed, the cluster's half by way of speaking."""
    made = enter(synthesized(), with_both)
    stack = made.stack("istio")
    pretend_deployed(stack, stack.plan())
    # The kubernetes provider writes nothing as "" or [] in what it has seen once.
    pretend_deployed(stack, stack.plan("-refresh=false", read_if_quiet=True))
    return made


@pytest.mark.parametrize("name", SWITCHES)
def test_switched_on_later_it_changes_this(
    everything: World, synthesized: Synthesized, name: str
) -> None:
    everything.project.resynthesize(synthesized(SWITCHES[name].environment()))
    assert everything.stack("istio").plan("-refresh=false").actions == SWITCHES[name].plan
