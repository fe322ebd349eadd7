"""Network policies below the mesh, which hold where a pod goes around its sidecar.

What Kubernetes' own kind can say is said by it, for Azure's engine and for Cilium alike: everything
is forbidden, and then what is needed is let through. A rule without a peer means everybody, nodes
and the load balancer included. What only Cilium's kind can say is in cilium_policies.py.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from constructs.mesh.mesh_objects import MeshObject
from rules import names

Rule = dict[str, Any]
# istiod: discovery with TLS and without, the webhooks, metrics (istio.io, ops/deployment/
# application-requirements).
DISCOVERY, WEBHOOKS, ISTIOD_METRICS = (15010, 15012), 15017, 15014
# Sidecars and gateways: merged metrics, readiness, Envoy's own metrics.
READINESS, PROXY_METRICS = 15021, (15020, 15090)
# The API server and everything else that speaks HTTPS.
HTTPS = 443
# The webhooks of cert-manager and of Prometheus' operator; cert-manager's metrics.
CHART_WEBHOOK, CERT_MANAGER_METRICS = 10250, 9402
PROMETHEUS = 9090
# On the nodes: node-exporter and the kubelet.
NODE_METRICS = (9100, 10250)
# AKS's LocalDNS answers on the node (azure-aks-docs, azure-cni-powered-by-cilium.md).
LOCAL_DNS = "169.254.10.0/24"
ANYWHERE = {"ipBlock": {"cidr": "0.0.0.0/0"}}
ISTIOD = {"app": "istiod"}  # Of every revision.
GATEWAY = {"istio": "ingressgateway"}
_NAME = "kubernetes.io/metadata.name"  # Kubernetes itself keeps this label.


def mesh(namespaces: Iterable[str], scrapers: Sequence[str]) -> Iterator[MeshObject]:
    """For istio-system: istiod of every revision, and what else is there.

    Args:
        namespaces: those whose proxies ask istiod.
        scrapers: namespaces of what collects metrics.
    """
    proxies = [within(each) for each in dict.fromkeys((names.INGRESS, *namespaces))]
    ingress = [
        {"from": proxies, "ports": tcp(*DISCOVERY)},
        {"ports": tcp(WEBHOOKS)},  # The API server comes by a tunnel, or from its own subnet.
        *_scraped(scrapers, ISTIOD_METRICS),
    ]
    yield from closed(names.MESH_NAMESPACE)
    yield policy(names.MESH_NAMESPACE, "istiod", ISTIOD, ingress=ingress)
    yield policy(names.MESH_NAMESPACE, "ways-out", {}, egress=[dns(), https()])


def gateway(
    ports: Iterable[int],
    namespaces: Iterable[str],
    scrapers: Sequence[str],
    traces: Sequence[Rule] = (),
) -> Iterator[MeshObject]:
    """For istio-ingress: whoever the load balancer lets in, and on to the applications.

    Args:
        ports: on which the gateway takes requests.
        namespaces: those to which it leads.
        scrapers: namespaces of what collects metrics.
    """
    ingress = [{"ports": tcp(*ports, READINESS)}, *_scraped(scrapers, *PROXY_METRICS)]
    onward = [{"to": [within(each)]} for each in dict.fromkeys(namespaces)]
    yield from closed(names.INGRESS)
    yield policy(
        names.INGRESS,
        "gateway",
        GATEWAY,
        ingress=ingress,
        egress=[dns(), to_istiod(), *onward, *traces],
    )


def application(
    namespace: str,
    reached_from: Iterable[str],
    reaches: Iterable[str],
    ranges: Iterable[str],
    scrapers: Sequence[str],
    traces: Sequence[Rule] = (),
) -> Iterator[MeshObject]:
    """For a namespace of applications: its own pods, the gateway, and what is named.

    Args:
        reached_from: namespaces whose pods come here.
        reaches: namespaces to whose pods its own go.
        ranges: ranges of addresses outside the cluster to which they go.
        scrapers: namespaces of what collects metrics.
        traces: the way to what collects traces.
    """
    own: Rule = {"podSelector": {}}
    incoming = [own, within(names.INGRESS, GATEWAY), *(within(each) for each in reached_from)]
    outgoing: list[Rule] = [own, *(within(each) for each in reaches)]
    outgoing += [{"ipBlock": {"cidr": each}} for each in ranges]
    yield from closed(namespace)
    yield policy(
        namespace,
        "applications",
        {},
        ingress=[{"from": incoming}, *_scraped(scrapers, *PROXY_METRICS)],
        egress=[dns(), to_istiod(), {"to": outgoing}, *traces],
    )


def monitoring(askers: Iterable[str] = ()) -> Iterator[MeshObject]:
    """For prometheus: its parts among themselves, and out to all that it looks at.

    Args:
        askers: namespaces of what asks Prometheus, such as KEDA.
    """
    asked = [within(each) for each in askers]
    everywhere: Rule = {"to": [{"namespaceSelector": {}}]}
    nodes = {"to": [ANYWHERE], "ports": tcp(*NODE_METRICS)}
    yield from closed(names.MONITORING)
    yield policy(
        names.MONITORING,
        "prometheus",
        {},
        ingress=[
            {"from": [{"podSelector": {}}]},
            {"ports": tcp(CHART_WEBHOOK)},
            *([{"from": asked, "ports": tcp(PROMETHEUS)}] if asked else []),
        ],
        egress=[dns(), https(), everywhere, nodes],
    )


def cert_manager(scrapers: Sequence[str]) -> Iterator[MeshObject]:
    """For cert-manager: its webhook, and out to issuer, Azure and the zone's own name servers.

    Args:
        scrapers: namespaces of what collects metrics.
    """
    yield from closed(names.CERT_MANAGER)
    yield policy(
        names.CERT_MANAGER,
        "cert-manager",
        {},
        ingress=[{"ports": tcp(CHART_WEBHOOK)}, *_scraped(scrapers, CERT_MANAGER_METRICS)],
        egress=[dns(), https(), {"to": [ANYWHERE], "ports": _DNS_PORTS}],
    )


def closed(namespace: str) -> Iterator[MeshObject]:
    """Nothing in and nothing out, of any pod."""
    yield policy(namespace, "default-deny", {}, ingress=[], egress=[])


def policy(
    namespace: str,
    name: str,
    pods: Mapping[str, str],
    *,
    ingress: Sequence[Rule] | None = None,
    egress: Sequence[Rule] | None = None,
) -> MeshObject:
    """One policy, of the directions that are given."""
    directions = {"ingress": ingress, "egress": egress}
    rules = {direction: list(given) for direction, given in directions.items() if given}
    types = [each.capitalize() for each, given in directions.items() if given is not None]
    selector = {"matchLabels": dict(pods)} if pods else {}
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {"podSelector": selector, "policyTypes": types, **rules},
    }


def within(namespace: str, pods: Mapping[str, str] | None = None) -> Rule:
    """The pods of a namespace, or those of them with labels."""
    peer: Rule = {"namespaceSelector": {"matchLabels": {_NAME: namespace}}}
    return peer | ({"podSelector": {"matchLabels": dict(pods)}} if pods else {})


def tcp(*ports: int) -> list[Rule]:
    """Ports of TCP, each once."""
    return [{"protocol": "TCP", "port": each} for each in dict.fromkeys(ports)]


_DNS_PORTS = [{"protocol": protocol, "port": 53} for protocol in ("UDP", "TCP")]


def dns() -> Rule:
    """To the cluster's DNS."""
    # CoreDNS, and the cache that may stand on each node before it.
    expression = {"key": "k8s-app", "operator": "In", "values": ["kube-dns", "node-local-dns"]}
    servers = within("kube-system") | {"podSelector": {"matchExpressions": [expression]}}
    return {"to": [servers, {"ipBlock": {"cidr": LOCAL_DNS}}], "ports": _DNS_PORTS}


def https() -> Rule:
    """To the API server, whose address is Azure's choice, and whatever else speaks HTTPS."""
    return {"to": [ANYWHERE], "ports": tcp(HTTPS)}


def to_istiod() -> Rule:
    """To istiod of every revision, from proxies."""
    return {"to": [within(names.MESH_NAMESPACE, ISTIOD)], "ports": tcp(*DISCOVERY)}


def to_collector(namespace: str | None, port: int) -> Rule:
    """To what collects traces: in a namespace, or anywhere outside of the cluster."""
    return {"to": [within(namespace) if namespace else ANYWHERE], "ports": tcp(port)}


def _scraped(scrapers: Sequence[str], *ports: int) -> list[Rule]:
    return [{"from": [within(each) for each in scrapers], "ports": tcp(*ports)}] if scrapers else []
