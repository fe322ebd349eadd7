"""The settings that keep what the original has made."""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from app.adoption.original import State
from rules.names import node_resource_group
from rules.private_link import EVERYBODY
from rules.releases import ISTIO_VERSION
from settings import Settings
from settings.merging import merged

Json = dict[str, Any]
_CLUSTER = "module.aks.azurerm_kubernetes_cluster.main"
_NETWORK = "module.network.azurerm_virtual_network.vnet"
_SUBNET = "module.network.azurerm_subnet.subnet"
_ORIGIN = "azurerm_cdn_frontdoor_origin.istio-ingress-origin"
_GROUP = "azurerm_cdn_frontdoor_origin_group.my_origin_group"
_PREFIX = "service.beta.kubernetes.io/azure-"
REVISION = ISTIO_VERSION.replace(".", "-")

# A key of ours, and the attribute that says what it is now: the address, and the path in it.
Kept = tuple[str, str, tuple[str | int, ...]]
OF_AKS: tuple[Kept, ...] = (
    ("names.resource_group", "azurerm_resource_group.this", ("name",)),
    ("names.cluster", _CLUSTER, ("name",)),
    ("names.dns_prefix", _CLUSTER, ("dns_prefix",)),
    ("names.virtual_network", _NETWORK, ("name",)),
    ("cluster.region", "azurerm_resource_group.this", ("location",)),
    ("cluster.agents_size", _CLUSTER, ("default_node_pool", 0, "vm_size")),
    ("cluster.kubernetes_version", _CLUSTER, ("kubernetes_version",)),
    ("cluster.tier", _CLUSTER, ("sku_tier",)),
    ("network.address_space", _NETWORK, ("address_space", 0)),
    ("network.node_subnet", f'{_SUBNET}["system"]', ("address_prefixes", 0)),
    ("network.private_link_subnet", f'{_SUBNET}["plc"]', ("address_prefixes", 0)),
    ("network.service_cidr", _CLUSTER, ("network_profile", 0, "service_cidr")),
    ("network.dns_service_ip", _CLUSTER, ("network_profile", 0, "dns_service_ip")),
)
OF_ISTIO: tuple[Kept, ...] = (
    ("front_door.profile", "azurerm_cdn_frontdoor_profile.my_front_door", ("name",)),
    (
        "front_door.response_timeout_seconds",
        "azurerm_cdn_frontdoor_profile.my_front_door",
        ("response_timeout_seconds",),
    ),
    ("front_door.endpoint", "azurerm_cdn_frontdoor_endpoint.my_endpoint", ("name",)),
    ("front_door.origin_group", _GROUP, ("name",)),
    ("front_door.session_affinity", _GROUP, ("session_affinity_enabled",)),
    ("front_door.probe.path", _GROUP, ("health_probe", 0, "path")),
    (
        "front_door.probe.interval_in_seconds",
        _GROUP,
        ("health_probe", 0, "interval_in_seconds"),
    ),
    ("front_door.probe.request_type", _GROUP, ("health_probe", 0, "request_type")),
    ("front_door.origin", _ORIGIN, ("name",)),
    ("front_door.origin_host_name", _ORIGIN, ("host_name",)),
    ("front_door.origin_host_header", _ORIGIN, ("origin_host_header",)),
    ("front_door.route", "azurerm_cdn_frontdoor_route.my_route", ("name",)),
)
# Of a pool, with what azurerm reads where nobody has said it: then ours says nothing either.
_CHOSEN_BY_AKS: Mapping[str, object] = {
    "vm_size": None,
    "min_count": None,
    "max_count": None,
    "zones": [],
    "max_pods": 30,
    "os_disk_size_gb": 128,
    "os_disk_type": "Managed",
}


def kept(aks: State, istio: State, address: str, base: Settings) -> Json:
    """The settings that say what is there, where those below say something else.

    Args:
        aks: the state of aks-tf.
        istio: the state of istio-tf.
        address: that of the gateway's load balancer.
        base: the settings below.
    """
    found: Json = {}
    for state, keys in ((aks, OF_AKS), (istio, OF_ISTIO)):
        for key, resource, path in keys:
            _put(found, key, _at(state.attributes(resource), path))
    _put(found, "load_balancer.private_ip_address", address)
    _put(found, "load_balancer.names_subnet", _names_subnet(istio))
    for key, value in _private_link(istio):
        _put(found, key, value)
    for key, value in _others(aks, istio):
        _put(found, key, value)
    for name in ("system", "user", "ingress"):
        for key, value in _pool(aks, name, base):
            _put(found, f"node_pools.{name}.{key}", value)
    different = _differences(found, base.model_dump(mode="json"))
    return merged(different, _beside(istio))


