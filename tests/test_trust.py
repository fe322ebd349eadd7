"""Trust inside the mesh: what settings make of it, and what is refused."""

from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from settings import Settings, load_settings
from stacks.trust import trust_objects, trust_values
from tests.refused import assert_refused
from tests.synthesis import settings_text

STRICT = "istio.strict_mutual_tls = true\n"


def loaded(folder: Path, text: str) -> Settings:
    return load_settings(settings_text(folder, text))


def specs(settings: Settings) -> dict[str, Any]:
    return {
        f"{each['kind']} {each['metadata']['namespace']}/{each['metadata']['name']}": each["spec"]
        for each in trust_objects(settings)
    }


def test_nothing_is_made_by_default(tmp_path: Path) -> None:
    settings = loaded(tmp_path, "")
    assert (specs(settings), trust_values(settings)) == ({}, {})


def test_exceptions_are_by_namespace_and_by_port(tmp_path: Path) -> None:
    text = """
namespaces.old.mutual_tls = "permissive"
namespaces.shop.plain_text.legacy = { workload = { app = "legacy" }, ports = [8080] }
"""
    assert specs(loaded(tmp_path, STRICT + text)) == {
        "PeerAuthentication old/default": {"mtls": {"mode": "PERMISSIVE"}},
        "PeerAuthentication shop/plain-text-legacy": {
            "selector": {"matchLabels": {"app": "legacy"}},
            "portLevelMtls": {"8080": {"mode": "PERMISSIVE"}},
        },
    }


def test_one_namespace_may_be_strict_alone(tmp_path: Path) -> None:
    assert specs(loaded(tmp_path, 'namespaces.shop.mutual_tls = "strict"')) == {
        "PeerAuthentication shop/default": {"mtls": {"mode": "STRICT"}}
    }


def test_who_denies_all_lets_the_gateway_callers_and_plain_text_in(tmp_path: Path) -> None:
    text = """
[namespaces.shop]
deny_all = true
callers = ["cart/checkout", "orders"]
plain_text.metrics = { workload = { app = "shop" }, ports = [9090] }
"""
    made = specs(loaded(tmp_path, STRICT + text))
    assert made["AuthorizationPolicy shop/deny-all"] == {}
    principals = [
        "cluster.local/ns/istio-ingress/sa/istio-ingress",
        "cluster.local/ns/cart/sa/checkout",
    ]
    sources = [{"source": {"principals": principals}}, {"source": {"namespaces": ["orders"]}}]
    assert made["AuthorizationPolicy shop/callers"] == {
        "action": "ALLOW",
        "rules": [{"from": sources}],
    }
    assert made["AuthorizationPolicy shop/plain-text-metrics"] == {
        "selector": {"matchLabels": {"app": "shop"}},
        "action": "ALLOW",
        "rules": [{"to": [{"operation": {"ports": ["9090"]}}]}],
    }


def test_a_service_outside_is_an_entry_that_every_sidecar_hears(tmp_path: Path) -> None:
    text = '[external_services.api]\nhosts = ["API.contoso.com"]\nnamespaces = ["shop"]'
    assert specs(loaded(tmp_path, text)) == {
        "ServiceEntry istio-system/api": {
            "hosts": ["api.contoso.com"],
            "location": "MESH_EXTERNAL",
            "resolution": "DNS",
            "ports": [{"number": 443, "name": "tls-443", "protocol": "TLS"}],
            "exportTo": ["shop"],
        }
    }


ALWAYS = [
    "./*",
    "istio-system/*",
    "default/kubernetes.default.svc.cluster.local",
    "kube-system/kube-dns.kube-system.svc.cluster.local",
]


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ('namespaces.shop.hears = ["catalog/*"]', [*ALWAYS, "catalog/*"]),
        (
            'namespaces.catalog = { deny_all = true, callers = ["shop/shop"] }\n[namespaces.shop]',
            [*ALWAYS, "catalog/*"],
        ),
        ('namespaces.shop.hears = ["*/*"]', ["*/*"]),
        ('namespaces.shop.hears = ["default/*"]', [ALWAYS[0], ALWAYS[1], ALWAYS[3], "default/*"]),
    ],
)
def test_a_namespace_hears_what_it_calls(tmp_path: Path, text: str, hosts: list[str]) -> None:
    made = specs(loaded(tmp_path, f"{STRICT}istio.limit_sidecars = true\n{text}"))
    assert made["Sidecar istio-system/default"] == {"egress": [{"hosts": ALWAYS}]}
    assert made["Sidecar shop/default"] == {"egress": [{"hosts": hosts}]}


