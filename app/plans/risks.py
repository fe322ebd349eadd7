"""What is known of changes and is in no plan: one list, for table, guard and documents.

docs/production.md has it as a table, which `make documents` writes.

Where each comes from: azurerm 4.55.0 on the tests' stand-in for Azure (tests/acceptance/), the real
cloud controller on it (tests/cluster/), and the pages of Azure that docs/production.md names.
"""

from collections.abc import Mapping, Sequence

from app.plans.changes import Action, Change, Path
from app.plans.risk import Risk

_GONE = (Action.REPLACED, Action.DESTROYED)
_CLUSTER, _POOL = "azurerm_kubernetes_cluster", "azurerm_kubernetes_cluster_node_pool"
_ANNOTATIONS = ("values", "service", "annotations")
_AZURE = "service.beta.kubernetes.io/azure-"


def _stops(type_: str, sentence: str, *, of: str = "") -> Risk:
    """What is replaced or destroyed and cannot be had back, or cuts requests."""
    return Risk(type=type_, actions=_GONE, sentence=sentence, of=of, stops=True)


def _gone(type_: str, sentence: str, *, of: str = "") -> Risk:
    return Risk(type=type_, actions=_GONE, sentence=sentence, of=of)


def _forced(type_: str, attributes: Sequence[Path], sentence: str) -> Risk:
    """Why a resource is replaced; that it stops, another entry says."""
    return Risk(type=type_, actions=(Action.REPLACED,), attributes=attributes, sentence=sentence)


def _updated(type_: str, attributes: Sequence[Path], sentence: str) -> Risk:
    actions = (Action.CHANGED, Action.ROTATED) if type_ == _CLUSTER else (Action.CHANGED,)
    return Risk(type=type_, actions=actions, attributes=attributes, sentence=sentence)


def _off(type_: str, sentence: str) -> Risk:
    return Risk(
        type=type_,
        actions=(Action.CHANGED,),
        attributes=[("enabled",)],
        becomes=False,
        sentence=sentence,
        stops=True,
    )


def _of_gateway(attributes: Sequence[Path], sentence: str) -> Risk:
    return Risk(
        type="helm_release",
        of="gateway",
        actions=(Action.CHANGED,),
        attributes=attributes,
        sentence=sentence,
        stops=True,
    )


