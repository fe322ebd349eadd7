"""Kubernetes takes what KEDA is to scale the gateway by, with KEDA's own schema of it.

    MESH_BINARIES=FOLDER MESH_CHARTS=FOLDER .venv/bin/python -m pytest tests/mesh/on_request

The second folder holds `keda.sh_scaledobjects.yaml`, of config/crd/bases in KEDA's repository. The
release of mesh-objects is made by Helm, with every field checked by the real kube-apiserver.
"""

import json
import os
import urllib.error
from pathlib import Path

import pytest
import yaml

from tests.mesh.kubernetes import ApiServer, api_server, wait_for
from tests.synthesis import Json
from tests.test_gateway_scaling import objects

CRD = "keda.sh_scaledobjects.yaml"
SCALED = "/apis/keda.sh/v1alpha1/namespaces/istio-ingress/scaledobjects"
BUDGETS = "/apis/policy/v1/namespaces/istio-ingress/poddisruptionbudgets"
STRICT = "?fieldValidation=Strict"


def prepared(server: ApiServer) -> None:
    definition = yaml.safe_load((Path(os.environ["MESH_CHARTS"]) / CRD).read_text())
    path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
    server.ask("POST", path, definition)
    server.ask("POST", "/api/v1/namespaces", {"metadata": {"name": "istio-ingress"}})
    wait_for(lambda: server.ask("GET", SCALED)["items"])


def test_every_field_is_one_of_keda(tmp_path: Path) -> None:
    scaled, budget = objects(tmp_path / "stacks", "scale_down_minutes = 10\n")
    with api_server(tmp_path) as server:
        prepared(server)
        made = server.ask("POST", SCALED + STRICT, scaled)
        assert made["spec"] == scaled["spec"]
        assert server.ask("POST", BUDGETS + STRICT, budget)["spec"] == budget["spec"]
        # The schema does look.
        spec = scaled["spec"] | {"minReplicas": 3}
        unknown: Json = scaled | {"metadata": {"name": "other"}, "spec": spec}
        with pytest.raises(urllib.error.HTTPError) as refused:
            server.ask("POST", SCALED + STRICT, unknown)
        assert 'unknown field "spec.minReplicas"' in json.loads(refused.value.read())["message"]