def test_istiod_is_told_of_egress_paths_and_namespaces(tmp_path: Path) -> None:
    text = """
[istio]
egress = "registry-only"
path_normalization = "decode-and-merge-slashes"
discovery_selectors = true
discovered_namespaces = ["traces"]
[namespaces.shop]
"""
    values = ["istio-system", "istio-ingress", "default", "shop", "traces", "kube-system"]
    selector = {"key": "kubernetes.io/metadata.name", "operator": "In", "values": values}
    assert trust_values(loaded(tmp_path, text)) == {
        "meshConfig": {
            "outboundTrafficPolicy": {"mode": "REGISTRY_ONLY"},
            "pathNormalization": {"normalization": "DECODE_AND_MERGE_SLASHES"},
            "discoverySelectors": [{"matchExpressions": [selector]}],
        }
    }


LOGIN = '[external_services.login]\nhosts = ["login.microsoftonline.com"]\n'
IDENTITY = '[workload_identities.shop]\nservice_account = "shop"\nnamespace = "default"\n'


def test_pods_with_an_identity_may_go_to_where_their_tokens_are(tmp_path: Path) -> None:
    loaded(tmp_path, f'istio.egress = "registry-only"\n{LOGIN}{IDENTITY}')


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        (
            'namespaces.a.mutual_tls = "permissive"',
            "namespaces.a.mutual_tls",
            '"strict", or no value, where istio.strict_mutual_tls is false',
        ),
        (
            'namespaces.a.plain_text.x = { workload = { app = "x" }, ports = [80] }',
            "namespaces.a.plain_text",
            "no value where its pods take plain text on every port",
        ),
        (
            "namespaces.a.deny_all = true",
            "namespaces.a.deny_all",
            "false where its pods take plain text",
        ),
        (
            STRICT + 'namespaces.a = { deny_all = true, mutual_tls = "permissive" }',
            "namespaces.a.deny_all",
            'false with mutual_tls = "permissive"',
        ),
        (
            STRICT + "namespaces.a.plain_text.x = { workload = {}, ports = [80] }",
            "namespaces.a.plain_text.x.workload",
            "one label or more",
        ),
        (
            STRICT + 'namespaces.a.callers = ["b"]',
            "namespaces.a.callers",
            "no value without deny_all",
        ),
        (
            STRICT + 'namespaces.a.deny_all = true\ngateway.values.serviceAccount.name = "edge"',
            "gateway.values.serviceAccount",
            "no name and no create of yours where namespaces.a.deny_all is true",
        ),
        (
            'namespaces.a.hears = ["b/*"]',
            "namespaces.a.hears",
            "no value where istio.limit_sidecars is false",
        ),
        (
            'istio.discovered_namespaces = ["b"]',
            "istio.discovered_namespaces",
            "no value without discovery_selectors",
        ),
        (
            "istio.discovery_selectors = true\nistio.limit_sidecars = true\n"
            'namespaces.a.hears = ["b/*"]',
            "namespaces.a.hears[0]",
            "a namespace that istiod looks at; b is none",
        ),
        (
            'istio.egress = "registry-only"\n'
            'istio.istiod_values.meshConfig.outboundTrafficPolicy.mode = "ALLOW_ANY"',
            "istio.istiod_values.meshConfig.outboundTrafficPolicy",
            "no value of yours: set istio.egress",
        ),
        (
            'external_services.a.hosts = ["*.contoso.com"]',
            "external_services.a.hosts[0]",
            'a host by its full name with resolution = "dns"',
        ),
        (
            'external_services.a.hosts = ["a.com"]\nexternal_services.b.hosts = ["A.com"]',
            "external_services.b.hosts[0]",
            "a host that no other entry has; a has this one",
        ),
        (
            'external_services.a = { hosts = ["a.com"], ports = [{number = 1, protocol = "TCP"}] }',
            "external_services.a.ports[0].protocol",
            "a protocol in which a host is named",
        ),
        (
            'external_services.a.hosts = ["shop.shop.svc.cluster.local"]',
            "external_services.a.hosts[0]",
            "a host outside of the cluster",
        ),
        (
            f'istio.egress = "registry-only"\n{IDENTITY}',
            "istio.egress",
            '"any", or login.microsoftonline.com in external_services',
        ),
    ],
)
def test_what_would_not_work_is_refused(tmp_path: Path, text: str, key: str, allowed: str) -> None:
    assert_refused(settings_text(tmp_path, text), key, allowed)


def test_protocols_that_istio_does_not_have_are_refused(tmp_path: Path) -> None:
    text = 'external_services.a = { hosts = ["a.com"], ports = [{number = 1, protocol = "QUIC"}] }'
    with pytest.raises(UserError, match="external_services.a.ports"):
        load_settings(settings_text(tmp_path, text))
