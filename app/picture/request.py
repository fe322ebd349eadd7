"""The way of a request: client, Front Door, Private Link, gateway, applications."""

from app.picture.cluster import CLUSTER, Gateway, Pool, applications, gateways, pools
from app.picture.control_planes import control_planes
from app.picture.edge import FIREWALL, GROUP, hosts, origins, profile, routes
from app.picture.mermaid import Flowchart, several
from app.synthesized import Resource, Synthesized

SUBNET, NETWORK = "azurerm_subnet", "azurerm_virtual_network"


def request(stacks: Synthesized) -> Flowchart:
    """The picture of an environment's stacks."""
    chart = Flowchart()
    if door := profile(stacks):
        chart.node("client", "client", shape="round")
        _edge(chart, stacks, stacks.text(door, "name"))
    if stacks.made(CLUSTER) or any(gateways(stacks)):
        _network(chart, stacks)
    _to_the_gateways(chart, stacks)
    return chart


def _edge(chart: Flowchart, stacks: Synthesized, name: str) -> None:
    routed = {each.group for each in routes(stacks)}
    sent = {each.group: each for each in origins(stacks)}
    with chart.box("front-door", f"Front Door Premium {name}"):
        chart.node("hosts", *several(hosts(stacks), 4))
        for firewall in stacks.made(FIREWALL):
            mode = firewall.content["mode"]
            chart.node("firewall", "web application firewall", mode, shape="hexagon")
        for group in stacks.made(GROUP):
            probe = group.content.get("health_probe") or {}
            words = f"probe {probe['request_type']} {probe['path']}" if probe else ""
            name = stacks.text(group, "name")
            host = "" if name in routed or name not in sent else sent[name].host
            idle = "" if name in routed else "no route leads here now"
            chart.node(f"group {name}", f"origins {name}", words, host, idle)
    chart.arrow("client", "hosts", "HTTPS; HTTP is redirected")
    if chart.has("firewall"):
        chart.arrow("hosts", "firewall")
    for route in routes(stacks):
        if not chart.has(f"group {route.group}"):
            chart.node(f"group {route.group}", f"origins {route.group}")
        start = "firewall" if chart.has("firewall") else "hosts"
        chart.arrow(start, f"group {route.group}", f"route {route.name}", route.patterns)


def _network(chart: Flowchart, stacks: Synthesized) -> None:
    networks = stacks.made(NETWORK)
    title = "virtual network, already there"
    if networks:
        ranges = ", ".join(networks[0].content["address_space"])
        title = f"virtual network {stacks.text(networks[0], 'name')}, {ranges}"
    with chart.box("network", title):
        with chart.box("link", _subnet_words(stacks, _link_subnet(stacks))):
            for each in gateways(stacks):
                _load_balancer(chart, each)
        with chart.box("nodes", _nodes_words(stacks)):
            _pods(chart, stacks)


def _load_balancer(chart: Flowchart, gateway: Gateway) -> None:
    if gateway.service:
        name = f"Private Link Service {gateway.service}"
        chart.node(
            f"service {gateway.service}",
            name,
            f"sends from {gateway.nat_address}" if gateway.nat_address else "",
        )
        chart.arrow(f"service {gateway.service}", f"balancer {gateway.name}")
    chart.node(f"balancer {gateway.name}", "internal load balancer", gateway.address)


def _pods(chart: Flowchart, stacks: Synthesized) -> None:
    placed = {each.name: each for each in gateways(stacks)}
    for pool in pools(stacks):
        inside = [each for each in placed.values() if each.pool == pool.name]
        if inside:
            with chart.box(f"pool {pool.name}", f"pool {pool.name}"):
                for gateway in inside:
                    _gateway(chart, placed.pop(gateway.name), f"on {pool.words}", pool.zone_words)
    for gateway in placed.values():
        _gateway(chart, gateway)
    for plane in control_planes(stacks):
        chart.node(f"plane {plane.name}", f"{plane.name}, Istio {plane.version}")
    others = [each for each in pools(stacks) if not chart.has(f"pool {each.name}")]
    for pool in others[:6]:
        chart.node(f"pool {pool.name}", *_pool_words(pool))
    if len(others) > 6:
        chart.node("more pools", f"and {len(others) - 6} more pools")
    _applications(chart, stacks)


def _gateway(chart: Flowchart, gateway: Gateway, *place: str) -> None:
    chart.node(f"gateway {gateway.name}", f"gateway {gateway.name}", gateway.pods, *place)
    ports = " and ".join(str(each) for each in gateway.ports)
    chart.arrow(
        f"balancer {gateway.name}", f"gateway {gateway.name}", f"port {ports}" if ports else ""
    )


def _applications(chart: Flowchart, stacks: Synthesized) -> None:
    names = applications(stacks)
    strict = any(
        stacks.values(each).get("mutualTls", {}).get("strict")
        for each in stacks.made("helm_release")
    )
    for name in several(names, 6):
        chart.node(f"application {name}", name)
        for gateway in gateways(stacks):
            words = "mutual TLS" if strict else "mutual TLS where both have sidecars"
            chart.arrow(f"gateway {gateway.name}", f"application {name}", words)
    for plane in control_planes(stacks):
        for gateway in gateways(stacks):
            if gateway.revision in plane.followed_by:
                start, end = f"plane {plane.name}", f"gateway {gateway.name}"
                chart.arrow(start, end, "configures", dotted=True)


def _to_the_gateways(chart: Flowchart, stacks: Synthesized) -> None:
    protocols = {each.group: each.protocol for each in routes(stacks)}
    for origin in origins(stacks):
        protocol = protocols.get(origin.group, "")
        if not origin.service:
            continue
        if not chart.has(f"service {origin.service}"):
            chart.node(
                f"service {origin.service}",
                f"Private Link Service {origin.service}",
                f"in {origin.service_group}",
            )
        words = f"{protocol}, private endpoint".strip(", ")
        chart.arrow(
            f"group {origin.group}", f"service {origin.service}", words, f"origin {origin.name}"
        )


def _subnet_words(stacks: Synthesized, name: str) -> str:
    for each in stacks.made(SUBNET):
        if stacks.text(each, "name") == name:
            return f"subnet {name}, {', '.join(each.content['address_prefixes'])}"
    return f"subnet {name}, already there"


def _link_subnet(stacks: Synthesized) -> str:
    return next((each.subnet for each in gateways(stacks)), "plc")


def _nodes_words(stacks: Synthesized) -> str:
    clusters = stacks.made(CLUSTER)
    if not clusters:
        return "AKS cluster, already there"
    cluster = clusters[0]
    ranges = cluster.content["network_profile"].get("pod_cidr")
    pods = f", pods in {ranges}" if ranges else ""
    name = stacks.text(cluster, "name")
    return f"subnet {_subnet_of(stacks, cluster)}: AKS cluster {name}{pods}"


def _subnet_of(stacks: Synthesized, cluster: Resource) -> str:
    value = cluster.content["default_node_pool"].get("vnet_subnet_id", "")
    for each in stacks.made(SUBNET):
        if f"{each.kind}.{each.name}." in value:
            return f"{stacks.text(each, 'name')}, {', '.join(each.content['address_prefixes'])}"
    return f"{value.rpartition('/')[2]}, already there"


def _pool_words(pool: Pool) -> list[str]:
    return [f"pool {pool.name}", pool.words, pool.zone_words]
