"""The chart as Helm renders it, for every switch."""

import socket
from copy import deepcopy

import cloudcoil.models.istio.networking.v1 as networking
import cloudcoil.models.istio.networking.v1alpha3 as unstable
import cloudcoil.models.istio.security.v1 as security
import pytest
from pydantic import BaseModel

from tests.rendering import CHART, helm, of_kind, render
from tests.synthesis import Json

ID = "8d1f2a34-0000-4000-8000-0123456789ab"
VALUES: Json = {"originLock": {"enabled": True, "frontDoorId": ID}}
ROUTES: Json = {
    "routes": [
        {
            "name": "shop.contoso.com",
            "namespace": "istio-ingress",
            "hosts": ["shop.contoso.com"],
            "rules": [{"prefix": "/", "service": "shop.web.svc.cluster.local", "port": 80}],
        }
    ]
}
TRIES = deepcopy(ROUTES)
TRIES["routes"][0]["rules"][0] |= {
    "rewrite": "/shop/",
    "timeout": "15s",
    "retries": {"attempts": 3, "perTryTimeout": "2s", "retryOn": "503,connect-failure"},
}
ALWAYS = ["AuthorizationPolicy", "EnvoyFilter", "Gateway", "VirtualService"]
SWITCHES = {
    "shipped": VALUES,
    "unlocked": {"originLock": {"enabled": False, "frontDoorId": ""}},
    "strict": VALUES | {"mutualTls": {"strict": True, "namespace": "istio-system"}},
    "routes": VALUES | ROUTES,
    "hosts": VALUES | {"gateway": {"hosts": ["*.contoso.com", "contoso.com"]}},
    "probe": VALUES | {"probe": {"path": "/up", "method": "HEAD"}},
    "tries": VALUES | TRIES,
}
MODELS: dict[str, type[BaseModel]] = {
    "EnvoyFilter": unstable.EnvoyFilter,
    "Gateway": networking.Gateway,
    "VirtualService": networking.VirtualService,
    "AuthorizationPolicy": security.AuthorizationPolicy,
    "PeerAuthentication": security.PeerAuthentication,
}


def unknown_keys(written: object, understood: object, path: str = "") -> list[str]:
    """Keys that a schema did not take: its models drop what they do not know."""
    if isinstance(written, dict) and isinstance(understood, dict):
        return [
            found
            for key, part in written.items()
            for found in (
                unknown_keys(part, understood[key], f"{path}.{key}")
                if key in understood
                else [f"{path}.{key}"]
            )
        ]
    if isinstance(written, list) and isinstance(understood, list):
        return [
            found
            for index, part in enumerate(written)
            for found in unknown_keys(part, understood[index], f"{path}[{index}]")
        ]
    return [] if written == understood else [path]


@pytest.mark.parametrize("switch", SWITCHES)
def test_lints_clean(switch: str) -> None:
    ended = helm("lint", "--strict", str(CHART), values=SWITCHES[switch])
    assert ended.returncode == 0, ended.stdout
    assert "[WARNING]" not in ended.stdout
    assert "[ERROR]" not in ended.stdout


@pytest.mark.parametrize("switch", SWITCHES)
def test_every_object_fits_the_schemas_of_istio(switch: str) -> None:
    for each in render(SWITCHES[switch]):
        model = MODELS[each["kind"]].model_validate(each)
        understood = model.model_dump(by_alias=True, exclude_none=True, mode="json")
        assert unknown_keys(each, understood) == []


def test_the_check_against_the_schemas_sees_a_wrong_key() -> None:
    (policy,) = of_kind(render(VALUES), "AuthorizationPolicy")
    wrong = deepcopy(policy)
    wrong["spec"]["rules"][0]["to"][0]["operation"]["notPath"] = ["/probe"]
    model = security.AuthorizationPolicy.model_validate(wrong)
    understood = model.model_dump(by_alias=True, exclude_none=True, mode="json")
    assert unknown_keys(wrong, understood) == [".spec.rules[0].to[0].operation.notPath"]


