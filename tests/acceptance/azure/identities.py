"""Who asks, and whether Azure lets him: for the identity of a cluster. Everybody else is an owner.

Sources: Microsoft's page aks/concepts-identity (a cluster's identity has the role Contributor on
the group of its nodes); for the answers AKS issue 1945 and patuzov/terraform-private-aks issue 5.
"""

from collections.abc import Iterator
from typing import Any

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, RefusalError, Request
from tests.acceptance.azure.roles import may
from tests.acceptance.azure.store import Store

CLUSTERS = "microsoft.containerservice/managedclusters"
_VERBS = {"GET": "read", "PUT": "write", "PATCH": "write", "DELETE": "delete"}
JOIN = "Microsoft.Network/virtualNetworks/subnets/join/action"


def principal(store: Store) -> str:
    """The object id of the identity of the one cluster."""
    (cluster,) = store.of_kind(CLUSTERS)
    (found,) = _principals(cluster)
    return found


def authorize(store: Store, request: Request, arm_id: ArmId) -> None:
    """Refuse what a cluster's identity has no role for, on the resource or on a subnet it joins."""
    cluster = next((each for each in store.of_kind(CLUSTERS) if _is(each, request.caller)), None)
    if cluster is None:
        return
    verb = _VERBS[request.method]
    action = f"{_type(arm_id)}/{verb}"
    client = f"The client '{request.caller}' with object id '{request.caller}'"
    if not _allows(store, cluster, request.caller, action, arm_id):
        raise RefusalError(
            403,
            "AuthorizationFailed",
            f"{client} does not have authorization to perform action '{action}' over scope"
            f" '{arm_id.path}' or the scope is invalid. If access was recently granted, please"
            " refresh your credentials.",
        )
    for subnet in _joined(request.body) if verb == "write" else ():
        if not _allows(store, cluster, request.caller, JOIN, subnet):
            raise RefusalError(
                403,
                "LinkedAuthorizationFailed",
                f"{client} has permission to perform action '{action}' on scope '{arm_id.path}';"
                f" however, it does not have permission to perform action(s) '{JOIN}' on the"
                f" linked scope(s) '{subnet.path}' (respectively) or the linked scope(s) are"
                " invalid.",
            )


def _is(cluster: Json, caller: str) -> bool:
    return caller in _principals(cluster)


def _principals(cluster: Json) -> list[str]:
    """The object ids of what a cluster may be: one of its own, or one that it was given."""
    identity = cluster.get("identity") or {}
    given = (identity.get("userAssignedIdentities") or {}).values()
    found = [identity.get("principalId"), *(each.get("principalId") for each in given)]
    return [str(each) for each in found if each]


def _allows(store: Store, cluster: Json, caller: str, action: str, arm_id: ArmId) -> bool:
    nodes = str(cluster["properties"]["nodeResourceGroup"]).lower()
    if arm_id.group is None or arm_id.group.name.lower() == nodes:
        return True
    return may(store, caller, action, arm_id)


def _type(arm_id: ArmId) -> str:
    """The type as the client writes it, such as Microsoft.Network/loadBalancers."""
    namespace, *pairs = arm_id.path.rpartition("/providers/")[2].split("/")
    return "/".join([namespace, *pairs[::2]])


def _joined(part: Any) -> Iterator[ArmId]:
    """The subnets that a body puts something into."""
    if isinstance(part, dict):
        subnet = part.get("subnet")
        if isinstance(subnet, dict) and "id" in subnet:
            yield ArmId(subnet["id"])
        for inner in part.values():
            yield from _joined(inner)
    if isinstance(part, list):
        for inner in part:
            yield from _joined(inner)
