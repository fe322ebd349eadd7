"""What network policies must say in Cilium's own kind.

Under Cilium no range of a NetworkPolicy matches a node or a pod, also not 0.0.0.0/0, and the API
server may be either (azure-aks-docs, azure-cni-powered-by-cilium.md). Cilium adds up what both
kinds let through, so these only add.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from constructs.mesh.mesh_objects import MeshObject
from constructs.mesh.network_policies import HTTPS, NODE_METRICS

_DNS = [{"ports": [{"port": "53", "protocol": protocol} for protocol in ("UDP", "TCP")]}]


def nodes(namespace: str) -> Iterator[MeshObject]:
    """The kubelet's probes come in, and LocalDNS, which answers on the node, is asked."""
    yield _policy(
        namespace,
        "nodes",
        ingress=[{"fromEntities": ["host"]}],
        egress=[{"toEntities": ["host"], "toPorts": _DNS}],
    )


def api_server(namespace: str) -> Iterator[MeshObject]:
    """The pods of a namespace ask the API server, wherever it stands."""
    yield _policy(
        namespace,
        "api-server",
        egress=[{"toEntities": ["kube-apiserver"], "toPorts": _tcp(HTTPS)}],
    )


def node_metrics(namespace: str) -> Iterator[MeshObject]:
    """Prometheus asks node-exporter and the kubelet of every node."""
    yield _policy(
        namespace,
        "node-metrics",
        egress=[{"toEntities": ["host", "remote-node"], "toPorts": _tcp(*NODE_METRICS)}],
    )


def _tcp(*ports: int) -> list[dict[str, Any]]:
    return [{"ports": [{"port": str(each), "protocol": "TCP"} for each in ports]}]


def _policy(
    namespace: str,
    name: str,
    *,
    ingress: Sequence[dict[str, Any]] = (),
    egress: Sequence[dict[str, Any]] = (),
) -> MeshObject:
    rules = {"ingress": list(ingress)} if ingress else {}
    return {
        "apiVersion": "cilium.io/v2",
        "kind": "CiliumNetworkPolicy",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {"endpointSelector": {}, **rules, "egress": list(egress)},
    }
