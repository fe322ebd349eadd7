"""What both pictures know of a cluster: its groups, pools, gateways and applications."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.synthesized import Resource, Synthesized

CLUSTER = "azurerm_kubernetes_cluster"
POOL = "azurerm_kubernetes_cluster_node_pool"
ANNOTATION = "service.beta.kubernetes.io/azure-"
PROBES = 15021


@dataclass(frozen=True)
class Pool:
    """A pool of nodes."""

    name: str
    vm_size: str
    least: int
    most: int
    zones: tuple[str, ...]
    content: Mapping[str, Any]

    @property
    def words(self) -> str:
        """How many nodes of which size."""
        number = f"{self.least} to {self.most}" if self.least != self.most else f"{self.most}"
        return f"{number} of {self.vm_size}"

    @property
    def zone_words(self) -> str:
        """Its zones; nothing where it has none."""
        return f"zones {', '.join(self.zones)}" if self.zones else ""


@dataclass(frozen=True)
class Gateway:
    """A release of Istio's gateway chart, with what AKS makes for its Service."""

    name: str
    revision: str
    pool: str | None
    pods: str
    ports: tuple[int, ...]
    address: str
    subnet: str
    service: str
    nat_address: str


def pools(stacks: Synthesized) -> Iterator[Pool]:
    """The pools that are made, the cluster's own first."""
    for cluster in stacks.made(CLUSTER):
        content = cluster.content["default_node_pool"]
        yield _pool(stacks, cluster, content)
    for each in stacks.made(POOL):
        yield _pool(stacks, each, each.content)


def node_group(stacks: Synthesized) -> str:
    """The group that AKS makes for the nodes; nothing where the cluster is another's."""
    for cluster in stacks.made(CLUSTER):
        if name := stacks.text(cluster, "node_resource_group"):
            return name
        parts = [stacks.text(cluster, key) for key in ("resource_group_name", "name", "location")]
        return "_".join(["MC", *parts]).replace(" ", "")
    return ""


def gateways(stacks: Synthesized) -> Iterator[Gateway]:
    """The gateways, whose Services have an internal load balancer."""
    for release in stacks.made("helm_release"):
        if release.content.get("chart", "").rsplit("/", 1)[-1] != "gateway":
            continue
        values = stacks.values(release)
        service = values.get("service", {})
        notes = service.get("annotations", {})
        ports = [int(each["port"]) for each in service.get("ports", ())]
        yield Gateway(
            name=stacks.text(release, "name"),
            revision=str(values.get("revision", "")),
            pool=pool_of(values),
            pods=_pods(stacks, release, values),
            ports=tuple(each for each in ports if each != PROBES),
            address=notes.get(f"{ANNOTATION}load-balancer-ipv4", ""),
            subnet=notes.get(f"{ANNOTATION}load-balancer-internal-subnet", ""),
            service=notes.get(f"{ANNOTATION}pls-name", ""),
            nat_address=notes.get(f"{ANNOTATION}pls-ip-configuration-ip-address", ""),
        )


def applications(stacks: Synthesized) -> list[str]:
    """The services that the gateway's routes lead to, as `shop.shop:80`."""
    found: dict[str, None] = {}
    for release in stacks.made("helm_release"):
        for route in stacks.values(release).get("routes", ()):
            for rule in route.get("rules", ()):
                if "service" in rule:
                    name, _, rest = str(rule["service"]).partition(".")
                    namespace = rest.partition(".")[0]
                    found[f"{name}.{namespace}:{rule.get('port', 80)}"] = None
    return list(found)


def _pool(stacks: Synthesized, owner: Resource, content: Mapping[str, Any]) -> Pool:
    fixed = content.get("node_count", 1)
    return Pool(
        name=stacks.known(owner.stack, content["name"]),
        vm_size=stacks.known(owner.stack, content["vm_size"]),
        least=int(content.get("min_count", fixed)),
        most=int(content.get("max_count", fixed)),
        zones=tuple(content.get("zones", ())),
        content=content,
    )


def pool_of(values: Mapping[str, Any]) -> str | None:
    """The one pool that pods of these values must be in."""
    required = (
        values.get("affinity", {})
        .get("nodeAffinity", {})
        .get("requiredDuringSchedulingIgnoredDuringExecution", {})
    )
    for term in required.get("nodeSelectorTerms", ()):
        for each in term.get("matchExpressions", ()):
            if each["key"] == "kubernetes.azure.com/agentpool" and len(each["values"]) == 1:
                return str(each["values"][0])
    return None


def replicas(
    stacks: Synthesized, release: Resource, values: Mapping[str, Any]
) -> tuple[int | None, int | None]:
    """How many pods there are at least and at most; None where the chart's own number holds.

    From the autoscaler of the charts gateway and istiod, or from KEDA's object.
    """
    scaling = values.get("autoscaling", {})
    least = scaling.get("minReplicas", values.get("autoscaleMin"))
    most = scaling.get("maxReplicas", values.get("autoscaleMax"))
    for other in stacks.made("helm_release"):
        for each in stacks.values(other).get("objects", ()):
            if each["kind"] == "ScaledObject":
                spec = each["spec"]
                if spec["scaleTargetRef"]["name"] == stacks.text(release, "name"):
                    least, most = spec["minReplicaCount"], spec["maxReplicaCount"]
    return least, most


def _pods(stacks: Synthesized, release: Resource, values: Mapping[str, Any]) -> str:
    """How many pods there may be, in words."""
    least, most = replicas(stacks, release, values)
    if most is None:
        return ""
    return f"{most} pods" if least in (None, most) else f"{least} to {most} pods"
