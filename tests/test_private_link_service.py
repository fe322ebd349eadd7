from collections.abc import Sequence

import pytest

from constructs.ingress.private_link_service import (
    load_balancer_annotations,
    private_link_annotations,
)
from settings.private_link import LoadBalancer, PrivateLinkService

PREFIX = "service.beta.kubernetes.io/"
OURS, THEIRS = "11111111-2222-3333-4444-555555555555", "99999999-2222-3333-4444-555555555555"


def private_link(**options: object) -> dict[str, str]:
    return private_link_annotations(
        PrivateLinkService.model_validate({"name": "pls"} | options), subnet_name="plc"
    )


def test_annotations_of_the_original() -> None:
    assert private_link_annotations(PrivateLinkService(), subnet_name="plc") == {
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
    annotations = private_link(
        nat_ip_count=2,
        nat_ip_addresses=["10.1.0.10", "10.1.0.11"],
        visibility=[OURS, "*"],
        auto_approval=["*", THEIRS],
    )
    prefix = f"{PREFIX}azure-pls-"
    assert annotations[f"{prefix}ip-configuration-ip-address"] == "10.1.0.10 10.1.0.11"
    assert annotations[f"{prefix}visibility"] == f"{OURS} *"
    assert annotations[f"{prefix}auto-approval"] == f"* {THEIRS}"


def test_azure_chooses_the_addresses_that_are_not_named() -> None:
    annotations = private_link(nat_ip_count=8, nat_ip_addresses=[])
    prefix = f"{PREFIX}azure-pls-ip-configuration-ip-address"
    assert annotations[f"{prefix}-count"] == "8"
    assert prefix not in annotations


def test_nobody_is_approved_where_a_person_approves() -> None:
    annotations = private_link(approval="manual")
    assert f"{PREFIX}azure-pls-auto-approval" not in annotations
    assert f"{PREFIX}azure-pls-visibility" not in annotations


@pytest.mark.parametrize("key", ["visibility", "auto_approval"])
def test_an_empty_list_does_not_mean_everybody(key: str) -> None:
    with pytest.raises(ValueError, match=key):
        PrivateLinkService.model_validate({key: []})


def test_load_balancer_is_internal_with_one_pinned_address() -> None:
    assert load_balancer_annotations(LoadBalancer(), subnet_name="plc") == {
        "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
        "service.beta.kubernetes.io/azure-load-balancer-internal-subnet": "plc",
        "service.beta.kubernetes.io/azure-load-balancer-ipv4": "10.52.192.20",
        "service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout": "30",
        "service.beta.kubernetes.io/port_80_health-probe_port": "15021",
    }


def test_load_balancer_names_no_address_that_azure_chooses() -> None:
    options = LoadBalancer(private_ip_address="dynamic")
    annotations = load_balancer_annotations(options, subnet_name="plc")
    assert f"{PREFIX}azure-load-balancer-ipv4" not in annotations


@pytest.mark.parametrize("minutes", [4, 100])
def test_load_balancer_takes_idle_timeouts_from_4_to_100_minutes(minutes: int) -> None:
    options = LoadBalancer(idle_timeout_minutes=minutes)
    name = "service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout"
    assert load_balancer_annotations(options, subnet_name="plc")[name] == str(minutes)


@pytest.mark.parametrize("minutes", [3, 101])
def test_load_balancer_refuses_other_idle_timeouts(minutes: int) -> None:
    with pytest.raises(ValueError, match="a whole number from 4 to 100 minutes"):
        LoadBalancer(idle_timeout_minutes=minutes)


def test_there_is_no_switch_for_a_protocol_that_the_gateway_does_not_speak() -> None:
    assert "proxy_protocol" not in PrivateLinkService.model_fields


@pytest.mark.parametrize("count", [0, 9])
def test_takes_one_to_eight_addresses(count: int) -> None:
    with pytest.raises(ValueError, match="a whole number from 1 to 8 addresses"):
        PrivateLinkService(nat_ip_count=count)


def test_refuses_more_addresses_than_its_count() -> None:
    with pytest.raises(
        ValueError, match="nat_ip_count: at least the number of nat_ip_addresses, 2"
    ):
        PrivateLinkService(nat_ip_addresses=("10.1.0.10", "10.1.0.11"))


def test_refuses_an_address_twice() -> None:
    with pytest.raises(ValueError, match="nat_ip_addresses: each address once"):
        PrivateLinkService(nat_ip_count=2, nat_ip_addresses=("10.1.0.10", "10.1.0.10"))


@pytest.mark.parametrize(
    ("visibility", "auto_approval"), [((OURS,), ("*",)), ((OURS,), (OURS, THEIRS))]
)
def test_refuses_an_approval_wider_than_visibility(
    visibility: Sequence[str], auto_approval: Sequence[str]
) -> None:
    with pytest.raises(
        ValueError,
        match="auto_approval: subscriptions that private_link_service.visibility, .*, includes",
    ):
        PrivateLinkService(visibility=tuple(visibility), auto_approval=tuple(auto_approval))
