"""Settings whose pods the real scheduler places, and the files that are shipped."""

from collections.abc import Mapping
from pathlib import Path

from tests.rendering import ROOT

# As docs/production.md has it.
PRODUCTION_POOLS = """
[node_pools.system]
critical_addons_only = true
vm_size = "Standard_D4ds_v5"
os_disk_type = "Ephemeral"
min_count = 3
zones = ["1", "2", "3"]
[node_pools.user]
min_count = 2
zones = ["1", "2", "3"]
"""
ZONE = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/dns"
    "/providers/Microsoft.Network/dnsZones/contoso.com"
)
TLS = f"""
[gateway.tls]
host_name = "origin.contoso.com"
[gateway.tls.cert_manager]
dns_zone = "{ZONE}"
"""
# Several of each, spread, and a pod of istio-cni on every node.
MESH = """
[node_pools.ingress]
min_count = 3
max_count = 5
[gateway]
min_replicas = 3
min_available = 2
priority_class = "system-cluster-critical"
requests = { cpu = "500m", memory = "256Mi" }
[proxies.requests]
cpu = "50m"
memory = "96Mi"
[istio]
cni = true
min_replicas = 3
requests = { cpu = "250m", memory = "1Gi" }
"""
TOLERATE = '{ key = "CriticalAddonsOnly", operator = "Exists" }'

# By their names; those that the check refuses are among them.
CASES: Mapping[str, str] = {
    "several-of-each": PRODUCTION_POOLS + MESH,
    "istiod-and-gateway-on-pools-of-their-own": MESH
    + 'node_pool = "mesh"\n[node_pools.mesh]\ndedicated = true\nmin_count = 2\n'
    "max_count = 3\n",
    "a-gateway-that-asks-for-more-than-a-node-has": "gateway.requests.cpu = '5'\n"
    "gateway.limits.cpu = '6'\n",
    "critical-system-pool": PRODUCTION_POOLS,
    "critical-system-pool-with-cert-manager": PRODUCTION_POOLS + TLS,
    "no-pool-without-taints": "node_pools.system.critical_addons_only = true\n"
    "node_pools.user.enabled = false\n" + TLS,
    "user-pool-of-nothing": "node_pools.system.critical_addons_only = true\n"
    "node_pools.user.min_count = 0\n",
    "istiod-on-the-system-pool": "node_pools.system.critical_addons_only = true\n"
    'istio.node_pool = "system"\n',
    "istiod-alone-on-a-pool": 'istio.node_pool = "mesh"\n[node_pools.mesh]\ndedicated = true\n'
    'taints = ["team=mesh:NoExecute"]\n',
    "gateway-on-an-open-pool": 'gateway.node_pool = "user"\nnode_pools.ingress.enabled = false\n',
    "a-taint-that-only-warns": "node_pools.system.critical_addons_only = true\n"
    '[node_pools.user]\ntaints = ["sku=cheap:PreferNoSchedule"]\n',
    "user-pool-of-spot-nodes": "node_pools.system.critical_addons_only = true\n"
    "node_pools.user.spot = true\n",
    "prometheus-by-its-label": "[node_pools.watch]\ndedicated = true\nlabels = { team = 'watch' }\n"
    "[monitoring.values.prometheus.prometheusSpec]\nnodeSelector = { team = 'watch' }\n"
    "tolerations = [{ key = 'dedicated', operator = 'Equal', value = 'watch' }]\n",
    "a-label-that-no-pool-has": "[monitoring.values.grafana]\nnodeSelector = { team = 'none' }\n",
    "monitoring-tolerates": "node_pools.system.critical_addons_only = true\n"
    "node_pools.user.enabled = false\nsample.enabled = false\n"
    'istio.node_pool = "system"\n'
    "[monitoring.values]\n"
    f"prometheus.prometheusSpec.tolerations = [{TOLERATE}]\n"
    f"alertmanager.alertmanagerSpec.tolerations = [{TOLERATE}]\n"
    f"grafana.tolerations = [{TOLERATE}]\n"
    f"kube-state-metrics.tolerations = [{TOLERATE}]\n"
    f"prometheusOperator.tolerations = [{TOLERATE}]\n"
    f"prometheusOperator.admissionWebhooks.patch.tolerations = [{TOLERATE}]\n",
    "istiod-larger-than-a-node": "istio.istiod_values.resources.requests = { memory = '24Gi' }\n",
    "istiod-on-large-nodes": "istio.istiod_values.resources.requests = { memory = '24Gi' }\n"
    "[node_pools.user]\nvm_size = 'Standard_E8s_v5'\n",
    "more-cpu-than-a-node": "[monitoring.values.prometheus.prometheusSpec]\n"
    "resources.requests.cpu = 4\n",
    "an-affinity-of-ones-own": "[monitoring.values.grafana.affinity.nodeAffinity"
    ".requiredDuringSchedulingIgnoredDuringExecution]\n"
    "nodeSelectorTerms = [{ matchExpressions = [{ key = 'kubernetes.azure.com/mode',"
    " operator = 'In', values = ['user'] }] }]\n",
}


def shipped() -> Mapping[str, Path]:
    """The settings files of the repository, by name."""
    return {path.name: path for path in sorted(ROOT.glob("settings*.toml"))}
