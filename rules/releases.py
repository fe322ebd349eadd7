"""What is released by default: the one place of each version, repository and image.

The settings take their defaults from here, and so do the constructs, for those who use them alone.
"""

# base, istiod and gateway are released together and must have one version.
ISTIO_VERSION = "1.31.0"
# Google's storage has no release after 1.30, and goes in December 2026 (istio.io, blog, 21 August
# 2026); here is every release.
ISTIO_CHARTS = "https://blob.istio.io/istio-release/charts"
# What the charts istiod and gateway have where nothing is said.
ISTIOD_MIN_REPLICAS, ISTIOD_MAX_REPLICAS = 1, 5
ISTIOD_RESOURCES = {"requests": {"cpu": "500m", "memory": "2048Mi"}}
PROXY_RESOURCES = {
    "requests": {"cpu": "100m", "memory": "128Mi"},
    "limits": {"cpu": "2000m", "memory": "1024Mi"},
}

PROMETHEUS_STACK_VERSION = "88.5.3"
PROMETHEUS_CHARTS = "https://prometheus-community.github.io/helm-charts"

CERT_MANAGER_VERSION = "1.21.1"
CERT_MANAGER_CHARTS = "https://charts.jetstack.io"

# The server that the Kubernetes project maintains for its own tests and tutorials. The original's
# gcr.io/google_containers/echoserver:1.10 is of 2018 and runs as root.
SAMPLE_IMAGE = "registry.k8s.io/e2e-test-images/agnhost:2.53"
