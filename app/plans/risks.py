"""What is known of changes and is in no plan: one list, for table, guard and documents.

docs/production.md has it as a table, which `make documents` writes.

Where each comes from: azurerm 4.55.0 on the tests' stand-in for Azure (tests/acceptance/), the real
cloud controller on it (tests/cluster/), and the decisions and pages that the sentences name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.plans.changes import Action, Change, Path

_GONE = (Action.REPLACED, Action.DESTROYED)
_UPDATED = (Action.CHANGED, Action.ROTATED)
_REPLACED = (Action.REPLACED,)
_DESTROYED = (Action.DESTROYED,)
_ANY_VALUE = object()


@dataclass(frozen=True, kw_only=True)
class Risk:
    """A change, and what it does that the plan does not say.

    Args:
        type: the type of the resource.
        actions: what becomes of it.
        attribute: the argument, or the block, for whose sake; any where it is empty.
        becomes: the value that the argument gets; any where it is left out.
        chart: of a release of Helm, the chart or the release that is meant.
        sentence: what it does.
        stops: whether a deploy asks for the address in ALLOW before it does that: it cuts requests,
            or what goes cannot be had back.
    """

    type: str
    actions: Sequence[Action]
    sentence: str
    attribute: Path = ()
    becomes: object = _ANY_VALUE
    chart: str = ""
    stops: bool = False

    def is_of(self, change: Change) -> bool:
        """Whether a change is one of this kind."""
        if change.type != self.type or change.action not in self.actions or change.is_leftover:
            return False
        values = change.before or change.after
        if self.chart and self.chart not in (change.chart, values.get("name")):
            return False
        if self.becomes is not _ANY_VALUE and change.after.get(self.attribute[0]) != self.becomes:
            return False
        return not self.attribute or bool(self.paths(change))

    def paths(self, change: Change) -> list[Path]:
        """The arguments of a change that this is about."""
        if not self.attribute:
            return []
        # What forces a replacement counts there; elsewhere whatever gets another value.
        among = change.causes if change.action is Action.REPLACED else sorted(change.changed)
        return [path for path in among if path[: len(self.attribute)] == self.attribute]


_CLUSTER, _POOL = "azurerm_kubernetes_cluster", "azurerm_kubernetes_cluster_node_pool"
_IN_PLACE_BY_AZ = (
    "azurerm replaces the cluster for this; AKS itself does it in place, by `az aks update` before"
    ' the settings ("To overlay and Cilium, on a cluster that is there")'
)
_ADDRESS = (
    "the cloud controller builds load balancer address and Private Link Service anew: every"
    " connection of Front Door is gone, and no later plan says so. Then make the origin anew"
    " (`-replace`) and approve it. Harmless only where it names the address and subnet that are"
    " there already"
)
_ANNOTATIONS = ("values", "service", "annotations")
_AZURE = "service.beta.kubernetes.io/azure-"
_TEMPORARY = (
    "azurerm makes a temporary pool, deletes the pool with its nodes and makes it anew: pods move"
    " twice, without a drain; quota for both is needed"
)

RISKS: Sequence[Risk] = (
    Risk(
        type="azurerm_resource_group",
        actions=_GONE,
        sentence="everything in the group goes with it",
        stops=True,
    ),
    Risk(
        type=_CLUSTER,
        actions=_REPLACED,
        attribute=("default_node_pool", "upgrade_settings"),
        sentence="azurerm replaces the cluster when `drain_timeout_minutes` of the system pool is"
        " taken away: write 30",
    ),
    Risk(
        type=_CLUSTER,
        actions=_REPLACED,
        attribute=("network_profile", "pod_cidr"),
        sentence=_IN_PLACE_BY_AZ,
    ),
    Risk(
        type=_CLUSTER,
        actions=_REPLACED,
        attribute=("network_profile", "network_data_plane"),
        sentence=_IN_PLACE_BY_AZ,
    ),
    Risk(
        type=_CLUSTER,
        actions=_REPLACED,
        attribute=("network_profile", "network_policy"),
        sentence=_IN_PLACE_BY_AZ,
    ),
    Risk(
        type=_CLUSTER,
        actions=_GONE,
        sentence="all that runs in the cluster goes, and the Private Link Service: clients get"
        " nothing until the stack istio is deployed anew and the origin made anew. Without a cut: a"
        " second cluster behind one edge (docs/operations.md)",
        stops=True,
    ),
    Risk(
        type=_CLUSTER,
        actions=_UPDATED,
        attribute=("api_server_access_profile", "virtual_network_integration_enabled"),
        sentence="every node is restarted; off again replaces the cluster",
    ),
    Risk(
        type=_CLUSTER,
        actions=_UPDATED,
        attribute=("network_profile", "outbound_type"),
        sentence="connections out are cut, and come from another address afterwards",
    ),
    Risk(
        type=_CLUSTER,
        actions=_UPDATED,
        attribute=("kubernetes_version",),
        sentence="every node is replaced, pool by pool; Kubernetes goes no version back",
    ),
    Risk(type=_CLUSTER, actions=(Action.ROTATED,), sentence=_TEMPORARY),
    Risk(type=_POOL, actions=(Action.ROTATED,), sentence=_TEMPORARY),
    Risk(
        type=_POOL,
        actions=_REPLACED,
        sentence="azurerm deletes the pool before it makes the new one: pods that have no other"
        " nodes wait, the gateway's on the pool `ingress` as well",
        stops=True,
    ),
    Risk(
        type=_POOL,
        actions=_DESTROYED,
        sentence="its nodes go without a drain; pods that have no other nodes wait",
    ),
    Risk(
        type="azurerm_virtual_network",
        actions=_GONE,
        sentence="Azure deletes no network in which nodes are, so the apply fails half way unless"
        " the cluster goes first",
        stops=True,
    ),
    Risk(
        type="azurerm_subnet",
        actions=_GONE,
        sentence="Azure deletes no subnet in which nodes or the Private Link Service are, so the"
        " apply fails half way unless these go first",
        stops=True,
    ),
    Risk(
        type="azurerm_public_ip",
        actions=_GONE,
        sentence="the address is given back to Azure: whoever lets it in by address must learn"
        " another",
        stops=True,
    ),
    Risk(
        type="azurerm_user_assigned_identity",
        actions=_GONE,
        sentence="pods or the cluster lose their roles in Azure until the new identity has them",
    ),
    Risk(
        type="azurerm_key_vault",
        actions=_GONE,
        sentence="what is in the vault goes with it, and its name is taken for 90 days",
        stops=True,
    ),
    Risk(
        type="azurerm_log_analytics_workspace",
        actions=_GONE,
        sentence="the logs in it are gone; Azure keeps a deleted workspace for 14 days",
        stops=True,
    ),
    Risk(
        type="azurerm_monitor_workspace",
        actions=_GONE,
        sentence="the metrics in it are gone",
        stops=True,
    ),
    Risk(
        type="azurerm_cdn_frontdoor_profile",
        actions=_GONE,
        sentence="a new profile has a new id, which the lock does not know, and its endpoint a new"
        " host name: all hosts are cut until DNS, firewall and lock follow",
        stops=True,
    ),
    Risk(
        type="azurerm_cdn_frontdoor_endpoint",
        actions=_GONE,
        sentence="a new endpoint has a new host name: whoever asks by the old one, and every CNAME"
        " to it, gets nothing",
        stops=True,
    ),
    Risk(
        type="azurerm_cdn_frontdoor_endpoint",
        actions=_UPDATED,
        attribute=("enabled",),
        becomes=False,
        sentence="Front Door answers none of its hosts",
        stops=True,
    ),
    Risk(
        type="azurerm_cdn_frontdoor_custom_domain",
        actions=_GONE,
        sentence="Front Door answers 404 for the host until it is validated and on a route again,"
        " minutes to hours",
        stops=True,
    ),
    Risk(
        type="azurerm_cdn_frontdoor_route",
        actions=_GONE,
        sentence="Front Door answers 404 for its hosts; a new route takes up to 45 minutes to be"
        " everywhere",
        stops=True,
    ),
    Risk(
        type="azurerm_cdn_frontdoor_route",
        actions=_UPDATED,
        attribute=("enabled",),
        becomes=False,
        sentence="Front Door answers 404 for its hosts",
        stops=True,
    ),
    Risk(
        type="azurerm_cdn_frontdoor_origin",
        actions=_REPLACED,
        sentence="a new private endpoint asks for its connection: with approval `manual` Front Door"
        " reaches nothing until somebody approves it",
    ),
    Risk(
        type="azurerm_cdn_frontdoor_origin",
        actions=_UPDATED,
        attribute=("private_link",),
        sentence="a new private endpoint may ask for its connection: look at"
        " `approve_private_endpoint`",
    ),
    Risk(
        type="azurerm_cdn_frontdoor_firewall_policy",
        actions=_DESTROYED,
        sentence="its hosts have no firewall in front of them",
    ),
    Risk(
        type="azurerm_cdn_frontdoor_security_policy",
        actions=_GONE,
        sentence="meanwhile its hosts have no firewall in front of them",
    ),
    Risk(
        type="helm_release",
        chart="gateway",
        actions=_GONE,
        sentence="the gateway's Service goes, with load balancer and Private Link Service: Front"
        " Door reaches nothing until the origin is made anew and approved",
        stops=True,
    ),
    *(
        Risk(
            type="helm_release",
            chart="gateway",
            actions=_UPDATED,
            attribute=attribute,
            sentence=_ADDRESS,
            stops=True,
        )
        for attribute in (
            (*_ANNOTATIONS, f"{_AZURE}load-balancer-ipv4"),
            (*_ANNOTATIONS, f"{_AZURE}load-balancer-internal-subnet"),
            (*_ANNOTATIONS, f"{_AZURE}load-balancer-internal"),
            (*_ANNOTATIONS, f"{_AZURE}pls-create"),
            ("values", "service", "type"),
            ("values", "service", "loadBalancerIP"),
        )
    ),
    Risk(
        type="helm_release",
        chart="gateway",
        actions=_UPDATED,
        attribute=(*_ANNOTATIONS, f"{_AZURE}pls-name"),
        sentence="the cloud controller renames no Private Link Service: it refuses and keeps the"
        " old one, while the origin asks for the new one",
        stops=True,
    ),
    Risk(
        type="helm_release",
        chart="gateway",
        actions=_UPDATED,
        attribute=("values", "labels"),
        sentence="Kubernetes changes no selector of a Deployment, so Helm fails and rolls back:"
        " `kubectl delete deployment --cascade=orphan` first, with the pods left running",
        stops=True,
    ),
    Risk(
        type="helm_release",
        chart="ingress-routing",
        actions=_GONE,
        sentence="the gateway has no listener and no lock: it answers nothing",
        stops=True,
    ),
    Risk(
        type="helm_release",
        chart="cni",
        actions=_DESTROYED,
        sentence="pods that start before istiod knows of it fail; restart all pods of the mesh",
    ),
    Risk(
        type="helm_release",
        chart="kube-prometheus-stack",
        actions=_GONE,
        sentence="its metrics go with it, unless they are on a disk or sent elsewhere",
    ),
    Risk(
        type="kubernetes_namespace_v1",
        actions=_GONE,
        sentence="everything in the namespace goes with it, disks and what others have put there"
        " as well",
        stops=True,
    ),
)


def risks_of(change: Change) -> list[Risk]:
    """What is known of a change, in the order of the list; each sentence once."""
    found: dict[str, Risk] = {}
    for risk in RISKS:
        if risk.is_of(change):
            found.setdefault(risk.sentence, risk)
    return list(found.values())


def names(paths: Iterable[Path]) -> list[str]:
    """Arguments as a person writes them; of annotations the last part says all."""
    return list(
        dict.fromkeys(
            path[-1].removeprefix("service.beta.kubernetes.io/")
            if "annotations" in path
            else ".".join(path)
            for path in paths
        )
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
