"""What is in which resource group, and what talks to what."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from app.picture.cluster import CLUSTER, gateways, node_group, pools
from app.picture.edge import PROFILE, hosts, origins, profile, routes
from app.picture.kinds import (
    COUNTED,
    DRAWN,
    LOGS,
    METRICS,
    NAT,
    NETWORK,
    PEERING,
    PRIVATE_ENDPOINT,
    ROUTES,
    SUBNET,
    THERE,
    VAULT,
    WORKSPACE,
)
from app.picture.mermaid import Flowchart, several
from app.synthesized import Resource, Synthesized, texts

_ID = re.compile(
    r"/subscriptions/[^/]+/resourceGroups/([^/$]+)/providers/[^/]+/(\w+)/([^/\s$]+)", re.IGNORECASE
)


@dataclass(frozen=True)
class There:
    """Something that is there already, by its id."""

    group: str
    type: str
    name: str

    @property
    def words(self) -> str:
        """What it is, and its name."""
        return f"{THERE.get(self.type.lower(), self.type)} {self.name}"


def groups(stacks: Synthesized) -> Flowchart:
    """The picture of an environment's stacks."""
    chart = Flowchart()
    for name in _group_names(stacks):
        with chart.box(f"resource group {name}", f"resource group {name}"):
            _contents(chart, stacks, name)
    _nodes(chart, stacks)
    _what_is_there(chart, stacks)
    _ways_in(chart, stacks)
    _ways_out(chart, stacks)
    _kept(chart, stacks)
    return chart


def _group_names(stacks: Synthesized) -> list[str]:
    made = [stacks.text(each, "name") for each in stacks.made("azurerm_resource_group")]
    shown = {*DRAWN, *COUNTED, NETWORK, CLUSTER, PROFILE}
    used = [_group_of(stacks, each) for each in stacks.all_made() if each.kind in shown]
    return list(dict.fromkeys(each for each in [*made, *used] if each))


def _group_of(stacks: Synthesized, resource: Resource) -> str:
    """The resource group; what has none of its own is with the others of its stack."""
    if "resource_group_name" in resource.content:
        return stacks.text(resource, "resource_group_name")
    if resource.kind not in COUNTED:
        return ""
    homes = stacks.made("azurerm_resource_group")
    same = [each for each in homes if each.stack == resource.stack] or homes[-1:]
    return stacks.text(same[0], "name") if same else ""


def _contents(chart: Flowchart, stacks: Synthesized, group: str) -> None:
    here = [each for each in stacks.all_made() if _group_of(stacks, each) == group]
    door = profile(stacks)
    if door and stacks.text(door, "resource_group_name") == group:
        names = several(hosts(stacks), 4)
        chart.node("front-door", f"Front Door Premium {stacks.text(door, 'name')}", *names)
    for each in here:
        name = stacks.text(each, "name")
        if each.kind == NETWORK:
            ranges = ", ".join(each.content["address_space"])
            chart.node("network", f"virtual network {name}, {ranges}", *_subnets(stacks))
        elif each.kind == CLUSTER:
            tier = f"{each.content.get('sku_tier', 'Free')} tier, {_api(each)}"
            chart.node("cluster", f"AKS cluster {name}", tier)
        elif each.kind in DRAWN:
            what, shape = DRAWN[each.kind]
            chart.node(each.address, what, name, shape=shape)
    numbers = Counter(COUNTED[each.kind] for each in here if each.kind in COUNTED)
    if numbers:
        words = [f"{number} {names[number > 1]}" for names, number in sorted(numbers.items())]
        pairs = [", ".join(words[i : i + 2]) for i in range(0, len(words), 2)]
        chart.node(f"others {group}", *pairs)


def _subnets(stacks: Synthesized) -> list[str]:
    return [
        f"subnet {stacks.text(each, 'name')}, {', '.join(each.content['address_prefixes'])}"
        for each in stacks.made(SUBNET)
    ]


def _api(cluster: Resource) -> str:
    if cluster.content.get("private_cluster_enabled"):
        return "private API server"
    return "API server on the internet"


