"""The outputs of the stack istio."""

from constructs.ingress.private_link_ingress import PrivateLinkIngress
from rules import names
from stacks.base import EnvironmentStack
from stacks.front_door import FrontDoor

POD = f"deployment/{names.INGRESS}.{names.INGRESS}"


def add_istio_outputs(
    stack: EnvironmentStack, front_door: FrontDoor, ingress: PrivateLinkIngress
) -> None:
    """The outputs of the stack istio."""
    stack.add_output(
        "url",
        f"https://{front_door.endpoint.host_name}",
        "Where clients reach the mesh. Front Door takes some minutes to know a new endpoint.",
    )
    stack.add_output(
        "front_door_id",
        front_door.profile.front_door_id,
        "What Front Door sends to the gateway as X-Azure-FDID.",
    )
    stack.add_output(
        "private_link_service_id",
        ingress.private_link_service_id,
        "The Private Link Service that AKS made in front of the gateway.",
    )
    for name, command, description in (
        ("proxy_status", "istioctl proxy-status", "Shows which proxies istiod has configured."),
        (
            "gateway_listeners",
            f"istioctl proxy-config listener {POD}",
            "Shows what the gateway listens on.",
        ),
        (
            "gateway_service",
            f"kubectl get service {names.INGRESS} --namespace {names.INGRESS}",
            "Shows the gateway's service, with its address once the Private Link Service stands.",
        ),
    ):
        stack.add_output(name, command, description)
    if stack.settings.private_link_service.approval == "manual":
        stack.add_output(
            "approve_private_endpoint",
            _approve(ingress.private_link_service_id, front_door.request_message),
            "The command that approves every pending connection of this Front Door and no other.",
        )


def _approve(service_id: str, message: str) -> str:
    state = "properties.privateLinkServiceConnectionState"
    query = f"[?{state}.status=='Pending' && {state}.description=='{message}'].id"
    return (
        f'az network private-endpoint-connection list --id {service_id} --query "{query}"'
        " --output tsv"
        " | xargs -r -n 1 az network private-endpoint-connection approve"
        f" --description '{message}' --id"
    )
