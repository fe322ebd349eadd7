"""The ingress gateway behind an internal load balancer and a Private Link Service."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from cdktf import ITerraformDependable, TerraformStack
from constructs import Construct

from constructs.guard import guard
from constructs.helm_release import ChartSource, helm_release
from constructs.ingress.gateway_pods import gateway_pods
from constructs.ingress.private_link_service import (
    STATUS_PORT,
    load_balancer_annotations,
    private_link_annotations,
)
from constructs.mesh.mesh import Mesh
from constructs.mesh.scheduling import tolerations
from rules import RuleError, front_door, names, whole_number
from rules.revisions import DEFAULT
from rules.tls import HTTP, HTTPS
from settings.gateway import Gateway
from settings.private_link import LoadBalancer, PrivateLinkService

# What the seed's Gateway objects select. The chart would derive "ingress" from the release's name.
LABEL = "ingressgateway"
# What the chart calls them.
NAMES_OF_PORTS = {HTTP: "http2", HTTPS: "https"}
# The service gets its address only when the Private Link Service stands (cloud-provider-azure,
# azure_loadbalancer.go:136-204), which takes Azure minutes; Helm waits for the address.
TIMEOUT_IN_SECONDS = 900
# Which labels the gateways of a stack have, each with who has it.
_labels: WeakKeyDictionary[TerraformStack, dict[str, str]] = WeakKeyDictionary()

# A pod that ends, and a listener that is replaced, may still answer for a little longer than Front
# Door waits for it.
LONGER_SECONDS = 15


class PrivateLinkIngress(Construct):
    """Istio's ingress gateway, reachable through a Private Link Service and in no other way.

    Its pods are spread over nodes, and over zones where there are any; with two or more of them,
    they never share the only node. A disruption budget keeps one, or as many as the options say,
    while nodes are drained. A pod that ends answers the requests it has, for as long as Front Door
    waits for them.

    Exposes `release`; `service_host`, the service's name in the cluster; `selector`, the label that
    a Gateway selects; and `private_link_service_id`, the id of the service AKS makes. That id is
    computed and not read, so that one apply is enough and a later plan stays quiet; it is of use
    only to what depends on `release`.

    Args:
        name: the release and with it Deployment, Service and pods.
        namespace: an existing namespace in which Istio injects.
        mesh: the control plane; the gateway's image is injected by it.
        charts: which Istio, from which repository; the mesh's.
        options: pods, pool, timeouts and values of the chart; the table `gateway`.
        load_balancer: the internal address; the table `load_balancer`.
        load_balancer_subnet: the name of the subnet that it lies in; None says nothing of it, and
            it lies in that of the nodes. AKS calls the frontend after one that is named.
        private_link_service: the service in front of it; the table `private_link_service`. No other
            gateway of the cluster may have its name.
        private_link_subnet: the name of the subnet of the service's source addresses.
        node_resource_group_id: the id of the group in which AKS keeps the cluster's own resources.
        taints: taints of the options' pool, key=value:effect, that the pods tolerate. Where one
            keeps other pods away, the pool is theirs alone, and with two pods or more it must have
            room for two nodes.
        revision: the control plane, or the tag, that injects and configures the pods.
        label: the pods' label `istio`, by which Gateways and the origin lock select them. Each
            gateway of a mesh needs its own: they would answer for each other.
        volumes: what the pods mount, such as a certificate, before they are there.
        depends_on: what must exist before the pods, such as what a volume is made of.
        threads: of its Envoy, where those of the mesh's other proxies are not to be its own.
        response_timeout_seconds: how long Front Door waits for an answer, 16 to 240; the profile's.
            Requests in flight have a little longer when a pod ends or its listener is replaced.

    Raises:
        ValueError: for a name, version or number that is refused, or a label that another gateway
            of the stack has.
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
        options: Gateway,
        load_balancer: LoadBalancer,
        load_balancer_subnet: str | None,
        private_link_service: PrivateLinkService,
        private_link_subnet: str,
        node_resource_group_id: str,
        taints: Sequence[str] = (),
        revision: str = DEFAULT,
        label: str = LABEL,
        volumes: Sequence[Mapping[str, Any]] = (),
        depends_on: Sequence[ITerraformDependable] = (),
        threads: int | None = None,
        response_timeout_seconds: int = front_door.RESPONSE_TIMEOUT_SECONDS,
    ) -> None:
        super().__init__(scope, id_)
        subject = f"PrivateLinkIngress {id_}"
        guard(
            f"{subject} response_timeout_seconds",
            response_timeout_seconds,
            front_door.response_timeout,
        )
        guard(
            f"{subject} options.idle_timeout_minutes",
            options.idle_timeout_minutes,
            whole_number(1, load_balancer.idle_timeout_minutes - 1, "minutes"),
        )
        self.selector = {"istio": guard(f"{subject} label", label, names.kubernetes)}
        _claim(self, label)
        # The chart's own, without those on which nothing listens: Azure would probe them.
        ports = {"status-port": int(STATUS_PORT)} | {
            NAMES_OF_PORTS[port]: port for port in options.ports
        }
        grace = response_timeout_seconds + LONGER_SECONDS
        # Istio's own 45 seconds would cut requests when the listener changes.
        proxy: dict[str, Any] = {"drainDuration": f"{grace}s"}
        if options.trusts_front_door():
            # Front Door; Private Link and load balancer pass connections on as they are.
            proxy["gatewayTopology"] = {"numTrustedProxies": 1}
        if threads is not None:
            proxy["concurrency"] = threads
        values: dict[str, Any] = {
            **({"revision": revision} if revision != DEFAULT else {}),
            "labels": self.selector,
            "service": {
                "annotations": load_balancer_annotations(
                    load_balancer,
                    subnet_name=load_balancer_subnet,
                    ports=options.ports,
                )
                | private_link_annotations(private_link_service, subnet_name=private_link_subnet),
                "ports": [
                    {"name": name_, "port": port, "protocol": "TCP", "targetPort": port}
                    for name_, port in ports.items()
                ],
            },
            "env": {
                # Of connections (pilot, listener_builder.go), not of requests.
                "ISTIO_META_IDLE_TIMEOUT": f"{options.idle_timeout_minutes}m",
                # Without it a pod ends after five seconds, whatever it is doing.
                "EXIT_ON_ZERO_ACTIVE_CONNECTIONS": "true",
            },
            "terminationGracePeriodSeconds": grace,
            "podAnnotations": {"proxy.istio.io/config": json.dumps(proxy)},
            **gateway_pods(options, self.selector, taints),
        }
        if volumes:
            values["volumes"] = [dict(each) for each in volumes]
            values["volumeMounts"] = [
                {"name": each["name"], "mountPath": f"/etc/{each['name']}", "readOnly": True}
                for each in volumes
            ]
        if taints:
            values["tolerations"] = tolerations(taints)
        self.release = helm_release(
            self,
            "Default",
            name=name,
            namespace=namespace,
            chart=charts.arguments("gateway"),
            values=values,
            user_values=options.values,
            timeout_in_seconds=TIMEOUT_IN_SECONDS,
            roll_back=True,
            lint=True,
            depends_on=[*mesh.ready, *depends_on],
        )
        self.service_host = f"{name}.{namespace}.svc.cluster.local"
        self.private_link_service_id = (
            f"{node_resource_group_id}/providers/Microsoft.Network"
            f"/privateLinkServices/{private_link_service.name}"
        )


def _claim(ingress: PrivateLinkIngress, label: str) -> None:
    taken = _labels.setdefault(TerraformStack.of(ingress), {})
    if label in taken:
        refused = RuleError(
            f"a label that no other gateway has; {taken[label]} has this one, and the Gateways and"
            " locks of each would select the pods of both",
            "give each gateway a label of its own",
        )
        raise ValueError(f"PrivateLinkIngress {ingress.node.id} label = {label!r}: {refused}")
    taken[label] = ingress.node.id
