"""Who is asked about: peers, and whether one may come to another."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.synthesis import Json

# The labels are those of the charts' pods; an entity is what Cilium takes an address for.
PEERS: Json = {
    "istiod": {"namespace": "istio-system", "labels": {"app": "istiod", "istio": "pilot"}},
    "istiod of 1-31-0": {
        "namespace": "istio-system",
        "labels": {"app": "istiod", "istio": "pilot", "istio.io/rev": "1-31-0"},
    },
    "gateway": {"namespace": "istio-ingress", "labels": {"istio": "ingressgateway"}},
    "intruder beside the gateway": {"namespace": "istio-ingress", "labels": {"app": "x"}},
    "shop": {"namespace": "shop", "labels": {"app": "shop"}},
    "shop's database": {"namespace": "shop", "labels": {"app": "database"}},
    "web": {"namespace": "web", "labels": {"app": "web"}},
    "stranger": {"namespace": "elsewhere", "labels": {"app": "stranger"}},
    "prometheus": {
        "namespace": "prometheus",
        "labels": {"app.kubernetes.io/name": "prometheus"},
    },
    "grafana": {"namespace": "prometheus", "labels": {"app.kubernetes.io/name": "grafana"}},
    "cert-manager": {"namespace": "cert-manager", "labels": {"app": "cert-manager"}},
    "cert-manager's webhook": {"namespace": "cert-manager", "labels": {"app": "webhook"}},
    "dns": {"namespace": "kube-system", "labels": {"k8s-app": "kube-dns"}},
    "tunnel": {"namespace": "kube-system", "labels": {"app": "konnectivity-agent"}},
    "own node": {"ip": "10.52.0.4", "entity": "host"},
    "other node": {"ip": "10.52.0.5", "entity": "remote-node"},
    "api server": {"ip": "20.50.1.2", "entity": "outside-apiserver"},
    "internet": {"ip": "198.51.100.7", "entity": "world"},
    "partner": {"ip": "10.100.3.4", "entity": "world"},
    "local dns": {"ip": "169.254.10.11", "entity": "world"},
}
for _number, _peer in enumerate(PEERS.values()):
    _peer.setdefault("ip", f"10.244.0.{_number + 1}")


@dataclass(frozen=True)
class Case:
    """One asks another, and whether that is to be let through."""

    source: str
    target: str
    port: int
    allowed: bool
    protocol: str = "TCP"


def _may(source: str, target: str, *ports: int) -> list[Case]:
    return [Case(source, target, each, allowed=True) for each in ports]


def _may_not(source: str, target: str, *ports: int) -> list[Case]:
    return [Case(source, target, each, allowed=False) for each in ports]


_GUARDED = ("istiod", "gateway", "shop", "web", "prometheus", "cert-manager")
CASES: Sequence[Case] = (
    # The way of a request, and who is not on it.
    *_may("internet", "gateway", 443, 15021),
    *_may("other node", "gateway", 443, 15021),
    *_may_not("internet", "gateway", 80, 15000, 15012),
    *_may("gateway", "shop", 80, 8080),
    *_may("gateway", "web", 8080),
    *_may_not("gateway", "stranger", 80),
    *_may_not("gateway", "internet", 443),
    *_may_not("gateway", "api server", 443),
    *_may_not("stranger", "shop", 8080, 15021),
    *_may_not("internet", "shop", 8080),
    *_may_not("intruder beside the gateway", "shop", 8080),
    *_may_not("intruder beside the gateway", "internet", 443),
    # Applications: among themselves, and what is named.
    *_may("shop", "shop's database", 5432),
    *_may("web", "shop", 8080),
    *_may_not("shop", "web", 8080),
    *_may("shop", "partner", 5432, 443),
    *_may_not("web", "partner", 443),
    *_may_not("shop", "internet", 443),
    *_may_not("shop", "api server", 443),
    *_may_not("shop", "other node", 10250),
    *_may_not("shop", "stranger", 80),
    # Discovery, also by a second control plane, and the webhooks.
    *(case for each in ("istiod", "istiod of 1-31-0") for case in (
        *_may("shop", each, 15010, 15012),
        *_may("gateway", each, 15012),
        *_may_not("shop", each, 15014, 8080),
        *_may_not("stranger", each, 15012),
        *_may("tunnel", each, 15017),
        *_may("api server", each, 15017),
        *_may("prometheus", each, 15014),
        *_may("own node", each, 8080),
        *_may(each, "api server", 443),
        *_may_not(each, "shop", 8080),
    )),
    # The kubelet's probes, and metrics.
    *_may("own node", "shop", 15021, 15020, 8080),
    *_may("own node", "gateway", 15021),
    *_may("prometheus", "shop", 15020, 15090),
    *_may("prometheus", "gateway", 15020, 15090),
    *_may_not("prometheus", "shop", 8080),
    *_may("prometheus", "own node", 9100, 10250),
    *_may("prometheus", "other node", 9100, 10250),
    *_may("prometheus", "api server", 443),
    *_may("grafana", "prometheus", 9090),
    *_may_not("shop", "prometheus", 9090),
    *_may_not("shop", "grafana", 3000),
    # cert-manager: its webhook, the authority, the zone's name servers.
    *_may("tunnel", "cert-manager's webhook", 10250),
    *_may("cert-manager", "internet", 443, 53),
    *_may("cert-manager", "api server", 443),
    *_may("prometheus", "cert-manager", 9402),
    *_may_not("stranger", "cert-manager", 9402),
    # Everybody asks the DNS.
    *(
        Case(each, server, 53, allowed=True, protocol=protocol)
        for each in _GUARDED
        for server in ("dns", "local dns", "own node")
        for protocol in ("UDP", "TCP")
    ),
)  # fmt: skip
