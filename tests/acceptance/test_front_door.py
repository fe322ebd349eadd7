"""Scenario 3: the Azure half of the stack istio, applied; what Front Door was asked for."""

from typing import Any

from tests.acceptance.world import World

GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/istio-aks"
PROFILE = f"{GROUP}/providers/Microsoft.Cdn/profiles/MyFrontDoor"
NODE_GROUP = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups"
    "/MC_istio-aks_istio-aks_westeurope"
)


def _body(world: World, pattern: str) -> dict[str, Any]:
    return world.history.body("PUT", pattern)


def test_nothing_else_was_asked_for(deployed: World) -> None:
    assert sorted(deployed.history.writes()) == [
        f"PUT {PROFILE}",
        f"PUT {PROFILE}/afdEndpoints/afd-190bdfc2a599e681",
        f"PUT {PROFILE}/afdEndpoints/afd-190bdfc2a599e681/routes/MyRoute",
        f"PUT {PROFILE}/originGroups/MyOriginGroup",
        f"PUT {PROFILE}/originGroups/MyOriginGroup/origins/IstioOrigin",
    ]


def test_the_profile_is_premium(deployed: World) -> None:
    body = _body(deployed, "*/profiles/MyFrontDoor")
    assert body["sku"] == {"name": "Premium_AzureFrontDoor"}
    assert body["location"] == "global"
    assert body["properties"]["originResponseTimeoutSeconds"] == 120


def test_the_endpoint_is_switched_on(deployed: World) -> None:
    body = _body(deployed, "*/afdEndpoints/afd-190bdfc2a599e681")
    assert body["properties"] == {"enabledState": "Enabled"}


def test_the_group_probes_the_gateway(deployed: World) -> None:
    assert _body(deployed, "*/originGroups/MyOriginGroup")["properties"] == {
        "healthProbeSettings": {
            "probePath": "/probe",
            "probeRequestType": "GET",
            "probeProtocol": "Http",
            "probeIntervalInSeconds": 100,
        },
        "loadBalancingSettings": {
            "sampleSize": 4,
            "successfulSamplesRequired": 3,
            "additionalLatencyInMilliseconds": 50,
        },
        "sessionAffinityState": "Enabled",
        "trafficRestorationTimeToHealedOrNewEndpointsInMinutes": 10,
    }


def test_the_origin_is_the_private_link_service_in_the_node_group(deployed: World) -> None:
    assert _body(deployed, "*/origins/IstioOrigin")["properties"] == {
        "enabledState": "Enabled",
        "enforceCertificateNameCheck": True,
        "hostName": "10.52.192.20",
        "httpPort": 80,
        "httpsPort": 443,
        "priority": 1,
        "weight": 1000,
        "sharedPrivateLinkResource": {
            "privateLink": {
                "id": f"{NODE_GROUP}/providers/Microsoft.Network/privateLinkServices/istio-ingress"
            },
            "privateLinkLocation": "westeurope",
            "groupId": "",
            "requestMessage": "Request access",
        },
    }


def test_the_route_redirects_to_https_and_forwards_http(deployed: World) -> None:
    route = _body(deployed, "*/routes/MyRoute")["properties"]
    assert sorted(route.pop("supportedProtocols")) == ["Http", "Https"]
    assert route == {
        "enabledState": "Enabled",
        "forwardingProtocol": "HttpOnly",
        "httpsRedirect": "Enabled",
        "linkToDefaultDomain": "Enabled",
        "originGroup": {"id": f"{PROFILE}/originGroups/MyOriginGroup"},
        "patternsToMatch": ["/*"],
    }


def test_a_second_plan_is_quiet(deployed: World) -> None:
    plan = deployed.stack("istio").plan()
    assert (plan.exit_code, plan.actions) == (0, {})


def test_a_second_apply_asks_for_nothing(deployed: World) -> None:
    deployed.stack("istio").apply()
    assert deployed.azure.recording.writes() == []
