"""What AKS answers to a request for a pool that says the least."""

import pytest

from tests.acceptance.answers import CLUSTER, Asker, cluster
from tests.acceptance.azure.certificate import Authority

POOL = f"{CLUSTER}/agentPools/user"


@pytest.fixture
def azure(authority: Authority) -> Asker:
    made = Asker(authority)
    made.put(CLUSTER, cluster())
    return made


def test_a_pool_that_asks_for_a_size_only(azure: Asker) -> None:
    assert azure.completed(POOL, vmSize="Standard_D4s_v5") == {
        "vmSize": "Standard_D4s_v5",
        "provisioningState": "Succeeded",
        "powerState": {"code": "Running"},
        "count": 1,
        "enableAutoScaling": False,
        "enableEncryptionAtHost": False,
        "enableFIPS": False,
        "enableNodePublicIP": False,
        "enableUltraSSD": False,
        "kubeletDiskType": "OS",
        "maxPods": 30,
        "nodeImageVersion": "AKSUbuntu-2404gen2containerd-202608.26.0",
        "nodeLabels": {},
        "orchestratorVersion": "1.35",
        "currentOrchestratorVersion": "1.35.8",
        "osDiskSizeGB": 128,
        "osDiskType": "Managed",
        "osSKU": "Ubuntu",
        "osType": "Linux",
        "scaleDownMode": "Delete",
        "securityProfile": {"enableSecureBoot": False, "enableVTPM": False},
        "type": "VirtualMachineScaleSets",
        "upgradeSettings": {"maxSurge": "10%", "maxUnavailable": "0"},
    }


def test_ubuntu_is_22_04_before_1_35(azure: Asker) -> None:
    pool = azure.completed(POOL, vmSize="Standard_D4s_v5", orchestratorVersion="1.34")
    assert pool["nodeImageVersion"] == "AKSUbuntu-2204gen2containerd-202608.26.0"
    assert pool["currentOrchestratorVersion"] == "1.34.10"


def test_a_size_with_a_gpu_gets_a_driver(azure: Asker) -> None:
    pool = azure.completed(POOL, vmSize="Standard_NC4as_T4_v3")
    assert pool["gpuProfile"] == {"driver": "Install"}


def test_a_spot_pool_gets_its_policy_its_label_and_its_taint_and_no_surge(azure: Asker) -> None:
    pool = azure.completed(POOL, vmSize="Standard_D4s_v5", scaleSetPriority="Spot")
    spot = "kubernetes.azure.com/scalesetpriority"
    assert pool["scaleSetEvictionPolicy"] == "Delete"
    assert pool["spotMaxPrice"] == -1
    assert pool["nodeLabels"] == {spot: "spot"}
    assert pool["nodeTaints"] == [f"{spot}=spot:NoSchedule"]
    assert pool["upgradeSettings"] == {}


def test_a_spot_pool_keeps_labels_and_taints_of_its_own(azure: Asker) -> None:
    own = {"nodeLabels": {"team": "shop"}, "nodeTaints": ["sku=cheap:NoSchedule"]}
    pool = azure.completed(POOL, vmSize="Standard_D4s_v5", scaleSetPriority="Spot", **own)
    assert pool["nodeLabels"]["team"] == "shop"
    assert pool["nodeTaints"][0] == "sku=cheap:NoSchedule"


def test_azure_linux_has_an_image_of_its_own(azure: Asker) -> None:
    pool = azure.completed(POOL, vmSize="Standard_D4s_v5", osSKU="AzureLinux3")
    assert pool["nodeImageVersion"] == "AKSAzureLinux-V3gen2-202609.15.0"


def test_the_usual_priority_is_not_given_back(azure: Asker) -> None:
    pool = azure.completed(POOL, vmSize="Standard_D4s_v5", scaleSetPriority="Regular")
    assert "scaleSetPriority" not in pool


def test_times_of_nought_are_not_given_back(azure: Asker) -> None:
    times = {"maxSurge": "33%", "drainTimeoutInMinutes": 0, "nodeSoakDurationInMinutes": 0}
    pool = azure.completed(POOL, vmSize="Standard_D4s_v5", upgradeSettings=times)
    assert pool["upgradeSettings"] == {"maxSurge": "33%", "maxUnavailable": "0"}


def test_no_pool_may_be_newer_than_the_control_plane(azure: Asker) -> None:
    versions = azure.properties(f"{CLUSTER}/availableAgentPoolVersions")["agentPoolVersions"]
    assert versions == [{"kubernetesVersion": "1.34.10"}, {"kubernetesVersion": "1.35.8"}]
