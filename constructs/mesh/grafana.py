"""Grafana: its way in and Istio's dashboards, as values of the chart kube-prometheus-stack."""

from typing import Any

from settings.monitoring import Monitoring

# In the tag of the release they fit to (istio/istio, manifests/addons/dashboards).
_DASHBOARDS = "https://raw.githubusercontent.com/istio/istio/{}/manifests/addons/dashboards/{}.json"
DASHBOARDS = {
    "mesh": "istio-mesh-dashboard.gen",
    "service": "istio-service-dashboard",
    "workload": "istio-workload-dashboard",
    "performance": "istio-performance-dashboard",
    "control-plane": "pilot-dashboard.gen",
}
_FOLDER = "/var/lib/grafana/dashboards/istio"


def grafana(options: Monitoring, istio_version: str) -> dict[str, Any]:
    """The way in and the dashboards, each where the table says so.

    Args:
        options: the table `monitoring`.
        istio_version: the release whose dashboards are fetched.
    """
    values: dict[str, Any] = {}
    if options.grafana_secret is not None:
        values |= {
            "admin": {
                "existingSecret": options.grafana_secret,
                "userKey": "admin-user",
                "passwordKey": "admin-password",
            },
            "service": {"type": "ClusterIP"},
            "grafana.ini": {"auth.anonymous": {"enabled": False}},
        }
    if options.dashboards:
        values |= _dashboards(istio_version)
    return {"grafana": values} if values else {}


def _dashboards(istio_version: str) -> dict[str, Any]:
    provider = {
        "name": "istio",
        "orgId": 1,
        "folder": "Istio",
        "type": "file",
        "disableDeletion": True,
        "options": {"path": _FOLDER},
    }
    return {
        "dashboardProviders": {"istio.yaml": {"apiVersion": 1, "providers": [provider]}},
        "dashboards": {
            "istio": {
                name: {"url": _DASHBOARDS.format(istio_version, file)}
                for name, file in DASHBOARDS.items()
            }
        },
        # The chart's own has -k, which takes any certificate.
        "defaultCurlOptions": "-sf",
    }
