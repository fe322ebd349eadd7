from collections.abc import Sequence
from inspect import signature

import pytest

from constructs.ingress.private_link_service import InternalLoadBalancer, PrivateLinkService


def test_annotations_of_the_original() -> None:
    service = PrivateLinkService(
        name="istio-ingress",
        subnet_name="plc",
        addresses=["10.52.192.10"],
        visibility=["*"],
        auto_approval=["*"],
    )
    assert service.annotations() == {
        "service.beta.kubernetes.io/azure-pls-create": "true",
        "service.beta.kubernetes.io/azure-pls-name": "istio-ingress",
        "service.beta.kubernetes.io/azure-pls-ip-configuration-subnet": "plc",
        "service.beta.kubernetes.io/azure-pls-ip-configuration-ip-address-count": "1",
        "service.beta.kubernetes.io/azure-pls-ip-configuration-ip-address": "10.52.192.10",
        "service.beta.kubernetes.io/azure-pls-proxy-protocol": "false",
        "service.beta.kubernetes.io/azure-pls-visibility": "*",
        "service.beta.kubernetes.io/azure-pls-auto-approval": "*",
    }


def test_lists_are_separated_by_spaces() -> None:
    service = PrivateLinkService(
        name="pls",
        subnet_name="plc",
        address_count=2,
        addresses=["10.1.0.10", "10.1.0.11"],
        visibility=["sub-a", "sub-b"],
    )
    annotations = service.annotations()
    prefix = "service.beta.kubernetes.io/azure-pls-"
    assert annotations[f"{prefix}ip-configuration-ip-address"] == "10.1.0.10 10.1.0.11"
    assert annotations[f"{prefix}visibility"] == "sub-a sub-b"


def test_nobody_is_approved_unless_named() -> None:
    annotations = PrivateLinkService(name="pls", subnet_name="plc").annotations()
    assert "service.beta.kubernetes.io/azure-pls-auto-approval" not in annotations
    assert "service.beta.kubernetes.io/azure-pls-visibility" not in annotations


def test_load_balancer_is_internal_with_one_pinned_address() -> None:
    assert InternalLoadBalancer(subnet_name="plc", address="10.52.192.20").annotations() == {
        "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
        "service.beta.kubernetes.io/azure-load-balancer-internal-subnet": "plc",
        "service.beta.kubernetes.io/azure-load-balancer-ipv4": "10.52.192.20",
        "service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout": "30",
        "service.beta.kubernetes.io/port_80_health-probe_port": "15021",
    }


@pytest.mark.parametrize("minutes", [4, 100])
def test_load_balancer_takes_idle_timeouts_from_4_to_100_minutes(minutes: int) -> None:
    balancer = InternalLoadBalancer(
        subnet_name="plc", address="10.1.0.10", idle_timeout_minutes=minutes
    )
    name = "service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout"
    assert balancer.annotations()[name] == str(minutes)


@pytest.mark.parametrize("minutes", [3, 101])
def test_load_balancer_refuses_other_idle_timeouts(minutes: int) -> None:
    with pytest.raises(ValueError, match="a whole number from 4 to 100 minutes"):
        InternalLoadBalancer(subnet_name="plc", address="10.1.0.10", idle_timeout_minutes=minutes)


def test_there_is_no_switch_for_a_protocol_that_the_gateway_does_not_speak() -> None:
    assert "proxy_protocol" not in signature(PrivateLinkService).parameters


@pytest.mark.parametrize("count", [0, 9])
def test_takes_one_to_eight_addresses(count: int) -> None:
    with pytest.raises(ValueError, match="a whole number from 1 to 8 addresses"):
        PrivateLinkService(name="pls", subnet_name="plc", address_count=count)


def test_refuses_more_addresses_than_its_count() -> None:
    with pytest.raises(ValueError, match="as many addresses as address_count at most, 1"):
        PrivateLinkService(name="pls", subnet_name="plc", addresses=["10.1.0.10", "10.1.0.11"])


@pytest.mark.parametrize(
    ("visibility", "auto_approval"), [((), ("*",)), (("sub-a",), ("*",)), (("a",), ("a", "b"))]
)
def test_refuses_an_approval_wider_than_visibility(
    visibility: Sequence[str], auto_approval: Sequence[str]
) -> None:
    with pytest.raises(ValueError, match="an auto_approval no wider than visibility"):
        PrivateLinkService(
            name="pls", subnet_name="plc", visibility=visibility, auto_approval=auto_approval
        )
