"""Prometheus' storage and remote write, and Grafana's way in, by the settings."""

from pathlib import Path

import pytest

from constructs.mesh.grafana import grafana
from constructs.mesh.prometheus_storage import prometheus_storage
from settings.monitoring import Monitoring, RemoteWrite
from tests.refused import assert_refused
from tests.synthesis import settings_text, synthesize, values

ID = "00000000-0000-0000-0000-000000000000"
URL = (
    "https://shop-abcd.westeurope-1.metrics.ingest.monitor.azure.com/dataCollectionRules"
    "/dcr-0123456789abcdef0123456789abcdef/streams/Microsoft-PrometheusMetrics/api/v1/write"
    "?api-version=2023-04-24"
)


def test_nothing_is_said_that_the_settings_do_not_say() -> None:
    assert (prometheus_storage(Monitoring()), grafana(Monitoring(), "1.30.3")) == ({}, {})


def test_metrics_are_kept_on_a_disk() -> None:
    options = Monitoring(retention_days=30, storage_gib=100, storage_class="managed-csi-premium")
    assert prometheus_storage(options)["prometheus"]["prometheusSpec"] == {
        "retention": "30d",
        "storageSpec": {
            "volumeClaimTemplate": {
                "spec": {
                    "accessModes": ["ReadWriteOnce"],
                    "resources": {"requests": {"storage": "100Gi"}},
                    "storageClassName": "managed-csi-premium",
                }
            }
        },
        "retentionSize": "87040MB",
    }


def test_metrics_go_to_azure_by_an_identity() -> None:
    write = RemoteWrite(url=URL, client_id=ID, tenant_id=ID)
    assert prometheus_storage(Monitoring(remote_write=write))["prometheus"] == {
        "prometheusSpec": {
            "podMetadata": {"labels": {"azure.workload.identity/use": "true"}},
            "remoteWrite": [
                {
                    "url": URL,
                    "azureAd": {
                        "cloud": "AzurePublic",
                        "workloadIdentity": {"clientId": ID, "tenantId": ID},
                    },
                }
            ],
        },
        "serviceAccount": {"annotations": {"azure.workload.identity/client-id": ID}},
    }


def test_grafanas_password_is_in_a_secret_that_exists() -> None:
    assert grafana(Monitoring(grafana_secret="grafana"), "1.30.3")["grafana"] == {
        "admin": {
            "existingSecret": "grafana",
            "userKey": "admin-user",
            "passwordKey": "admin-password",
        },
        "service": {"type": "ClusterIP"},
        "grafana.ini": {"auth.anonymous": {"enabled": False}},
    }


def test_dashboards_are_of_the_release(tmp_path: Path) -> None:
    text = 'monitoring.dashboards = true\nistio.version = "1.30.2"'
    stacks = synthesize(settings_text(tmp_path, text), tmp_path / "out")
    made = values(stacks["istio"]["resource"]["helm_release"]["prometheus"])["grafana"]
    assert made["dashboards"]["istio"]["mesh"]["url"] == (
        "https://raw.githubusercontent.com/istio/istio/1.30.2/manifests/addons/dashboards"
        "/istio-mesh-dashboard.gen.json"
    )
    assert made["defaultCurlOptions"] == "-sf"


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        ('storage_class = "a"', "storage_class", "no value without storage_gib"),
        (
            'grafana_secret = "a"\nmonitoring.values.grafana.adminPassword = "b"',
            "values.grafana.adminPassword",
            "no value of yours: monitoring.grafana_secret",
        ),
        (
            'grafana_secret = "a"\nmonitoring.values.grafana.service.type = "LoadBalancer"',
            "values.grafana.service.type",
            "no value of yours: Grafana is reached",
        ),
        (
            'retention_days = 9\nmonitoring.values.prometheus.prometheusSpec.retention = "1d"',
            "values.prometheus.prometheusSpec.retention",
            "no value of yours: monitoring.retention_days",
        ),
        (
            f'remote_write = {{ url = "https://a.com", client_id = "{ID}", tenant_id = "{ID}" }}',
            "remote_write.url",
            "the metrics ingestion endpoint",
        ),
    ],
)
def test_what_would_not_work_is_refused(text: str, key: str, allowed: str, tmp_path: Path) -> None:
    settings = settings_text(tmp_path, f"monitoring.{text}")
    assert_refused(settings, f"monitoring.{key}", allowed)
