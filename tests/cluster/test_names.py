"""Two Services of a cluster that ask for a Private Link Service of the same name.

Before cloud-provider-azure's PR 10943, of September 2026, the second takes it from the first; that
is so in 1.34.9 and in 1.36.5. Later ones refuse the second: then this file has to change.
"""

from copy import deepcopy
from pathlib import Path

from tests.acceptance.azure.messages import Json
from tests.cluster.cluster import Cluster, Service
from tests.cluster.services import rendered_service

LINK = "/privateLinkServices/istio-ingress"
OWNER = "k8s-azure-owner-service"


def _second(rendered: Json) -> Json:
    """Another gateway: its own address, the same name of the Private Link Service."""
    made = deepcopy(rendered)
    made["metadata"]["name"] = "second"
    annotations = made["metadata"]["annotations"]
    annotations["service.beta.kubernetes.io/azure-load-balancer-ipv4"] = "10.52.192.30"
    return made


def _owner(service: Service) -> str:
    return str(service.cluster.azure.resource(LINK)["tags"][OWNER])


def test_the_second_takes_it_from_the_first(cluster: Cluster, tmp_path: Path) -> None:
    rendered = rendered_service(tmp_path)
    with cluster.service(rendered) as first:
        first.with_address()
        assert _owner(first) == f"{first.namespace}/istio-ingress"
        with cluster.service(_second(rendered)) as second:
            second.with_address()
            assert _owner(second) == f"{second.namespace}/second"
            # Nothing tells: the first keeps its address, and has no event of a failure.
            assert first.addresses() == ["10.52.192.20"]
            assert first.events("SyncLoadBalancerFailed") == []
