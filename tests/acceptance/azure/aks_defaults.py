"""What AKS fills in for a cluster; docs/acceptance.md has the table.

The sources, where a line names none: Azure's own answers in 2026, as they are published.
A: the recording test_aks_create_and_update_with_app_routing_istio of azure-cli, Kubernetes 1.34.4,
April. B: the output of `az aks create` with Azure CNI in node-subnet mode, Kubernetes 1.35.7. C:
the output of `az aks create` with an autoscaler, Kubernetes 1.33.6, March.
"""

from tests.acceptance.azure.defaults import Table
from tests.acceptance.azure.login import TENANT

CLUSTER: Table = {
    # A and B.
    "maxAgentPools": 100,
    "powerState.code": "Running",
    "supportPlan": "KubernetesOfficial",
    "disableLocalAccounts": False,
    "enableRBAC": True,
    "autoUpgradeProfile.nodeOSUpgradeChannel": "NodeImage",
    "bootstrapProfile.artifactSource": "Direct",
    "metricsProfile.costAnalysis.enabled": False,
    "nodeProvisioningProfile.mode": "Manual",
    "securityProfile": {},
    "storageProfile.diskCSIDriver.enabled": True,
    "storageProfile.fileCSIDriver.enabled": True,
    "storageProfile.snapshotController.enabled": True,
    "workloadAutoScalerProfile": {},
    "servicePrincipalProfile.clientId": "msi",
    "networkProfile.ipFamilies": ["IPv4"],
    "networkProfile.loadBalancerProfile.backendPoolType": "nodeIPConfiguration",
    "networkProfile.loadBalancerProfile.managedOutboundIPs.count": 1,
    "networkProfile.loadBalancerSku": "standard",
    "networkProfile.networkDataplane": "azure",
    "networkProfile.networkPolicy": "none",
    "networkProfile.outboundType": "loadBalancer",
    # Published output of `az aks list`, with Entra integration.
    "aadProfile?.enableAzureRBAC": False,
    "aadProfile?.managed": True,
    "aadProfile?.tenantID": TENANT,
    # B only: A is an overlay network, and has none.
    "windowsProfile.adminUsername": "azureuser",
    "windowsProfile.enableCSIProxy": True,
}

# C; B, which does not scale, has no such profile. Microsoft's reference of the profile agrees.
AUTOSCALER: Table = {
    "autoScalerProfile.balance-similar-node-groups": "false",
    "autoScalerProfile.daemonset-eviction-for-empty-nodes": False,
    "autoScalerProfile.daemonset-eviction-for-occupied-nodes": True,
    "autoScalerProfile.expander": "random",
    "autoScalerProfile.ignore-daemonsets-utilization": False,
    "autoScalerProfile.max-empty-bulk-delete": "10",
    "autoScalerProfile.max-graceful-termination-sec": "600",
    "autoScalerProfile.max-node-provision-time": "15m",
    "autoScalerProfile.max-total-unready-percentage": "45",
    "autoScalerProfile.new-pod-scale-up-delay": "0s",
    "autoScalerProfile.ok-total-unready-count": "3",
    "autoScalerProfile.scale-down-delay-after-add": "10m",
    "autoScalerProfile.scale-down-delay-after-delete": "10s",
    "autoScalerProfile.scale-down-delay-after-failure": "3m",
    "autoScalerProfile.scale-down-unneeded-time": "10m",
    "autoScalerProfile.scale-down-unready-time": "20m",
    "autoScalerProfile.scale-down-utilization-threshold": "0.5",
    "autoScalerProfile.scan-interval": "10s",
    "autoScalerProfile.skip-nodes-with-local-storage": "false",
    "autoScalerProfile.skip-nodes-with-system-pods": "true",
}

# B answers null for both.
CLUSTER_SILENT: Table = {"networkProfile.networkMode": "", "networkProfile.podCidrs": []}
