"""Network policies below the mesh: who may reach whom, and what is refused."""

from pathlib import Path

import pytest

from settings import load_settings
from stacks.network_policies import network_policies_of
from stacks.trust import trust_objects, trust_values
from tests.network_policies.seen import ENGINES, asked, identity, named, record
from tests.refused import assert_refused
from tests.synthesis import Json, settings_text, synthesize


def policies_of(folder: Path, text: str) -> list[Json]:
    settings = load_settings(settings_text(folder, text))
    return [dict(each) for each in network_policies_of(settings)]


def named_in(found: list[Json], kind: str = "NetworkPolicy") -> set[str]:
    return {
        f"{each['metadata']['namespace']}/{each['metadata']['name']}"
        for each in found
        if each["kind"] == kind
    }


@pytest.mark.parametrize("engine", ENGINES)
def test_the_record_was_made_with_these_policies(engine: str) -> None:
    assert identity(engine) == record()[engine]["identity"], (
        "after a change of the policies, ask the programs again: tests/network_policies/recorder.py"
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_whoever_may_reach_whom_does_so_and_nobody_else(engine: str) -> None:
    expected = {named(each): each.allowed for each in asked(engine)}
    assert record()[engine]["allowed"] == expected


def test_there_are_none_without_the_switch(tmp_path: Path) -> None:
    assert policies_of(tmp_path, "[namespaces.shop]") == []


def test_every_namespace_of_ours_is_closed_and_those_of_others_are_not(tmp_path: Path) -> None:
    found = policies_of(tmp_path, "istio.network_policies = true\n[namespaces.shop]")
    assert {each for each in named_in(found) if each.endswith("default-deny")} == {
        "istio-system/default-deny",
        "istio-ingress/default-deny",
        "prometheus/default-deny",
        "shop/default-deny",
    }


def test_a_namespace_that_exists_is_closed_when_it_says_so(tmp_path: Path) -> None:
    text = "istio.network_policies = true\nnamespaces.default.network_policy = true"
    assert "default/default-deny" in named_in(policies_of(tmp_path, text))


def test_a_namespace_that_is_made_stays_open_when_it_says_so(tmp_path: Path) -> None:
    text = "istio.network_policies = true\nnamespaces.shop.network_policy = false"
    assert "shop/default-deny" not in named_in(policies_of(tmp_path, text))


def test_what_only_cilium_can_say_is_there_with_cilium_alone(tmp_path: Path) -> None:
    text = "istio.network_policies = true\n"
    assert named_in(policies_of(tmp_path, text), "CiliumNetworkPolicy") == set()
    cilium = policies_of(tmp_path, text + "network.data_plane = 'cilium'")
    assert named_in(cilium, "CiliumNetworkPolicy") == {
        "istio-system/nodes",
        "istio-system/api-server",
        "istio-ingress/nodes",
        "prometheus/nodes",
        "prometheus/api-server",
        "prometheus/node-metrics",
    }


def test_they_come_after_the_namespaces_that_they_are_in(tmp_path: Path) -> None:
    text = "istio.network_policies = true\n[namespaces.shop]"
    made = synthesize(settings_text(tmp_path, text), tmp_path / "out")["istio"]["resource"]
    after = made["helm_release"]["mesh-objects"]["depends_on"]
    assert {f"kubernetes_namespace_v1.{each}" for each in made["kubernetes_namespace_v1"]} <= {
        *after
    }


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        (
            "namespaces.shop.reached_from = ['web']",
            "reached_from",
            "no value without istio.network_policies, which makes them",
        ),
        (
            "istio.network_policies = true\nnamespaces.shop = { network_policy = false,"
            " reaches = ['web'] }",
            "reaches",
            "no value without network_policy, as nothing is forbidden then",
        ),
        (
            "istio.network_policies = true\nnamespaces.web = {}\nnamespaces.shop.reaches = ['web']",
            "reaches",
            "no namespace with a policy of its own, as web: it says itself who comes",
        ),
        (
            "istio.network_policies = true\nnamespaces.shop.reaches = ['web', 'web']",
            "reaches",
            "each once",
        ),
    ],
)
def test_what_would_open_nothing_is_refused(
    tmp_path: Path, text: str, key: str, allowed: str
) -> None:
    assert_refused(settings_text(tmp_path, text), f"namespaces.shop.{key}", allowed)


def test_a_range_with_host_bits_is_refused(tmp_path: Path) -> None:
    path = settings_text(
        tmp_path, "istio.network_policies = true\nnamespaces.shop.reaches = ['10.1.2.3/16']"
    )
    assert_refused(path, "namespaces.shop.reaches[0]", "a namespace, or a range of IPv4 addresses")


def test_proxies_reach_the_collector_of_traces(tmp_path: Path) -> None:
    text = """
istio = { network_policies = true, limit_sidecars = true, discovery_selectors = true }
namespaces.shop = {}
tracing.host = "collector.observability.svc.cluster.local"
"""
    settings = load_settings(settings_text(tmp_path, text))
    way = {
        "to": [
            {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "observability"}}}
        ],
        "ports": [{"protocol": "TCP", "port": 4317}],
    }
    made = {
        (each["metadata"]["namespace"], each["metadata"]["name"]): each["spec"].get("egress", [])
        for each in network_policies_of(settings)
        if each["kind"] == "NetworkPolicy"
    }
    assert way in made["istio-ingress", "gateway"]
    assert way in made["shop", "applications"]
    (scope,) = (each for each in trust_objects(settings) if each["kind"] == "Sidecar")
    assert (
        "observability/collector.observability.svc.cluster.local"
        in scope["spec"]["egress"][0]["hosts"]
    )
    (selector,) = trust_values(settings)["meshConfig"]["discoverySelectors"]
    assert "observability" in selector["matchExpressions"][0]["values"]


def test_keda_reaches_prometheus(tmp_path: Path) -> None:
    text = "istio.network_policies = true\ncluster.keda = true\ngateway.requests_per_second = 100"
    settings = load_settings(settings_text(tmp_path, text))
    (policy,) = (
        each
        for each in network_policies_of(settings)
        if (each["metadata"]["namespace"], each["metadata"]["name"]) == ("prometheus", "prometheus")
        and each["kind"] == "NetworkPolicy"
    )
    assert policy["spec"]["ingress"][-1] == {
        "from": [
            {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}}}
        ],
        "ports": [{"protocol": "TCP", "port": 9090}],
    }
