"""What AKS fills in for a cluster and its pools; docs/acceptance.md has the table.

The sources, where a line names none: Azure's own answers in 2026, as they are published.
A: the recording test_aks_create_and_update_with_app_routing_istio of azure-cli, Kubernetes 1.34.4,
April. B: the output of `az aks create` with Azure CNI in node-subnet mode, Kubernetes 1.35.7, node
image 202608.26.0. C: the output of `az aks create` with an autoscaler, Kubernetes 1.33.6, March.
"""

from tests.acceptance.azure.defaults import Table
from tests.acceptance.azure.login import TENANT

# A: `isDefault` stood at 1.34 while 1.35 was the newest; AKS's default is the last but one.
DEFAULT_VERSION = "1.35"
# The newest patches seen: Microsoft's page aks/upgrade-aks-cluster, B, and later outputs.
PATCHES = {"1.34": "1.34.10", "1.35": "1.35.8", "1.36": "1.36.4"}
# Microsoft's page aks/use-oidc-issuer: on for new clusters from this version on.
ISSUER_SINCE = (1, 34)
# Microsoft's page aks/upgrade-os-version: Ubuntu is 24.04 from 1.35 on, 22.04 before.
UBUNTU_2404_SINCE = (1, 35)

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

POOL: Table = {
    # A and B, but for maxPods, which is 30 with Azure CNI in node-subnet mode (B).
    "count": 1,
    "enableAutoScaling": False,
    "enableEncryptionAtHost": False,
    "enableFIPS": False,
    "enableNodePublicIP": False,
    "enableUltraSSD": False,
    "kubeletDiskType": "OS",
    "maxPods": 30,
    "nodeLabels": {},
    "osDiskSizeGB": 128,
    "osDiskType": "Managed",
    "osSKU": "Ubuntu",
    "osType": "Linux",
    "powerState.code": "Running",
    "scaleDownMode": "Delete",
    "securityProfile.enableSecureBoot": False,
    "securityProfile.enableVTPM": False,
    "type": "VirtualMachineScaleSets",
    # azurerm reads it back: a stack that leaves it out is never quiet again (issue 24020).
    "upgradeSettings.maxSurge": "10%",
    "upgradeSettings.maxUnavailable": "0",
}

# azurerm issue 30990: the answer for sizes with a GPU.
GPU_POOL: Table = {"gpuProfile.driver": "Install"}

POOL_SILENT: Table = {
    # A: sent, and not in the answer.
    "scaleSetPriority": "Regular",
    # B answers null. azurerm PR 26137: AKS takes no 0 for it, and its default of 30 minutes is not
    # in the answer.
    "upgradeSettings.drainTimeoutInMinutes": 0,
    "upgradeSettings.nodeSoakDurationInMinutes": 0,
}
