"""The annotations by which AKS makes an internal load balancer and a Private Link Service."""

from collections.abc import Sequence

from settings.private_link import LoadBalancer, PrivateLinkService

_PREFIX = "service.beta.kubernetes.io/"

# On which an Istio gateway says that it is ready.
STATUS_PORT = "15021"


def load_balancer_annotations(
    options: LoadBalancer, *, subnet_name: str | None, ports: Sequence[int] = (80,)
) -> dict[str, str]:
    """The annotations of a Kubernetes service that listens on one private address.

    Args:
        options: the table `load_balancer`. An address that changes makes Azure build the Private
            Link Service anew and drop every connection to it.
        subnet_name: a subnet of the cluster's virtual network; None for that of the nodes. It is in
            the name of the frontend, so saying it later makes the Private Link Service anew
            (cloud-provider-azure, azure_loadbalancer.go, getDefaultFrontendIPConfigName).
        ports: on which the service listens for requests.
    """
    texts = {
        f"{_PREFIX}azure-load-balancer-internal": "true",
        f"{_PREFIX}azure-load-balancer-internal-subnet": subnet_name or "",
        f"{_PREFIX}azure-load-balancer-ipv4": options.fixed_address or "",
        # cloud-provider-azure's own default is 4.
        f"{_PREFIX}azure-load-balancer-tcp-idle-timeout": str(options.idle_timeout_minutes),
    }
    # Azure would probe the port itself, on which nothing listens before there is a Gateway; the
    # status port always answers (cloud-provider-azure, azure_loadbalancer_healthprobe.go).
    texts |= {f"{_PREFIX}port_{port}_health-probe_port": STATUS_PORT for port in ports}
    return {key: text for key, text in texts.items() if text}


def private_link_annotations(options: PrivateLinkService, *, subnet_name: str) -> dict[str, str]:
    """The annotations that put a Private Link Service before it; what is empty is left out.

    Args:
        options: the table `private_link_service` (cloud-provider-azure, pls-integration).
        subnet_name: the subnet it takes its source addresses from; the cluster's identity needs
            Network Contributor on it.
    """
    texts = {
        "azure-pls-create": "true",
        "azure-pls-name": options.name,
        "azure-pls-ip-configuration-subnet": subnet_name,
        "azure-pls-ip-configuration-ip-address-count": str(options.nat_ip_count),
        "azure-pls-ip-configuration-ip-address": " ".join(options.nat_ip_addresses),
        # Envoy takes the preamble for a request, and answers every one with 400.
        "azure-pls-proxy-protocol": "false",
        "azure-pls-visibility": " ".join(options.annotated_visibility()),
        "azure-pls-auto-approval": " ".join(options.annotated_auto_approval()),
    }
    return {f"{_PREFIX}{key}": text for key, text in texts.items() if text}
