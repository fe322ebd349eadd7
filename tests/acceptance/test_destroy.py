"""Scenario 6: the end of a deployment, istio first and then aks."""

from tests.acceptance.world import World


def test_everything_goes_in_an_order_that_azure_accepts(deployed: World) -> None:
    azure = deployed.azure
    for name in ("istio", "aks"):
        deployed.stack(name).destroy()
    assert azure.store.ids() == []
    # Azure refused nothing.
    assert [each for each in azure.recording.requests("DELETE") if each.status >= 300] == []
    order = [_short(path) for path in azure.recording.paths("DELETE")]
    assert len(order) == len(set(order)) == 14
    _assert_order(order, "routes/MyRoute", "origins/IstioOrigin", "originGroups/MyOriginGroup")
    _assert_order(order, "routes/MyRoute", "afdEndpoints/afd-190bdfc2a599e681")
    _assert_order(order, "originGroups/MyOriginGroup", "profiles/MyFrontDoor")
    _assert_order(order, "afdEndpoints/afd-190bdfc2a599e681", "profiles/MyFrontDoor")
    for pool in ("agentPools/user", "agentPools/ingress"):
        _assert_order(
            order,
            "profiles/MyFrontDoor",
            pool,
            "managedClusters/istio-aks",
            "subnets/system",
            "virtualNetworks/istio-aks",
            "resourceGroups/istio-aks",
        )
    _assert_order(order, "roleAssignments/system", "managedClusters/istio-aks")
    _assert_order(order, "roleAssignments/plc", "subnets/plc", "virtualNetworks/istio-aks")


def _short(path: str) -> str:
    """The last type and name; a role assignment by the subnet it is on."""
    if "/roleAssignments/" in path:
        return "roleAssignments/" + path.partition("/subnets/")[2].partition("/")[0]
    return "/".join(path.split("/")[-2:])


def _assert_order(order: list[str], *names: str) -> None:
    assert sorted(names, key=order.index) == list(names)
