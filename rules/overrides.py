"""Arguments that a user lays over a resource by its address: which of them may not be laid so."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BeforeValidator

from rules import RuleError, rule
from rules.data import check_data
from rules.keys import Location, key_of

_ADDRESS = r"(azurerm|kubernetes)_[a-z\d_]+\.[a-zA-Z_][-\w]*"

# What Terraform reads of every resource. They shape the graph that this project is tested for.
META_ARGUMENTS = frozenset(
    {"lifecycle", "depends_on", "provider", "count", "for_each", "provisioner", "connection"}
)

# What a promise rests on: the type of resource, the argument, and the setting or the reason.
_ORIGIN = "azurerm_cdn_frontdoor_origin"
_ROUTE = "azurerm_cdn_frontdoor_route"
_FIREWALL = "azurerm_cdn_frontdoor_firewall_policy"
_CLUSTER = "azurerm_kubernetes_cluster"
_TRUST = "azurerm_federated_identity_credential"
_ROLE = "the cluster makes its load balancer with it, or pods fetch their certificate"
_TRUSTED = "Entra ID knows by it the pods that fetch the certificate"
PROMISES: Mapping[tuple[str, str], str] = {
    (_ORIGIN, "certificate_name_check_enabled"): "Private Link needs it on",
    (_ORIGIN, "enabled"): "without it Front Door answers nobody",
    (_ORIGIN, "private_link"): "it is the only way to the gateway; see private_link_service",
    (_ORIGIN, "host_name"): "set front_door.origin_host_name or gateway.tls.host_name",
    (_ORIGIN, "origin_host_header"): "set front_door.origin_host_header",
    (_ORIGIN, "http_port"): "the gateway listens on port 80",
    (_ORIGIN, "https_port"): "the gateway listens on port 443",
    (_ROUTE, "enabled"): "without it Front Door answers nobody",
    (_ROUTE, "patterns_to_match"): "what no route matches is answered by nobody",
    (_ROUTE, "cdn_frontdoor_origin_ids"): "the gateway is this origin",
    (_ROUTE, "forwarding_protocol"): "it follows from gateway.tls.stage",
    (_ROUTE, "https_redirect_enabled"): "clients would be answered without TLS",
    (_ROUTE, "supported_protocols"): "the redirect to HTTPS needs both",
    (_ROUTE, "cdn_frontdoor_origin_group_id"): "the gateway is in this group",
    ("azurerm_cdn_frontdoor_origin_group", "health_probe"): "set front_door.probe",
    (_FIREWALL, "enabled"): 'set waf.mode = "off"',
    (_FIREWALL, "mode"): "set waf.mode",
    (_FIREWALL, "managed_rule"): "set waf.managed_rules",
    (_FIREWALL, "custom_rule"): "set waf.custom_rules or waf.rate_limits",
    (_FIREWALL, "log_scrubbing"): "set waf.scrub",
    (_FIREWALL, "sku_name"): "it must be that of the profile",
    ("azurerm_cdn_frontdoor_security_policy", "security_policies"): (
        "a host that is left out has no firewall"
    ),
    ("azurerm_cdn_frontdoor_profile", "sku_name"): "only Premium has Private Link",
    ("azurerm_cdn_frontdoor_profile", "response_timeout_seconds"): (
        "set front_door.response_timeout_seconds, for which the gateway waits as well"
    ),
    (_CLUSTER, "oidc_issuer_enabled"): "AKS switches it on, and refuses to switch it off",
    (_CLUSTER, "workload_identity_enabled"): "set cluster.workload_identity",
    (_CLUSTER, "key_vault_secrets_provider.secret_rotation_enabled"): (
        "pods keep an old certificate without it"
    ),
    (_CLUSTER, "azure_active_directory_role_based_access_control"): (
        "set cluster.admin_group_object_ids, or lay it over dynamic"
    ),
    (_CLUSTER, "network_profile.network_plugin"): "the ranges are checked for Azure CNI",
    (_CLUSTER, "network_profile.load_balancer_sku"): "Private Link needs a standard one",
    (_CLUSTER, "network_profile.service_cidr"): "set network.service_cidr",
    (_CLUSTER, "network_profile.dns_service_ip"): "set network.dns_service_ip",
    (_CLUSTER, "default_node_pool.vm_size"): "set node_pools.system.vm_size",
    (_CLUSTER, "default_node_pool.min_count"): "set node_pools.system.min_count",
    (_CLUSTER, "default_node_pool.max_count"): "set node_pools.system.max_count",
    (_CLUSTER, "default_node_pool.max_pods"): "set node_pools.system.max_pods",
    ("azurerm_kubernetes_cluster_node_pool", "vm_size"): "set node_pools.NAME.vm_size",
    ("azurerm_kubernetes_cluster_node_pool", "min_count"): "set node_pools.NAME.min_count",
    ("azurerm_kubernetes_cluster_node_pool", "max_count"): "set node_pools.NAME.max_count",
    ("azurerm_kubernetes_cluster_node_pool", "max_pods"): "set node_pools.NAME.max_pods",
    ("azurerm_kubernetes_cluster_node_pool", "node_taints"): "set node_pools.NAME.taints",
    ("azurerm_subnet", "private_link_service_network_policies_enabled"): (
        "a Private Link Service needs it off"
    ),
    ("azurerm_subnet", "address_prefixes"): "set network.node_subnet or .private_link_subnet",
    ("azurerm_virtual_network", "address_space"): "set network.address_space",
    ("azurerm_role_assignment", "principal_id"): _ROLE,
    ("azurerm_role_assignment", "scope"): _ROLE,
    (_TRUST, "parent_id"): _TRUSTED,
    (_TRUST, "issuer"): _TRUSTED,
    (_TRUST, "audience"): _TRUSTED,
    (_TRUST, "subject"): _TRUSTED,
}
# The names by which both stacks find what the other made, and by which states are told apart.
_NAMED_BY_SETTINGS = ("name", "resource_group_name", "location", "metadata")

# Keys of storage accounts, tokens of web and GitHub, signatures, certificates and their keys.
_SECRETS = (
    r"-----BEGIN [A-Z ]*(PRIVATE KEY|CERTIFICATE)",
    r"\beyJ[\w-]{8,}\.[\w-]{8,}\.",
    r"[A-Za-z\d+/]{42,}={1,2}$",
    r"(?i)(accountkey|sharedaccesskey|password|client_secret|sig)=\S{8,}",
    r"\bgh[pousr]_[A-Za-z\d]{30,}",
    r"\b[\w.~-]{3}\dQ~[\w.~-]{31,}",
)
# What azurerm calls arguments that hold a secret.
_NAMES_OF_SECRETS = r"(password|secret|token|private_key|access_key|connection_string)$"


@dataclass(frozen=True)
class Broken:
    """A key of an override that is not to be laid over."""

    key: str
    allowed: str
    fix: str
    is_secret: bool = False


@rule("the address of a resource of azurerm or kubernetes", _ADDRESS)
def address(value: str) -> str:
    """A rule for the address of a resource that can be overridden."""
    if value.startswith("helm_release."):
        raise RuleError(
            "a resource of azurerm or kubernetes",
            "set istio.base_values, istio.istiod_values, gateway.values or monitoring.values",
        )
    if not re.fullmatch(_ADDRESS, value, re.ASCII):
        raise RuleError(
            "the address of a resource of azurerm or kubernetes, in quotes",
            'write it as [overrides."azurerm_kubernetes_cluster.aks"]',
        )
    return value


def broken(address_: str, arguments: Mapping[str, object]) -> Iterator[Broken]:
    """The keys of one override that Terraform's graph or a promise rests on, as written."""
    kind = address_.partition(".")[0]
    for argument in arguments:
        if argument in META_ARGUMENTS:
            yield Broken(
                key_of((argument,)),
                "arguments of the resource, none of those that Terraform has for every one: "
                + ", ".join(sorted(META_ARGUMENTS)),
                "remove the key",
            )
        elif argument in _NAMED_BY_SETTINGS:
            yield Broken(
                key_of((argument,)),
                "arguments other than those that say what and where the resource is",
                "set it by its key in the settings",
            )
    promised: dict[str, str] = {}
    for (owner, path), reason in PROMISES.items():
        if owner == kind and (found := _lies_on(arguments, tuple(path.split(".")))):
            promised.setdefault(key_of(found), reason)
    for key, reason in promised.items():
        yield Broken(key, f"no value of yours: {reason}", "remove the key")
    for at, text in _texts(arguments):
        if _is_secret(at, text):
            yield Broken(
                key_of(at),
                "text that is no key, token, password or certificate: it would stand in the"
                " settings, the output and the state",
                "keep it in a key vault, and name that",
                is_secret=True,
            )


def _is_secret(at: Location, text: str) -> bool:
    names = [part for part in at if isinstance(part, str)]
    return bool(re.search(_NAMES_OF_SECRETS, names[-1], re.IGNORECASE)) or any(
        re.search(pattern, text) for pattern in _SECRETS
    )


def _lies_on(arguments: object, path: tuple[str, ...]) -> tuple[str, ...] | None:
    if not path or not isinstance(arguments, Mapping):
        return ()
    if path[0] not in arguments:
        return None
    below = _lies_on(arguments[path[0]], path[1:])
    return None if below is None else (path[0], *below)


def _texts(value: object, at: Location = ()) -> Iterator[tuple[Location, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, (*at, str(key)))
    elif isinstance(value, str):
        yield at, value
    elif isinstance(value, Sequence):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*at, index))


def _plain(arguments: object) -> object:
    if not isinstance(arguments, Mapping):
        return arguments
    if not arguments:
        raise RuleError("one argument or more", "name what is to be laid over, or remove the table")
    check_data(arguments)
    return arguments


ARGUMENTS = BeforeValidator(_plain)
