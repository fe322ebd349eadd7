from datetime import date
from pathlib import Path

import pytest

from rules import support
from rules.releases import CERT_MANAGER_VERSION, ISTIO_VERSION
from rules.support import Said, said
from rules.versions import ISTIO_KUBERNETES, minor_of
from settings.loader import load_settings
from settings.support import supported
from tests.synthesis import settings_text

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("version", "today", "expected"),
    [
        ("1.29.7", TODAY, Said("Istio 1.29.7 is out of support since 2026-10-12", True)),
        ("1.30.4", TODAY, Said("Istio 1.30.4 is supported until about 2026-12-15", True)),
        ("1.31.0", TODAY, Said("Istio 1.31.0 is supported until about 2027-03-31", False)),
        (
            "1.31.0",
            date(2027, 1, 30),
            Said("Istio 1.31.0 is supported until about 2027-03-31", True),
        ),
        (
            "1.40.0",
            TODAY,
            Said("Istio 1.40.0: its end of support is not in our table, rules/support.py", False),
        ),
    ],
)
def test_says_until_when_a_release_is_supported(version: str, today: date, expected: Said) -> None:
    assert said(support.ISTIO, version, today) == expected


def test_names_every_version_of_the_settings(tmp_path: Path) -> None:
    settings = load_settings(
        settings_text(
            tmp_path,
            """
cluster = { kubernetes_version = "1.34" }
istio = { version = "1.30.4", revisions = { next = "1.31.0" } }
gateway.tls.host_name = "origin.contoso.com"
gateway.tls.cert_manager.dns_zone = "/subscriptions/00000000-0000-0000-0000-000000000000/\\
resourceGroups/dns/providers/Microsoft.Network/dnsZones/contoso.com"
""".replace("\\\n", ""),
        )
    )
    assert [each.text for each in supported(settings, TODAY)] == [
        "Kubernetes on AKS 1.34 is supported until 2026-11-30",
        "Istio 1.30.4 is supported until about 2026-12-15",
        "Istio 1.31.0 is supported until about 2027-03-31",
        "cert-manager 1.21.1 is supported until about 2027-03-31",
    ]


def test_long_term_support_is_a_year_more(tmp_path: Path) -> None:
    text = 'cluster = { kubernetes_version = "1.34", tier = "Premium", long_term_support = true }'
    first, *_ = supported(load_settings(settings_text(tmp_path, text)), TODAY)
    assert first == Said("Kubernetes on AKS 1.34 is supported until 2027-11-30", False)


def test_our_own_versions_are_in_the_table() -> None:
    assert minor_of(ISTIO_VERSION) in support.ISTIO.ends
    assert minor_of(CERT_MANAGER_VERSION) in support.CERT_MANAGER.ends


def test_istio_releases_with_an_end_have_their_range_of_kubernetes() -> None:
    assert set(ISTIO_KUBERNETES) <= set(support.ISTIO.ends)
