"""The real chart kube-prometheus-stack with every switch of the table `monitoring`.

MESH_BINARIES=FOLDER MESH_CHARTS=FOLDER .venv/bin/python -m pytest tests/mesh/on_request
"""

import pytest
import yaml

from tests.mesh.recorder import published
from tests.rendering import helm, of_kind
from tests.synthesis import Json, values
from tests.test_mesh_alerts import stacks_of
from tests.test_monitoring_settings import ID, URL

ALL = f"""
[monitoring]
retention_days = 30
storage_gib = 100
grafana_secret = "grafana"
dashboards = true
remote_write = {{ url = "{URL}", client_id = "{ID}", tenant_id = "{ID}" }}
"""


@pytest.fixture(scope="module")
def objects(tmp_path_factory: pytest.TempPathFactory) -> list[Json]:
    stacks = stacks_of(ALL, tmp_path_factory.mktemp("chart"))
    release = stacks["istio"]["resource"]["helm_release"]["prometheus"]
    where = ("--namespace", "prometheus")
    done = helm("template", "prometheus", *published(release), *where, values=values(release))
    assert done.returncode == 0, done.stderr
    return [each for each in yaml.safe_load_all(done.stdout) if each]


def test_prometheus_is_told(objects: list[Json]) -> None:
    (prometheus,) = of_kind(objects, "Prometheus")
    said = prometheus["spec"]
    assert (said["retention"], said["retentionSize"]) == ("30d", "87040MB")
    claim = said["storage"]["volumeClaimTemplate"]["spec"]
    assert claim["resources"]["requests"]["storage"] == "100Gi"
    (write,) = said["remoteWrite"]
    assert write["azureAd"]["workloadIdentity"] == {"clientId": ID, "tenantId": ID}
    assert said["podMetadata"]["labels"]["azure.workload.identity/use"] == "true"
    # The operator's word: workload identity needs Prometheus 3.7.0.
    assert tuple(int(each) for each in said["version"].lstrip("v").split(".")[:2]) >= (3, 7)


def test_its_account_is_that_of_the_identity(objects: list[Json]) -> None:
    accounts = {each["metadata"]["name"]: each for each in of_kind(objects, "ServiceAccount")}
    ours = accounts["prometheus-kube-prometheus-prometheus"]["metadata"]
    assert ours["annotations"]["azure.workload.identity/client-id"] == ID


def test_grafana_has_no_password_of_the_charts(objects: list[Json]) -> None:
    assert [each for each in of_kind(objects, "Secret") if "admin-password" in str(each)] == []
    (grafana,) = (
        each for each in of_kind(objects, "Deployment") if "grafana" in each["metadata"]["name"]
    )
    passwords = [
        variable["valueFrom"]["secretKeyRef"]
        for container in grafana["spec"]["template"]["spec"]["containers"]
        for variable in container.get("env", [])
        if variable["name"] in ("GF_SECURITY_ADMIN_PASSWORD", "REQ_PASSWORD")
    ]
    assert passwords
    assert {each["name"] for each in passwords} == {"grafana"}


def test_dashboards_are_fetched_with_the_certificate_checked(objects: list[Json]) -> None:
    maps = {each["metadata"]["name"]: each for each in of_kind(objects, "ConfigMap")}
    script = maps["prometheus-grafana"]["data"]["download_dashboards.sh"]
    assert script.count("raw.githubusercontent.com/istio/istio/") == 5
    assert "curl -sf " in script
    assert "-skf" not in script
