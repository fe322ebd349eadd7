"""Which plans stop a deploy, and how it goes on; from plans that the real Terraform wrote."""

import copy
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import yaml

from app.plans.guard import problems, stopped
from tests.recorded_plans import recorded
from tests.synthesis import Stacks

Json = dict[str, Any]
GATEWAY = "helm_release.istio-ingress"
ORIGIN = "azurerm_cdn_frontdoor_origin.istio-ingress-origin"
PREFIX = "service.beta.kubernetes.io/azure-"


def refused(plan: Json, *allowed: str) -> list[str]:
    return [change.address for change, _ in stopped(plan, allowed)]


@pytest.mark.parametrize(
    ("name", "addresses"),
    [
        # Pools and roles go with the cluster, and are not asked for beside it.
        ("cluster-replaced", ["azurerm_kubernetes_cluster.aks"]),
        ("drain-timeout-taken-away", ["azurerm_kubernetes_cluster.aks"]),
        (
            "network-replaced",
            [
                "azurerm_virtual_network.network",
                "azurerm_kubernetes_cluster_node_pool.ingress",
            ],
        ),
        ("pools-rotated", []),
        ("origin-replaced", [ORIGIN]),
        # Nobody asks for the group, so for the origin in it.
        ("origin-group-replaced", [ORIGIN]),
        (
            "profile-replaced",
            [
                "azurerm_cdn_frontdoor_endpoint.endpoint",
                "azurerm_cdn_frontdoor_profile.front-door",
            ],
        ),
        ("load-balancer-address", [GATEWAY]),
        ("moved-imported-forgotten", []),
    ],
)
def test_these_are_refused_until_they_are_allowed(name: str, addresses: list[str]) -> None:
    assert refused(recorded(name)) == addresses
    assert refused(recorded(name), *addresses) == []


def test_the_line_says_what_happens_and_what_to_add() -> None:
    (line,) = problems(recorded("drain-timeout-taken-away"), "aks")
    assert str(line) == (
        'stack aks: azurerm_kubernetes_cluster.aks = "replaced for'
        ' default_node_pool.upgrade_settings.drain_timeout_in_minutes": allowed: with its address'
        " in ALLOW only: azurerm replaces the cluster when `drain_timeout_minutes` of the system"
        " pool is taken away: write 30; all that runs in the cluster goes, and the Private Link"
        " Service: clients get nothing until the stack istio is deployed anew and the origin made"
        " anew."
        " Without a cut: a second cluster behind one edge (docs/operations.md); fix: undo the"
        " change, or say that it is meant: ALLOW=azurerm_kubernetes_cluster.aks make deploy"
    )


def test_an_address_allows_nothing_else() -> None:
    assert refused(recorded("cluster-replaced"), GATEWAY) == ["azurerm_kubernetes_cluster.aks"]


def test_what_istio_does_not_support_cannot_be_allowed() -> None:
    def release(version: str) -> Json:
        return {"name": "istiod", "chart": "istiod", "version": version, "values": []}

    change = {"actions": ["update"], "before": release("1.29.7"), "after": release("1.31.0")}
    address = "helm_release.istio-istiod"
    resource = {"address": address, "mode": "managed", "type": "helm_release", "change": change}
    (line,) = problems({"resource_changes": [resource]}, "istio", [address])
    assert "at most 1 minor version away from 1.29.7" in str(line)


@pytest.mark.parametrize("stack", ["aks", "istio"])
def test_a_first_deploy_is_never_stopped(stack: str, shipped: Stacks) -> None:
    plan = {
        "resource_changes": [
            {
                "address": f"{type_}.{name}",
                "mode": "managed",
                "type": type_,
                "change": {"actions": ["create"], "before": None, "after": _in_a_plan(values)},
            }
            for type_, found in shipped[stack]["resource"].items()
            for name, values in found.items()
        ]
    }
    assert len(plan["resource_changes"]) >= 9
    assert problems(plan, stack) == []


def _in_a_plan(values: Json) -> Json:
    """A plan has blocks as lists."""
    return {key: [each] if isinstance(each, dict) else each for key, each in values.items()}


def with_gateway(change: Callable[[Json], object]) -> Json:
    """A plan that does this to the values of the gateway, and nothing else."""
    plan = copy.deepcopy(recorded("load-balancer-address"))
    (resource,) = [each for each in plan["resource_changes"] if each["address"] == GATEWAY]
    (text,) = resource["change"]["before"]["values"]
    values = yaml.safe_load(text)
    change(values)
    resource["change"]["after"]["values"] = [yaml.safe_dump(values)]
    return {"resource_changes": [resource]}


def annotation(name: str, value: str) -> Callable[[Json], object]:
    return lambda values: values["service"]["annotations"].update({PREFIX + name: value})


