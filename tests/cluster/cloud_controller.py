"""The real cloud-controller-manager of Azure, led to the stand-in as AKS leads it to Azure.

It logs in as a managed identity, by IDENTITY_ENDPOINT, with the cluster's own identity.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.acceptance.azure.identities import CLUSTERS
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.login import MANAGED_IDENTITY, TENANT
from tests.acceptance.azure.messages import Json
from tests.acceptance.azure.nodes import SECURITY_GROUP
from tests.acceptance.azure.pools import KIND
from tests.acceptance.azure.stand_in import Azure
from tests.mesh.kubernetes import ApiServer, process

PROGRAM = "cloud-controller-manager"


def cloud_config(azure: Azure) -> Json:
    """What AKS writes into azure.json for the cluster of the stand-in."""
    (cluster,) = azure.store.of_kind(CLUSTERS)
    pool = next(azure.store.of_kind(KIND))
    subnet = ArmId(pool["properties"]["vnetSubnetID"])
    network = subnet.parent
    assert network is not None
    assert network.group is not None
    return {
        "cloud": "StandIn",
        "resourceManagerEndpoint": f"https://{azure.host}",
        "tenantId": TENANT,
        "subscriptionId": ArmId(cluster["id"]).subscription,
        "resourceGroup": cluster["properties"]["nodeResourceGroup"],
        "location": cluster["location"],
        "vnetName": network.name,
        "vnetResourceGroup": network.group.name,
        "subnetName": subnet.name,
        "securityGroupName": SECURITY_GROUP,
        "vmType": "vmss",
        "loadBalancerSku": "Standard",
        "loadBalancerBackendPoolConfigurationType": "nodeIPConfiguration",
        "useManagedIdentityExtension": True,
        "useInstanceMetadata": False,
    }


@contextmanager
def cloud_controller(
    server: ApiServer, azure: Azure, folder: Path, program: str = PROGRAM
) -> Iterator[Path]:
    """Run its controller of services; gives its log."""
    config = folder / "azure.json"
    config.write_text(json.dumps(cloud_config(azure)))
    log = folder / f"{PROGRAM}.log"
    with process(
        log,
        program,
        f"--cloud-config={config}",
        "--cloud-provider=azure",
        "--cluster-name=kubernetes",
        "--controllers=service-lb-controller",
        "--configure-cloud-routes=false",
        "--allocate-node-cidrs=false",
        f"--kubeconfig={server.kubeconfig}",
        "--leader-elect=false",
        "--secure-port=0",
        "--v=2",
        IDENTITY_ENDPOINT=f"https://{azure.host}{MANAGED_IDENTITY}",
        IDENTITY_HEADER="of-the-stand-in",
        SSL_CERT_FILE=str(azure.authority.file),
    ):
        yield log
