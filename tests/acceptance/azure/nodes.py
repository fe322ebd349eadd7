"""What AKS makes in the group of the nodes, as far as a load balancer needs it.

A scale set for each pool with its instances and their network interfaces, and a network security
group. Names and forms as AKS has them: aks-POOL-NUMBER-vmss (Microsoft's page aks/node-access and
published node lists), and what cloud-provider-azure reads (azure_vmss.go).
"""

import uuid

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, merged
from tests.acceptance.azure.store import Store

NUMBER = "12345678"
SECURITY_GROUP = f"aks-agentpool-{NUMBER}-nsg"
SCALE_SETS = "microsoft.compute/virtualmachinescalesets"
MACHINES = "microsoft.compute/virtualmachinescalesets/virtualmachines"


def make_group(store: Store, group: ArmId, location: str) -> None:
    """The group of a cluster's nodes, and their network security group."""
    _put_new(store, group, {"location": location, "properties": {}})
    guard = ArmId(_security_group(group))
    _put_new(store, guard, {"location": location, "properties": {"securityRules": []}})


def scale_set(group: ArmId, pool: str) -> ArmId:
    """The scale set of a pool."""
    kind = "providers/Microsoft.Compute/virtualMachineScaleSets"
    return ArmId(f"{group.path}/{kind}/aks-{pool}-{NUMBER}-vmss")


def make_nodes(store: Store, group: ArmId, pool: Json, location: str) -> None:
    """The scale set of a pool, with as many instances as the pool has nodes.

    What is there already stays: cloud controllers write into it.
    """
    set_id = scale_set(group, pool["name"])
    profile = {"networkInterfaceConfigurations": [_interface(group, pool["properties"])]}
    _put_new(
        store,
        set_id,
        {
            "location": location,
            "sku": {"name": pool["properties"]["vmSize"], "capacity": pool["properties"]["count"]},
            "properties": {
                "orchestrationMode": "Uniform",
                "virtualMachineProfile": {"networkProfile": profile},
            },
        },
    )
    for each in store.inside(set_id, MACHINES):
        if int(each["instanceId"]) >= pool["properties"]["count"]:
            store.delete(ArmId(each["id"]))
    for number in range(pool["properties"]["count"]):
        _put_instance(store, set_id, number, profile, location)


def remove_nodes(store: Store, group: ArmId, pool: str) -> None:
    """A pool goes with its machines."""
    store.delete(scale_set(group, pool))


def keep_the_rest(store: Store, arm_id: ArmId, machines: Json, before: Json | None) -> None:
    """What a request leaves out stays: cloud controllers send the network profile only."""
    machines.update(merged(before or {}, machines))


def _put_instance(store: Store, set_id: ArmId, number: int, profile: Json, location: str) -> None:
    machine = ArmId(f"{set_id.path}/virtualMachines/{number}")
    nic = ArmId(f"{machine.path}/networkInterfaces/{set_id.name}")
    (configuration,) = profile["networkInterfaceConfigurations"]
    _put_new(
        store,
        machine,
        {
            "instanceId": str(number),
            "location": location,
            "properties": {
                "vmId": str(uuid.uuid5(uuid.NAMESPACE_URL, machine.key)),
                "osProfile": {"computerName": f"{set_id.name}{number:06}"},
                "networkProfile": {"networkInterfaces": [{"id": nic.path}]},
                "networkProfileConfiguration": profile,
                "instanceView": {"statuses": [{"code": "PowerState/running"}]},
            },
        },
    )
    interface = {
        "primary": True,
        "ipConfigurations": configuration["properties"]["ipConfigurations"],
    }
    _put_new(store, nic, {"properties": interface | {"virtualMachine": {"id": machine.path}}})


def _security_group(group: ArmId) -> str:
    return f"{group.path}/providers/Microsoft.Network/networkSecurityGroups/{SECURITY_GROUP}"


def _interface(group: ArmId, pool: Json) -> Json:
    address = {"primary": True, "subnet": {"id": pool.get("vnetSubnetID", "")}}
    return {
        "name": "nic",
        "properties": {
            "primary": True,
            "networkSecurityGroup": {"id": _security_group(group)},
            "ipConfigurations": [{"name": "ipconfig1", "properties": address}],
        },
    }


def _put_new(store: Store, arm_id: ArmId, resource: Json) -> None:
    if store.get(arm_id) is not None:
        return
    resource.update(id=arm_id.path, name=arm_id.name, type=arm_id.kind)
    resource["properties"]["provisioningState"] = "Succeeded"
    store.put(arm_id, resource)
