"""The whole of both stacks, deployed to the stand-in for Azure and to a real API server."""

import json
from collections.abc import Mapping
from pathlib import Path

from tests.acceptance.api_server import ApiServer
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.charts import chart_repository
from tests.acceptance.project import Synthesized
from tests.acceptance.world import world

VERSIONS = {
    "base": ["1.31.0", "1.31.1"],
    "istiod": ["1.31.0", "1.31.1"],
    "gateway": ["1.31.0", "1.31.1"],
    "kube-prometheus-stack": ["88.5.3"],
}
READ = {
    "namespaces": "/api/v1/namespaces",
    "releases": "/api/v1/secrets?labelSelector=owner=helm,status=deployed",
    "gateway": "/api/v1/namespaces/istio-ingress/services/istio-ingress",
    "proxy": "/apis/apps/v1/namespaces/istio-ingress/deployments/istio-ingress",
    "istiod": "/apis/apps/v1/namespaces/istio-system/deployments/istiod",
    "mesh": "/api/v1/namespaces/istio-system/configmaps/istio",
    "pod-monitors": "/apis/monitoring.coreos.com/v1/podmonitors",
    "virtual-services": "/apis/networking.istio.io/v1/virtualservices",
    "policies": "/apis/security.istio.io/v1/authorizationpolicies",
    "service-monitors": "/apis/monitoring.coreos.com/v1/servicemonitors",
}


def live_a_life(
    authority: Authority,
    synthesized: Synthesized,
    *,
    saved: Path,
    work: Path,
    kubeconfig: Path,
    notes: Path,
) -> None:
    """Apply, plan again, upgrade Istio and destroy; note what was there after each step."""
    server = ApiServer.of(kubeconfig)
    with chart_repository(authority, VERSIONS) as address:
        settings = {
            "ISTIO_AKS_ISTIO__CHART_REPOSITORY": address,
            "ISTIO_AKS_MONITORING__CHART_REPOSITORY": address,
            "ISTIO_AKS_CLUSTER_ACCESS": json.dumps(
                {"method": "kubeconfig", "path": str(kubeconfig)}
            ),
        }
        with world(authority, synthesized(settings), work, saved) as made:
            stack = made.stack("istio")
            try:
                stack.apply()
                _note(notes, "applied", _read(server))
                _note(notes, "second-plan", stack.plan().actions)
                newer = settings | {"ISTIO_AKS_ISTIO__VERSION": "1.31.1"}
                made.project.resynthesize(synthesized(newer))
                stack = made.stack("istio")
                _note(notes, "upgrade-plan", stack.plan().actions)
                stack.apply()
                _note(notes, "upgraded", _read(server))
            finally:
                stack.destroy()
            _note(notes, "destroyed", _read(server))


def _read(server: ApiServer) -> dict[str, object]:
    return {name: server.get(path) for name, path in READ.items()}


def _note(folder: Path, name: str, content: Mapping[str, object]) -> None:
    (folder / f"{name}.json").write_text(json.dumps(content, indent=1))