def _beside(istio: State) -> Json:
    """What is not made by the original, and waits until the old mesh has gone."""
    return {
        "istio": {"in_place": False, "revision": REVISION, "revisions": {REVISION: ISTIO_VERSION}},
        "node_pools": {"ingress": {"dedicated": False}},
        "sample": {"enabled": False},
        "monitoring": {"enabled": False},
        "adoption": {
            "original": True,
            "namespaces": [
                istio.attributes(f"helm_release.{each}")["namespace"]
                for each in ("istio-base", "istio-ingress", "prometheus")
                if istio.has(f"helm_release.{each}")
            ],
        },
    }


def _others(aks: State, istio: State) -> Iterator[tuple[str, object]]:
    cluster = aks.attributes(_CLUSTER)
    group, region = (
        _at(aks.attributes("azurerm_resource_group.this"), (each,)) for each in ("name", "location")
    )
    nodes = cluster["node_resource_group"]
    if nodes.lower() != node_resource_group(group, cluster["name"], region).lower():
        yield "names.node_resource_group", nodes
    entra = cluster.get("azure_active_directory_role_based_access_control") or []
    if entra and entra[0].get("admin_group_object_ids"):
        yield "cluster.admin_group_object_ids", entra[0]["admin_group_object_ids"]
    link = _at(istio.attributes(_ORIGIN), ("private_link", 0))
    if link["location"] != region:
        yield "front_door.private_endpoint_region", link["location"]
    if link["request_message"] != "Request access":
        yield "front_door.request_message", link["request_message"]


def _pool(aks: State, name: str, base: Settings) -> Iterator[tuple[str, object]]:
    cluster = aks.attributes(_CLUSTER)
    found = (
        cluster["default_node_pool"][0]
        if name == "system"
        else aks.attributes(f"azurerm_kubernetes_cluster_node_pool.{name}")
    )
    below = base.node_pools[name].model_dump(mode="json")
    for key, chosen in _CHOSEN_BY_AKS.items():
        value = sorted(found[key] or []) if key == "zones" else found[key]
        if key == "vm_size" and value == cluster["default_node_pool"][0]["vm_size"]:
            continue  # That is cluster.agents_size.
        if value != chosen or below[key]:
            yield key, value


def _private_link(istio: State) -> Iterator[tuple[str, object]]:
    told = _annotations(istio)
    yield "private_link_service.name", told.get("pls-name")
    addresses = told.get("pls-ip-configuration-ip-address", "").split()
    yield "private_link_service.nat_ip_addresses", addresses
    count = int(told.get("pls-ip-configuration-ip-address-count", 1))
    yield "private_link_service.nat_ip_count", count
    if "pls-auto-approval" in told:
        for key in ("visibility", "auto-approval"):
            subscriptions = told.get(f"pls-{key}", "").split()
            if subscriptions != [EVERYBODY]:  # As where nothing is said.
                yield f"private_link_service.{key.replace('-', '_')}", subscriptions
    else:
        yield "private_link_service.approval", "manual"


def _names_subnet(istio: State) -> bool:
    """Whether the gateway's Service says in which subnet its load balancer is."""
    return "load-balancer-internal-subnet" in _annotations(istio)


def _annotations(istio: State) -> dict[str, str]:
    """What the gateway's Service asks of Azure, without the beginning that all of it has."""
    values: Json = {}
    for text in istio.attributes("helm_release.istio-ingress")["values"] or []:
        values = merged(values, yaml.safe_load(text) or {})
    annotations = values.get("service", {}).get("annotations", {})
    return {
        key.removeprefix(_PREFIX): str(text)
        for key, text in annotations.items()
        if key.startswith(_PREFIX)
    }


def _differences(found: Json, default: Json) -> Json:
    different: Json = {}
    for key, value in found.items():
        if isinstance(value, dict):
            if below := _differences(value, default.get(key) or {}):
                different[key] = below
        elif value is not None and value != default.get(key):
            different[key] = value
    return different


def _put(settings: Json, key: str, value: object) -> None:
    *tables, last = key.split(".")
    for table in tables:
        settings = settings.setdefault(table, {})
    settings[last] = value


def _at(attributes: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        attributes = attributes[step]
    return attributes