@pytest.mark.parametrize(
    ("switch", "kinds"),
    [
        ("shipped", ALWAYS),
        ("unlocked", ALWAYS),
        ("strict", [*ALWAYS[:-1], "PeerAuthentication", ALWAYS[-1]]),
        ("routes", [*ALWAYS, "VirtualService"]),
    ],
)
def test_each_switch_makes_its_objects(switch: str, kinds: list[str]) -> None:
    assert sorted(each["kind"] for each in render(SWITCHES[switch])) == kinds


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"originLock": {"enabled": True, "frontDoorId": ""}}, "frontDoorId"),
        (VALUES | {"colour": "red"}, "colour"),
        (VALUES | {"probe": {"path": "probe"}}, "path"),
        (VALUES | {"probe": {"method": "POST"}}, "method"),
        (VALUES | {"gateway": {"hosts": []}}, "hosts"),
        (VALUES | {"gateway": {"hosts": ["https://contoso.com"]}}, "hosts"),
        (VALUES | {"routes": [{"hosts": ["*"]}]}, "routes"),
        (VALUES | {"routes": [ROUTES["routes"][0] | {"hosts": []}]}, "hosts"),
    ],
)
def test_the_schema_of_the_chart_refuses(values: Json, message: str) -> None:
    ended = helm("template", "x", str(CHART), values=values)
    assert ended.returncode != 0
    assert message in ended.stderr


def rules_of(values: Json) -> list[Json]:
    services = of_kind(render(values), "VirtualService")
    return [rule for each in services for rule in each["spec"]["http"]]


def test_a_rule_has_what_its_route_says_of_tries() -> None:
    rule = rules_of(VALUES | TRIES)[-1]
    assert rule["rewrite"] == {"uri": "/shop/"}
    assert rule["timeout"] == "15s"
    assert rule["retries"] == {
        "attempts": 3,
        "perTryTimeout": "2s",
        "retryOn": "503,connect-failure",
    }


def test_a_rule_leaves_to_istio_what_its_route_does_not_say() -> None:
    assert rules_of(VALUES | ROUTES)[-1].keys() == {"match", "route", "headers"}


def test_no_service_is_told_the_id_that_opens_the_lock() -> None:
    rules = rules_of(VALUES | ROUTES)
    assert len(rules) == 3
    for rule in rules:
        assert rule["headers"] == {"request": {"remove": ["x-azure-fdid"]}}


def test_without_the_lock_headers_stay_as_they_are() -> None:
    for rule in rules_of(SWITCHES["unlocked"] | ROUTES):
        assert "headers" not in rule


def test_connections_from_front_door_are_kept_alive() -> None:
    # Tried with Envoy 1.38.3: connections that it accepts then have Linux's keepalive timer.
    (patch,) = of_kind(render(VALUES), "EnvoyFilter")[0]["spec"]["configPatches"]
    assert patch["match"] == {"context": "GATEWAY", "listener": {"portNumber": 80}}
    options = patch["patch"]["value"]["socket_options"]
    named = {
        (socket.SOL_SOCKET, socket.SO_KEEPALIVE): 1,
        (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE): 180,
        (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL): 30,
        (socket.IPPROTO_TCP, socket.TCP_KEEPCNT): 3,
    }
    assert {(each["level"], each["name"]): each["int_value"] for each in options} == named


def test_keepalive_is_for_the_gateway_alone() -> None:
    (made,) = of_kind(render(VALUES), "EnvoyFilter")
    assert made["metadata"]["namespace"] == "istio-ingress"
    assert made["spec"]["workloadSelector"] == {"labels": {"istio": "ingressgateway"}}


def test_helm_leaves_the_lock_where_it_is_while_the_listener_goes() -> None:
    (policy,) = of_kind(render(VALUES), "AuthorizationPolicy")
    assert policy["metadata"]["annotations"] == {"helm.sh/resource-policy": "keep"}


def test_a_lock_that_is_off_denies_what_comes_to_a_port_on_which_nothing_listens() -> None:
    (policy,) = of_kind(render(SWITCHES["unlocked"]), "AuthorizationPolicy")
    assert policy["metadata"]["annotations"] == {"helm.sh/resource-policy": "keep"}
    assert policy["spec"] == {
        "selector": {"matchLabels": {"istio": "ingressgateway"}},
        "action": "DENY",
        "rules": [{"to": [{"operation": {"ports": ["1"]}}]}],
    }
