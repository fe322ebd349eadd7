"""A Service that asks for a Private Link Service whose name somebody else has.

Before cloud-provider-azure's PR 10943, of September 2026, it takes it; that is so in 1.34.9 and in
1.36.5. Later ones refuse the Service: then this file has to change.
"""

from copy import deepcopy
from pathlib import Path

from tests.acceptance.azure.messages import Json
from tests.cluster.cluster import Cluster, Service
from tests.cluster.services import rendered_service
from tests.cluster.test_private_link import COMPUTED

BALANCER = COMPUTED.replace("privateLinkServices/istio-ingress", "loadBalancers/by-hand")
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


def test_one_that_somebody_made_by_hand_is_taken_too(cluster: Cluster, tmp_path: Path) -> None:
    azure = cluster.azure
    azure.make(BALANCER, {"location": "westeurope", "properties": {}})
    properties = {
        "loadBalancerFrontendIpConfigurations": [{"id": f"{BALANCER}/frontendIPConfigurations/a"}],
        "ipConfigurations": [],
    }
    azure.make(COMPUTED, {"location": "westeurope", "properties": properties})
    with cluster.service(rendered_service(tmp_path)) as made:
        made.with_address()
        assert _owner(made) == f"{made.namespace}/istio-ingress"
        (frontend,) = azure.resource(LINK)["properties"]["loadBalancerFrontendIpConfigurations"]
        assert "/loadBalancers/kubernetes-internal/" in frontend["id"]
    azure.remove(BALANCER)
