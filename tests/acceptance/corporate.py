"""What others have made before us: a group in another region, and a network with subnets."""

import json

from tests.acceptance.azure.stand_in import Azure

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000"
GROUP = f"{SUBSCRIPTION}/resourceGroups/istio-aks"
HUB = f"{SUBSCRIPTION}/resourceGroups/hub"
NETWORKS = "providers/Microsoft.Network/virtualNetworks"
NETWORK = f"{HUB}/{NETWORKS}/corp"
EXISTING = {
    "resource_group": True,
    "virtual_network": NETWORK,
    "node_subnet": "nodes",
    "private_link_subnet": "links",
}


def settings(**existing: object) -> dict[str, str]:
    """The settings of a deployment into what is there, some of it otherwise."""
    chosen = {key: value for key, value in {**EXISTING, **existing}.items() if value is not None}
    return {"ISTIO_AKS_EXISTING": json.dumps(chosen)}


def build(azure: Azure) -> None:
    """Make it: the network in a group of its own, and one of the same name in ours."""
    azure.make(GROUP, {"location": "northeurope"})
    azure.make(HUB, {"location": "westeurope"})
    for group in (HUB, GROUP):
        network = f"{group}/{NETWORKS}/corp"
        space = {"addressSpace": {"addressPrefixes": ["10.52.0.0/16"]}}
        azure.make(network, {"location": "westeurope", "properties": space})
        for name, prefix in (("nodes", "10.52.0.0/18"), ("links", "10.52.192.0/24")):
            subnet = {"properties": {"addressPrefix": prefix}}
            azure.make(f"{network}/subnets/{name}", subnet)
