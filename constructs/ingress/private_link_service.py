"""The annotations by which AKS makes an internal load balancer and a Private Link Service."""

from collections.abc import Sequence
from dataclasses import dataclass

from constructs.guard import guard
from rules import RuleError, names, networks, private_link, whole_number

_PREFIX = "service.beta.kubernetes.io/"

# On which an Istio gateway says that it is ready.
STATUS_PORT = "15021"


@dataclass(frozen=True, kw_only=True)
class InternalLoadBalancer:
    """Where the service listens: one private address in one subnet.

    Pinned, because an address that changes makes Azure build the Private Link Service anew and
    drop every connection to it.

    Args:
        subnet_name: a subnet of the cluster's virtual network.
        address: a free IPv4 address of that subnet.
        idle_timeout_minutes: after how long without a packet a connection is dropped, 4 to 100
            (cloud-provider-azure, azure_loadbalancer.go). Its own default is 4. What stands behind
            it should close idle connections sooner.

    Raises:
        ValueError: for a timeout out of range.
    """

    subnet_name: str
    address: str
    idle_timeout_minutes: int = 30

    def __post_init__(self) -> None:
        guard(
            "InternalLoadBalancer idle_timeout_minutes",
            self.idle_timeout_minutes,
            whole_number(4, 100, "minutes"),
        )

    def annotations(self) -> dict[str, str]:
        """The annotations of the Kubernetes service."""
        return {
            f"{_PREFIX}azure-load-balancer-internal": "true",
            f"{_PREFIX}azure-load-balancer-internal-subnet": self.subnet_name,
            f"{_PREFIX}azure-load-balancer-ipv4": self.address,
            f"{_PREFIX}azure-load-balancer-tcp-idle-timeout": str(self.idle_timeout_minutes),
            # Azure would probe port 80, on which nothing listens before there is a Gateway; the
            # status port always answers (cloud-provider-azure, azure_loadbalancer_healthprobe.go).
            f"{_PREFIX}port_80_health-probe_port": STATUS_PORT,
        }


@dataclass(frozen=True, kw_only=True)
class PrivateLinkService:
    """A Private Link Service as AKS makes it (cloud-provider-azure, pls-integration).

    Args:
        name: 2 to 80 characters. AKS cannot rename the service.
        subnet_name: the subnet it takes its source addresses from; the cluster's identity needs
            Network Contributor on it.
        address_count: how many source addresses, 1 to 8; each carries up to 64,000 connections.
        addresses: the addresses to take, in this order; the rest are chosen by Azure. The gateway
            sees traffic coming from them. Nothing listens on them.
        visibility: subscriptions that may find the service, or "*" for all; none means those with
            rights on it only.
        auto_approval: subscriptions whose connections need no approval, or "*". None beyond
            visibility.

    Raises:
        ValueError: for a value or a combination that AKS or Azure refuses.
    """

    name: str
    subnet_name: str
    address_count: int = 1
    addresses: Sequence[str] = ()
    visibility: Sequence[str] = ()
    auto_approval: Sequence[str] = ()

    def __post_init__(self) -> None:
        guard("PrivateLinkService name", self.name, names.private_link_service)
        guard(
            "PrivateLinkService address_count", self.address_count, whole_number(1, 8, "addresses")
        )
        for address in self.addresses:
            guard("PrivateLinkService addresses", address, networks.address)
        if len(self.addresses) > self.address_count:
            raise RuleError(
                f"as many addresses as address_count at most, {self.address_count}",
                "raise address_count",
            )
        if not private_link.is_within(self.auto_approval, self.visibility):
            raise RuleError(
                "an auto_approval no wider than visibility",
                "add the subscriptions to visibility as well",
            )

    def annotations(self) -> dict[str, str]:
        """The annotations of the Kubernetes service; what is empty is left out."""
        texts = {
            "azure-pls-create": "true",
            "azure-pls-name": self.name,
            "azure-pls-ip-configuration-subnet": self.subnet_name,
            "azure-pls-ip-configuration-ip-address-count": str(self.address_count),
            "azure-pls-ip-configuration-ip-address": " ".join(self.addresses),
            # Envoy takes the preamble for a request, and answers every one with 400.
            "azure-pls-proxy-protocol": "false",
            "azure-pls-visibility": " ".join(self.visibility),
            "azure-pls-auto-approval": " ".join(self.auto_approval),
        }
        return {f"{_PREFIX}{key}": text for key, text in texts.items() if text}