RISKS: Sequence[Risk] = (
    _stops("azurerm_resource_group", "everything in the group goes with it"),
    _forced(
        _CLUSTER,
        [("default_node_pool", "upgrade_settings")],
        "azurerm replaces the cluster when `drain_timeout_minutes` of the system pool is taken"
        " away: write 30",
    ),
    _forced(
        _CLUSTER,
        [
            ("network_profile", name)
            for name in ("pod_cidr", "network_data_plane", "network_policy")
        ],
        "azurerm replaces the cluster for this; AKS does it in place, by `az aks update` before the"
        ' settings ("To overlay and Cilium, on a cluster that is there")',
    ),
    _stops(
        _CLUSTER,
        "all that runs in the cluster goes, and the Private Link Service: clients get nothing until"
        " the stack istio is deployed anew and the origin made anew. Without a cut: a second"
        " cluster behind one edge (docs/operations.md)",
    ),
    _updated(
        _CLUSTER,
        [("api_server_access_profile", "virtual_network_integration_enabled")],
        "every node is restarted; off again replaces the cluster",
    ),
    _updated(
        _CLUSTER,
        [("network_profile", "outbound_type")],
        "connections out are cut, and come from another address afterwards",
    ),
    _updated(
        _CLUSTER,
        [("kubernetes_version",)],
        "every node is replaced, pool by pool; Kubernetes goes no version back",
    ),
    *(
        Risk(
            type=each,
            actions=(Action.ROTATED,),
            sentence="azurerm makes a temporary pool, deletes the pool with its nodes and makes it"
            " anew: pods move twice, without a drain; quota for both is needed",
        )
        for each in (_CLUSTER, _POOL)
    ),
    Risk(
        type=_POOL,
        of="ingress",
        actions=(Action.ROTATED,),
        sentence="all of the gateway's pods end at once when the pool is deleted: requests fail"
        " until others are ready. Without a cut: another pool, and `gateway.node_pool`, before it",
        stops=True,
    ),
    Risk(
        type=_POOL,
        actions=(Action.REPLACED,),
        sentence="azurerm deletes the pool before it makes the new one: pods that have no other"
        " nodes wait, the gateway's on the pool `ingress` as well",
        stops=True,
    ),
    Risk(
        type=_POOL,
        actions=(Action.DESTROYED,),
        sentence="its nodes go without a drain; pods that have no other nodes wait",
    ),
    _stops(
        "azurerm_virtual_network",
        "Azure deletes no network in which nodes are: the apply fails half way unless the cluster"
        " goes first",
    ),
    _stops(
        "azurerm_subnet",
        "Azure deletes no subnet in which nodes or the Private Link Service are: the apply fails"
        " half way unless these go first",
    ),
    _stops(
        "azurerm_public_ip",
        "the address is given back to Azure: whoever lets it in by address must learn another",
    ),
    _gone(
        "azurerm_user_assigned_identity",
        "pods or the cluster lose their roles in Azure until the new identity has them",
    ),
    _stops(
        "azurerm_key_vault",
        "what is in the vault goes with it, and its name is taken for 90 days",
    ),
    _stops("azurerm_log_analytics_workspace", "the logs in it go with it"),
    _stops("azurerm_monitor_workspace", "the metrics in it go with it"),
    _stops(
        "azurerm_cdn_frontdoor_profile",
        "a new profile has a new id, which the lock does not know, and its endpoint a new host"
        " name: all hosts are cut until DNS, firewall and lock follow",
    ),
    _stops(
        "azurerm_cdn_frontdoor_endpoint",
        "a new endpoint has a new host name: whoever asks by the old one, and every CNAME to it,"
        " gets nothing",
    ),
    _off("azurerm_cdn_frontdoor_endpoint", "Front Door answers none of its hosts"),
    _stops(
        "azurerm_cdn_frontdoor_custom_domain",
        "Front Door answers 404 for the host until it is validated and on a route again, minutes to"
        " hours",
    ),
    _stops(
        "azurerm_cdn_frontdoor_route",
        "Front Door answers 404 for its hosts; a new route takes up to 45 minutes to be everywhere",
    ),
    _off("azurerm_cdn_frontdoor_route", "Front Door answers 404 for its hosts"),
    Risk(
        type="azurerm_cdn_frontdoor_origin",
        actions=(Action.REPLACED,),
        sentence="a new private endpoint asks for its connection: with approval `manual` Front Door"
        " reaches nothing until somebody approves it",
    ),
    _updated(
        "azurerm_cdn_frontdoor_origin",
        [("private_link",)],
        "a new private endpoint may ask for its connection: look at `approve_private_endpoint`",
    ),
    _gone("azurerm_cdn_frontdoor_firewall_policy", "its hosts have no firewall in front of them"),
    _gone(
        "azurerm_cdn_frontdoor_security_policy",
        "its hosts have no firewall in front of them, until there is a new one",
    ),
    _stops(
        "helm_release",
        "the gateway's Service goes, with load balancer and Private Link Service: Front Door"
        " reaches nothing until the origin is made anew and approved",
        of="gateway",
    ),
    _of_gateway(
        [
            *(
                (*_ANNOTATIONS, f"{_AZURE}{name}")
                for name in (
                    "load-balancer-ipv4",
                    "load-balancer-internal",
                    "load-balancer-internal-subnet",
                    "pls-create",
                )
            ),
            ("values", "service", "type"),
            ("values", "service", "loadBalancerIP"),
        ],
        "the cloud controller builds load balancer address and Private Link Service anew: every"
        " connection of Front Door is gone, and no later plan says so. Then make the origin anew"
        " (`-replace`) and approve it. Harmless only where it names the address and subnet that are"
        " there already",
    ),
    _of_gateway(
        [(*_ANNOTATIONS, f"{_AZURE}pls-name")],
        "the cloud controller renames no Private Link Service: it refuses and keeps the old one,"
        " while the origin asks for the new one",
    ),
    _of_gateway(
        [("values", "labels")],
        "Kubernetes changes no selector of a Deployment, so Helm fails and rolls back: `kubectl"
        " delete deployment --cascade=orphan` first, with the pods left running",
    ),
    _stops(
        "helm_release",
        "the gateway has no listener any more: it answers nothing",
        of="ingress-routing",
    ),
    _gone(
        "helm_release",
        "pods that start before istiod knows of it fail; restart all pods of the mesh",
        of="cni",
    ),
    _gone(
        "helm_release",
        "its metrics go with it, unless they are on a disk or sent elsewhere",
        of="kube-prometheus-stack",
    ),
    _stops(
        "kubernetes_namespace_v1",
        "everything in the namespace goes with it, disks and what others have put there as well",
    ),
)

# By which argument a resource is replaced only because that is which it is part of.
PARTS_OF: Mapping[str, str] = {
    "cdn_frontdoor_endpoint_id": "azurerm_cdn_frontdoor_endpoint",
    "cdn_frontdoor_origin_group_id": "azurerm_cdn_frontdoor_origin_group",
    "cdn_frontdoor_profile_id": "azurerm_cdn_frontdoor_profile",
    "kubernetes_cluster_id": _CLUSTER,
    "resource_group_name": "azurerm_resource_group",
    "virtual_network_name": "azurerm_virtual_network",
}


def risks_of(change: Change) -> list[Risk]:
    """What is known of a change, in the order of the list; each sentence once."""
    found: dict[str, Risk] = {}
    for risk in RISKS:
        if risk.is_of(change):
            found.setdefault(risk.sentence, risk)
    return list(found.values())
