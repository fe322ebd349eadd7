"""What the real istiod and Istio's own template do with trust inside the mesh, as recorded."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.gateway_recording import connection_manager
from tests.mesh.recordings import recorded

TRUST = recorded("trust")


def filters(part: Any) -> Iterator[str]:
    """The names of all filters of HTTP in what a listener says."""
    if isinstance(part, dict):
        yield from (each["name"] for each in part.get("http_filters", []))
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from filters(each)


def inbound(application: str) -> Any:
    (found,) = (
        each
        for each in TRUST["sidecars"][application]["listeners"]
        if each["name"] == "virtualInbound"
    )
    return found


def test_probes_and_metrics_of_sidecars_go_past_the_policies() -> None:
    # The kernel leads these ports past the proxy, and the kubelet's probe goes to one of them.
    assert TRUST["injected"]["not_caught"] == ["15090", "15021", "15020"]
    assert TRUST["injected"]["probe"] == {"path": "/app-health/shop/readyz", "port": 15020}


def test_what_is_caught_meets_the_policies_on_every_port() -> None:
    chains = [
        each for each in inbound("shop/shop")["filter_chains"] if "blackhole" not in str(each)
    ]
    assert len(chains) == 5
    for chain in chains:
        assert ".rbac" in chain["filters"][0]["name"] or "envoy.filters.http.rbac" in filters(chain)


def test_a_namespace_that_does_not_deny_has_no_policies() -> None:
    assert "envoy.filters.http.rbac" not in set(filters(inbound("cart/cart")))


def test_sidecars_know_what_their_namespace_hears_and_no_more() -> None:
    known = {
        name.rpartition("|")[2]
        for name in TRUST["sidecars"]["cart/cart"]["clusters"]
        if name.startswith("outbound|")
    }
    assert known == {
        "*.blob.core.windows.net",
        "api.contoso.com",
        "cart.cart.svc.cluster.local",
        "database.contoso.com",
        "front.shop.svc.cluster.local",
        "istiod.istio-system.svc.cluster.local",
        "kube-dns.kube-system.svc.cluster.local",
        "kubernetes.default.svc.cluster.local",
        "shop.shop.svc.cluster.local",
    }


def test_the_gateway_hears_the_services_of_its_routes_all_the_same() -> None:
    routed = {
        route["route"]["cluster"]
        for host in TRUST["routes"]["virtual_hosts"]
        for route in host["routes"]
    }
    assert "outbound|80||front.shop.svc.cluster.local" in routed


def test_namespaces_that_are_discovered_get_the_root_certificate_and_no_others() -> None:
    assert TRUST["trusting"] == [
        *("cart", "catalog", "default", "istio-ingress", "istio-system", "kube-system"),
        *("legacy", "orders", "shop"),
    ]


@pytest.mark.parametrize(
    ("shape", "merged", "escaped"),
    [
        ("default", None, "KEEP_UNCHANGED"),
        ("merge-slashes", True, "KEEP_UNCHANGED"),
        ("decode-slashes", True, "UNESCAPE_AND_FORWARD"),
    ],
)
def test_the_gateway_writes_paths_as_settings_say(
    shape: str, merged: bool | None, escaped: str
) -> None:
    manager = connection_manager(recorded(shape)["listener"])
    assert manager["normalize_path"] is True
    assert manager.get("merge_slashes") is merged
    assert manager["path_with_escaped_slashes_action"] == escaped
