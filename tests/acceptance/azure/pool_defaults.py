"""What AKS fills in for a node pool; docs/acceptance.md has the table.

The sources, where a line names none: Azure's own answers in 2026, as they are published.
A: the recording test_aks_create_and_update_with_app_routing_istio of azure-cli, Kubernetes 1.34.4,
April. B: the output of `az aks create` with Azure CNI in node-subnet mode, Kubernetes 1.35.7, node
image 202608.26.0. P: the answer for a spot pool on Microsoft's page aks/spot-node-pool.
"""

from tests.acceptance.azure.defaults import Table

# Microsoft's page aks/upgrade-os-version: Ubuntu is 24.04 from 1.35 on, 22.04 before.
UBUNTU_2404_SINCE = (1, 35)
# B; for Azure Linux 3 the output of `az aks nodepool show`, Kubernetes 1.35.8.
UBUNTU_2404_IMAGE = "AKSUbuntu-2404gen2containerd-202608.26.0"
UBUNTU_2204_IMAGE = "AKSUbuntu-2204gen2containerd-202608.26.0"
AZURE_LINUX_3_IMAGE = "AKSAzureLinux-V3gen2-202609.15.0"

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
}

# A and B. azurerm reads it back: a stack that leaves it out is never quiet again (issue 24020).
SURGE: Table = {"upgradeSettings.maxSurge": "10%", "upgradeSettings.maxUnavailable": "0"}

# azurerm issue 30990: the answer for sizes with a GPU.
GPU_POOL: Table = {"gpuProfile.driver": "Install"}

# P, in place of the surge, which is null there.
SPOT_POOL: Table = {
    "scaleSetEvictionPolicy": "Delete",
    "spotMaxPrice": -1,
    "upgradeSettings": {},
}
# P: AKS adds both to what was asked for.
SPOT_LABELS = {"kubernetes.azure.com/scalesetpriority": "spot"}
SPOT_TAINT = "kubernetes.azure.com/scalesetpriority=spot:NoSchedule"

POOL_SILENT: Table = {
    # A: sent, and not in the answer.
    "scaleSetPriority": "Regular",
    # B answers null. azurerm PR 26137: AKS takes no 0 for it, and its default of 30 minutes is not
    # in the answer.
    "upgradeSettings.drainTimeoutInMinutes": 0,
    "upgradeSettings.nodeSoakDurationInMinutes": 0,
}
