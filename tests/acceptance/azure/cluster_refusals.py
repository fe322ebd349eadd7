"""What AKS refuses of a cluster that passes Terraform's plan.

Sources: Microsoft's pages aks/private-clusters, aks/azure-cni-powered-by-cilium,
aks/azure-cni-overlay, aks/use-azure-ad and aks/long-term-support; where nobody has published AKS's
words, they are ours.
"""

from collections.abc import Iterator

from tests.acceptance.azure.messages import Json, RefusalError


def refuse(cluster: Json) -> None:
    """Raise a RefusalError for the first thing that AKS would refuse."""
    for problem in _problems(cluster):
        raise RefusalError(400, "BadRequest", problem)


def _problems(cluster: Json) -> Iterator[str]:
    properties = cluster["properties"]
    network = properties.get("networkProfile") or {}
    api_server = properties.get("apiServerAccessProfile") or {}
    has_identity = (cluster.get("identity") or {}).get("type") == "UserAssigned"
    is_private = api_server.get("enablePrivateCluster")
    zone = api_server.get("privateDNSZone")
    if is_private and api_server.get("authorizedIPRanges"):
        yield "Authorized IP ranges are not supported for private clusters."
    is_given = str(zone or "system").lower() not in ("system", "none")
    if is_private and is_given and not has_identity:
        yield "A custom private DNS zone needs a user assigned identity."
    if str(zone or "").lower() == "none" and not api_server.get("enablePrivateClusterPublicFQDN"):
        yield "Private DNS zone none needs the public FQDN."
    if api_server.get("enableVnetIntegration") and not api_server.get("subnetId"):
        yield "API Server VNet Integration needs a subnet in a network of one's own."
    is_cilium = network.get("networkDataplane") == "cilium"
    if is_cilium != (network.get("networkPolicy") == "cilium"):
        yield "Network policy cilium and network dataplane cilium need each other."
    if network.get("podCidr") and network.get("networkPluginMode") != "overlay":
        yield "Pod CIDR is only for network plugin mode overlay."
    if network.get("outboundType") == "managedNATGateway":
        yield "managedNATGateway is not supported in a custom virtual network."
    if properties.get("disableLocalAccounts") and not properties.get("aadProfile"):
        yield "Disabling local accounts needs Azure Active Directory integration."
