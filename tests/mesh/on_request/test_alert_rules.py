"""The real chart writes our rules, and whom they tell, as the tests of CI take them.

MESH_BINARIES=FOLDER MESH_CHARTS=FOLDER .venv/bin/python -m pytest tests/mesh/on_request
"""

import base64
from pathlib import Path

import pytest
import yaml

from tests.mesh.recorder import published
from tests.rendering import helm
from tests.synthesis import Json, values
from tests.test_mesh_alerts import HTTPS, WITH_CHART, stacks_of


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Json:
    stacks = stacks_of(WITH_CHART + HTTPS, tmp_path_factory.mktemp("chart"))
    made: Json = stacks["istio"]["resource"]["helm_release"]["prometheus"]
    return made


def rendered(release: Json, template: str) -> list[Json]:
    shown = ("--show-only", f"templates/{template}")
    done = helm("template", "prometheus", *published(release), *shown, values=values(release))
    assert done.returncode == 0, done.stderr
    return [each for each in yaml.safe_load_all(done.stdout) if each]


def test_the_rules_are_written_as_they_are(release: Json) -> None:
    (made,) = rendered(release, "prometheus/additionalPrometheusRules.yaml")
    ours = values(release)["additionalPrometheusRulesMap"]["istio-aks"]
    assert made["spec"] == ours
    (prometheus,) = rendered(release, "prometheus/prometheus.yaml")
    (wanted,) = prometheus["spec"]["ruleSelector"]["matchLabels"].items()
    assert wanted in made["metadata"]["labels"].items()


def test_alertmanagers_configuration_is_ours_and_has_the_secret_mounted(release: Json) -> None:
    (secret,) = rendered(release, "alertmanager/secret.yaml")
    made = yaml.safe_load(base64.b64decode(secret["data"]["alertmanager.yaml"]))
    ours = values(release)["alertmanager"]["config"]
    # The chart's route has times besides.
    assert made["receivers"] == ours["receivers"]
    assert made["route"] | ours["route"] == made["route"]
    (alertmanager,) = rendered(release, "alertmanager/alertmanager.yaml")
    assert alertmanager["spec"]["secrets"] == ["on-call"]


def test_cert_manager_is_looked_at(release: Json, tmp_path: Path) -> None:
    (monitors,) = rendered(release, "prometheus/podmonitors.yaml")
    (_, ours) = monitors["items"]
    assert ours["spec"]["namespaceSelector"] == {"matchNames": ["cert-manager"]}
