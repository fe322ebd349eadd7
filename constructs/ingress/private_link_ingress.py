"""The ingress gateway behind an internal load balancer and a Private Link Service."""

import json
from collections.abc import Sequence
from typing import Any

from cdktf import ITerraformDependable
from constructs import Construct

from constructs.guard import guard
from constructs.helm_release import ChartSource, helm_release
from constructs.ingress.private_link_service import (
    STATUS_PORT,
    InternalLoadBalancer,
    PrivateLinkService,
)
from constructs.mesh.mesh import Mesh
from constructs.mesh.scheduling import POOL, prefer_nodes, require_nodes, spread, tolerations
from rules import front_door, whole_number

# What the seed's Gateway objects select. The chart would derive "ingress" from the release's name.
GATEWAY_LABEL = "ingressgateway"
# The service gets its address only when the Private Link Service stands (cloud-provider-azure,
# azure_loadbalancer.go:136-204), which takes Azure minutes; Helm waits for the address.
TIMEOUT_IN_SECONDS = 900
# A pod that ends, and a listener that is replaced, may still answer for a little longer than Front
# Door waits for it.
LONGER_SECONDS = 15
# The chart's own ports but for 443, on which nothing listens: Azure would probe it for ever.
PORTS = {"status-port": int(STATUS_PORT), "http2": 80}


class PrivateLinkIngress(Construct):
    """Istio's ingress gateway, reachable through a Private Link Service and in no other way.

    Its pods are spread over nodes, and over zones where there are any; with two or more of them,
    they never share the only node. A disruption budget keeps one while nodes are drained. A pod
    that ends answers the requests it has, for as long as Front Door waits for them.

    Exposes `release`; `service_host`, the service's name in the cluster; `selector`, the label that
    a Gateway selects; and `private_link_service_id`, the id of the service AKS makes. That id is
    computed and not read, so that one apply is enough and a later plan stays quiet; it is of use
    only to what depends on `release`.

    Args:
        name: the release and with it Deployment, Service and pods.
        namespace: an existing namespace in which Istio injects.
        mesh: the control plane; the gateway's image is injected by it.
        charts: which Istio, from which repository; the mesh's.
        load_balancer: the internal address.
        private_link_service: the service in front of it.
        node_resource_group_id: the id of the group in which AKS keeps the cluster's own resources.
        node_pool: the pool the pods prefer; with taints, the only one they run on.
        taints: taints of that pool, key=value:effect, that the pods tolerate. It is then theirs
            alone, and with two pods or more it must have room for two nodes.
        min_replicas: pods at least, 1 to 100. With one there is no disruption budget.
        max_replicas: pods at most, at least min_replicas.
        trusted_proxies: how many proxies in front of the gateway are believed about the client's
            scheme and address, 0 to 10. More than 0 only where nobody else reaches the gateway.
        response_timeout_seconds: how long Front Door waits for an answer, 16 to 240; the profile's.
            Requests in flight have a little longer when a pod ends or its listener is replaced.
        idle_timeout_minutes: after how long without a request the gateway closes a connection,
            from 1; sooner than the load balancer forgets it.
        depends_on: what must exist before, besides the mesh.

    Raises:
        ValueError: for a name, version or number that is refused.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        namespace: str,
        mesh: Mesh,
        charts: ChartSource,
        load_balancer: InternalLoadBalancer,
        private_link_service: PrivateLinkService,
        node_resource_group_id: str,
        node_pool: str,
        taints: Sequence[str] = (),
        min_replicas: int = 2,
        max_replicas: int = 5,
        trusted_proxies: int = 0,
        response_timeout_seconds: int = front_door.RESPONSE_TIMEOUT_SECONDS,
        idle_timeout_minutes: int = 25,
        depends_on: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        subject = f"PrivateLinkIngress {id_}"
        guard(f"{subject} min_replicas", min_replicas, whole_number(1, 100, "pods"))
        guard(f"{subject} max_replicas", max_replicas, whole_number(min_replicas, 100, "pods"))
        guard(f"{subject} trusted_proxies", trusted_proxies, whole_number(0, 10, "proxies"))
        guard(
            f"{subject} response_timeout_seconds",
            response_timeout_seconds,
            front_door.response_timeout,
        )
        guard(
            f"{subject} idle_timeout_minutes",
            idle_timeout_minutes,
            whole_number(1, load_balancer.idle_timeout_minutes - 1, "minutes"),
        )
        grace = response_timeout_seconds + LONGER_SECONDS
        # Istio's own 45 seconds would cut requests when the listener changes.
        proxy: dict[str, Any] = {"drainDuration": f"{grace}s"}
        if trusted_proxies:
            proxy["gatewayTopology"] = {"numTrustedProxies": trusted_proxies}
        self.selector = {"istio": GATEWAY_LABEL}
        values: dict[str, Any] = {
            "labels": self.selector,
            "service": {
                "annotations": load_balancer.annotations() | private_link_service.annotations(),
                "ports": [
                    {"name": name_, "port": port, "protocol": "TCP", "targetPort": port}
                    for name_, port in PORTS.items()
                ],
            },
            "env": {
                # Of connections (pilot, listener_builder.go), not of requests.
                "ISTIO_META_IDLE_TIMEOUT": f"{idle_timeout_minutes}m",
                # Without it a pod ends after five seconds, whatever it is doing.
                "EXIT_ON_ZERO_ACTIVE_CONNECTIONS": "true",
            },
            "terminationGracePeriodSeconds": grace,
            "podAnnotations": {"proxy.istio.io/config": json.dumps(proxy)},
            "autoscaling": {"minReplicas": min_replicas, "maxReplicas": max_replicas},
            "podDisruptionBudget": {"minAvailable": 1},
            "affinity": (require_nodes if taints else prefer_nodes)(POOL, node_pool),
            "topologySpreadConstraints": spread(
                self.selector, min_nodes=2 if taints and min_replicas > 1 else 1
            ),
        }
        if taints:
            values["tolerations"] = tolerations(list(taints))
        self.release = helm_release(
            self,
            "Default",
            name=name,
            namespace=namespace,
            chart=charts.arguments("gateway"),
            values=values,
            timeout_in_seconds=TIMEOUT_IN_SECONDS,
            roll_back=True,
            lint=True,
            depends_on=[mesh.istiod, *depends_on],
        )
        self.service_host = f"{name}.{namespace}.svc.cluster.local"
        self.private_link_service_id = (
            f"{node_resource_group_id}/providers/Microsoft.Network"
            f"/privateLinkServices/{private_link_service.name}"
        )
