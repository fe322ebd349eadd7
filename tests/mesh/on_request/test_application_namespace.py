"""Quota and defaults of a namespace, kept by the real kube-apiserver for a pod with a sidecar."""

import json
import time
import urllib.error
from pathlib import Path

from settings.quotas import Limits, Quota
from tests.mesh.kubernetes import ApiServer, api_server
from tests.synthesis import Json

QUOTA = Quota(requests_cpu="1", limits_memory="3Gi").hard()
LIMITS = Limits(request_cpu="100m", limit_memory="512Mi", max_memory="2Gi")
SHOP = "/api/v1/namespaces/shop"
# As Istio's chart gives it to every sidecar.
SIDECAR = {
    "requests": {"cpu": "100m", "memory": "128Mi"},
    "limits": {"cpu": "2", "memory": "1Gi"},
}


def refusal(server: ApiServer, name: str, **application: Json) -> str:
    containers = [
        {"name": "app", "image": "none", **application},
        {"name": "istio-proxy", "image": "none", "resources": SIDECAR},
    ]
    try:
        pod = {"metadata": {"name": name}, "spec": {"containers": containers}}
        server.ask("POST", f"{SHOP}/pods", pod)
    except urllib.error.HTTPError as refused:
        return str(json.loads(refused.read())["message"])
    return ""


def test_a_pod_that_asks_for_nothing_is_refused_by_a_quota_alone_and_not_with_defaults(
    tmp_path: Path,
) -> None:
    with api_server(tmp_path) as server:
        server.ask("POST", "/api/v1/namespaces", {"metadata": {"name": "shop"}})
        quota = {"metadata": {"name": "namespace"}, "spec": {"hard": QUOTA}}
        server.ask("POST", f"{SHOP}/resourcequotas", quota)
        # As the controller would begin to count.
        counted = {"hard": QUOTA, "used": dict.fromkeys(QUOTA, "0")}
        server.ask("PATCH", f"{SHOP}/resourcequotas/namespace/status", {"status": counted})
        assert "must specify limits.memory for: app; requests.cpu for: app" in refusal(server, "a")
        limit = {
            "type": "Container",
            "defaultRequest": LIMITS.default_limit() | LIMITS.default_request(),
            "default": LIMITS.default_limit(),
            "max": LIMITS.highest(),
        }
        limits = {"metadata": {"name": "containers"}, "spec": {"limits": [limit]}}
        server.ask("POST", f"{SHOP}/limitranges", limits)
        time.sleep(1)
        assert refusal(server, "b") == ""
        said = server.ask("GET", f"{SHOP}/pods/b")["spec"]["containers"]
        assert said[0]["resources"]["limits"] == {"memory": "512Mi"}
        assert said[1]["resources"] == SIDECAR
        large = {"limits": {"memory": "4Gi"}}
        assert "maximum memory usage per Container is 2Gi" in refusal(server, "c", resources=large)
        assert refusal(server, "d") == ""
        assert "exceeded quota" in refusal(server, "e")