def _nodes(chart: Flowchart, stacks: Synthesized) -> None:
    group = node_group(stacks)
    found = list(gateways(stacks))
    if not group and not found:
        return
    title = f"resource group {group}, made by AKS" if group else "the nodes' resource group"
    with chart.box("node group", title):
        for each in found:
            chart.node(f"service {each.service}", "Private Link Service", each.service)
            chart.node(f"balancer {each.name}", "internal load balancer", each.address)
        words = [f"{each.name}: {each.words}" for each in pools(stacks)]
        if words:
            chart.node("pools", "scale sets, one a pool", *several(words, 6))
        if any(_outbound(each) == "loadBalancer" for each in stacks.made(CLUSTER)):
            chart.node("public balancer", "load balancer for ways out", "with a public address")
    for each in found:
        chart.arrow(f"service {each.service}", f"balancer {each.name}")
        ports = " and ".join(str(port) for port in each.ports)
        if chart.has("pools"):
            chart.arrow(f"balancer {each.name}", "pools", f"port {ports}")


def _outbound(cluster: Resource) -> str:
    return str(cluster.content.get("network_profile", {}).get("outbound_type", "loadBalancer"))


def _there(stacks: Synthesized) -> Iterator[There]:
    ours = {each.lower() for each in (*_group_names(stacks), node_group(stacks))}
    for resource in stacks.all_made():
        for text in texts({key: each for key, each in resource.content.items() if key != "//"}):
            for group, type_, name in _ID.findall(text):
                if group.lower() not in ours:
                    yield There(group, type_, name)


def _what_is_there(chart: Flowchart, stacks: Synthesized) -> None:
    found = list(dict.fromkeys(_there(stacks)))
    if not found:
        return
    names = [f"{each.words}, in {each.group}" for each in found]
    chart.node("there", "already there", *several(names, 10))
    user = next((each for each in ("cluster", "front-door") if chart.has(each)), "")
    if user:
        chart.arrow(user, "there", "uses", dotted=True)


def _ways_in(chart: Flowchart, stacks: Synthesized) -> None:
    if chart.has("front-door"):
        chart.node("clients", "clients", shape="round")
        chart.arrow("clients", "front-door", "HTTPS")
        protocols = {each.group: each.protocol for each in routes(stacks)}
        for origin in origins(stacks):
            if origin.service and chart.has(f"service {origin.service}"):
                words = f"{protocols.get(origin.group, 'HTTP')}, private endpoint"
                chart.arrow("front-door", f"service {origin.service}", words)
    for cluster in stacks.made(CLUSTER):
        chart.node("people", "people and pipelines", shape="round")
        chart.arrow("people", "cluster", f"HTTPS {_whence(cluster)}")


def _whence(cluster: Resource) -> str:
    if cluster.content.get("private_cluster_enabled"):
        return "from the network only"
    access = cluster.content.get("api_server_access_profile") or {}
    ranges = [each for each in access.get("authorized_ip_ranges", ()) if "${" not in each]
    return f"from {', '.join(several(ranges))}" if ranges else "from anywhere"


def _ways_out(chart: Flowchart, stacks: Synthesized) -> None:
    ways = [each.address for each in stacks.made(NAT)]
    ways += ["public balancer"] if chart.has("public balancer") else []
    for table in stacks.made(ROUTES):
        for route in table.content.get("route", ()):
            if address := route.get("next_hop_in_ip_address"):
                ways.append(f"firewall {address}")
                chart.node(ways[-1], "firewall, already there", address, shape="hexagon")
    for way in ways:
        chart.node("internet", "the internet", shape="round")
        chart.arrow("pools", way, "ways out")
        chart.arrow(way, "internet")
    for each in stacks.made(PRIVATE_ENDPOINT):
        vaults = stacks.made(VAULT)
        if chart.has("pools") and vaults:
            chart.arrow("pools", each.address, "HTTPS")
            chart.arrow(each.address, vaults[0].address, "Private Link")
    if stacks.made(PEERING) and chart.has("network"):
        chart.arrow("network", "there", "peering")


def _kept(chart: Flowchart, stacks: Synthesized) -> None:
    """Arrows to what keeps logs and metrics."""
    nodes = {"azurerm_cdn_frontdoor_profile": "front-door", CLUSTER: "cluster"}
    drawn: set[tuple[str, str]] = set()
    for setting in stacks.made(LOGS):
        source = stacks.referred(setting, "target_resource_id")
        target = stacks.referred(setting, "log_analytics_workspace_id")
        if source and target and target.kind == WORKSPACE and target.stack == setting.stack:
            start = nodes.get(source.kind, source.address)
            if chart.has(start):
                drawn.add((start, target.address))
    for start, end in sorted(drawn):
        chart.arrow(start, end, "logs", dotted=True)
    for workspace in stacks.made(METRICS):
        if chart.has("cluster"):
            chart.arrow("cluster", workspace.address, "metrics", dotted=True)
