"""A cluster's network as azurerm writes it."""

from cdktf_cdktf_provider_azurerm.kubernetes_cluster import KubernetesClusterNetworkProfile

from settings.network import Network

OUTBOUND_TYPES = {
    "load-balancer": "loadBalancer",
    "nat-gateway": "userAssignedNATGateway",
    "firewall": "userDefinedRouting",
}


def network_profile(
    options: Network, *, service_cidr: str, dns_service_ip: str
) -> KubernetesClusterNetworkProfile:
    """How pods get their addresses, what carries their traffic, and the way out.

    The range of the pods is always written: azurerm 4.55.0 replaces a cluster that changes it, so a
    plan says what a move would be, instead of an update that AKS refuses half way.

    Args:
        options: the table `network`.
        service_cidr, dns_service_ip: the cluster's own addresses.
    """
    is_cilium = options.data_plane == "cilium"
    return KubernetesClusterNetworkProfile(
        network_plugin="azure",
        network_plugin_mode="overlay" if options.is_overlay else None,
        pod_cidr=options.pods,
        network_data_plane="cilium" if is_cilium else None,
        # Cilium keeps network policies itself, and AKS takes no other with it.
        network_policy="cilium" if is_cilium else "azure",
        service_cidr=service_cidr,
        dns_service_ip=dns_service_ip,
        load_balancer_sku="standard",
        outbound_type=OUTBOUND_TYPES[options.outbound],
    )