@pytest.mark.parametrize(
    "change",
    [
        annotation("load-balancer-ipv4", "10.52.192.9"),
        annotation("load-balancer-internal-subnet", "system"),
        annotation("pls-name", "other"),
        annotation("pls-create", "false"),
        lambda values: values["service"]["annotations"].clear(),
        lambda values: values["service"].update(type="NodePort"),
        lambda values: values["labels"].update(istio="other"),
        lambda values: values.pop("service"),
    ],
)
def test_a_gateway_that_front_door_would_lose_is_refused(change: Callable[[Json], object]) -> None:
    assert refused(with_gateway(change)) == [GATEWAY]


@pytest.mark.parametrize(
    "change",
    [
        # Seen with the real cloud controller: none of these cuts a connection (tests/cluster/).
        annotation("load-balancer-tcp-idle-timeout", "20"),
        annotation("pls-ip-configuration-ip-address-count", "2"),
        annotation("pls-auto-approval", ""),
        lambda values: values.update(terminationGracePeriodSeconds=60),
    ],
)
def test_other_changes_of_it_are_not(change: Callable[[Json], object]) -> None:
    assert refused(with_gateway(change)) == []


def origins(**told: tuple[list[str], bool | None, bool | None]) -> Json:
    """A plan with a route that stays, and origins of one group: what happens, enabled or not."""

    def values(is_enabled: bool | None) -> Json | None:
        if is_enabled is None:
            return None
        return {"cdn_frontdoor_origin_group_id": "group", "enabled": is_enabled}

    resources = [
        {
            "address": name,
            "mode": "managed",
            "type": "azurerm_cdn_frontdoor_origin",
            "change": {"actions": actions, "before": values(before), "after": values(after)},
        }
        for name, (actions, before, after) in told.items()
    ]
    route = {
        "address": "route",
        "mode": "managed",
        "type": "azurerm_cdn_frontdoor_route",
        "change": {"actions": ["update"], "before": {"enabled": True}, "after": {"enabled": True}},
    }
    return {"resource_changes": [*resources, route]}


STAYS: tuple[list[str], bool | None, bool | None] = (["no-op"], True, True)
IS_OFF: tuple[list[str], bool | None, bool | None] = (["no-op"], False, False)
NEW: tuple[list[str], bool | None, bool | None] = (["create"], None, True)
GOES: tuple[list[str], bool | None, bool | None] = (["delete"], True, None)
TURNED_OFF: tuple[list[str], bool | None, bool | None] = (["update"], True, False)
ANEW: tuple[list[str], bool | None, bool | None] = (["delete", "create"], True, True)


@pytest.mark.parametrize("last", [GOES, TURNED_OFF, ANEW])
def test_the_last_enabled_origin_of_a_route_stays(
    last: tuple[list[str], bool | None, bool | None],
) -> None:
    assert refused(origins(blue=last)) == ["blue"]
    assert refused(origins(blue=last, green=IS_OFF)) == ["blue"]
    assert refused(origins(blue=last, green=STAYS)) == []
    assert refused(origins(blue=last, green=NEW)) == []


def test_origins_may_go_with_their_route() -> None:
    plan = origins(blue=GOES)
    plan["resource_changes"][-1]["change"] = {"actions": ["delete"], "before": {}, "after": None}
    assert refused(plan) == ["route"]


# What holds something, or what somebody else knows by name or address.
KEPT: Mapping[str, bool] = {
    "azurerm_cdn_frontdoor_custom_domain": True,
    "azurerm_cdn_frontdoor_rule": False,
    "azurerm_key_vault": True,
    "azurerm_kubernetes_cluster": True,
    "azurerm_kubernetes_cluster_node_pool": False,
    "azurerm_log_analytics_workspace": True,
    "azurerm_management_lock": False,
    "azurerm_monitor_workspace": True,
    "azurerm_public_ip": True,
    "azurerm_resource_group": True,
    "azurerm_role_assignment": False,
    "azurerm_subnet": True,
    "kubernetes_namespace_v1": True,
    "kubernetes_deployment_v1": False,
}


def gone(type_: str, **rest: object) -> Json:
    change = {"actions": ["delete"], "before": {"metadata": [{"name": "x"}]}, "after": None}
    resource = {"address": "x", "mode": "managed", "type": type_, "change": change, **rest}
    return {"resource_changes": [resource]}


@pytest.mark.parametrize("type_", KEPT)
def test_what_cannot_be_had_back_does_not_go(type_: str) -> None:
    assert bool(refused(gone(type_))) is KEPT[type_]


def test_what_an_interrupted_replacement_has_left_may_go() -> None:
    assert refused(gone("azurerm_subnet", deposed="1a2b3c4d")) == []
