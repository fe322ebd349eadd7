"""The outputs of the stack istio."""

from cdktf import TerraformStack

from constructs.ingress.private_link_ingress import PrivateLinkIngress
from settings import Settings
from stacks import names
from stacks.front_door import FrontDoor
from stacks.outputs import add_output

POD = f"deployment/{names.INGRESS}.{names.INGRESS}"


def add_istio_outputs(
    stack: TerraformStack, settings: Settings, front_door: FrontDoor, ingress: PrivateLinkIngress
) -> None:
    """The outputs of the stack istio."""
    add_output(
        stack,
        "url",
        f"https://{front_door.endpoint.host_name}",
        "Where clients reach the mesh. Front Door takes some minutes to know a new endpoint.",
    )
    add_output(
        stack,
        "front_door_id",
        front_door.profile.front_door_id,
        "What Front Door sends to the gateway as X-Azure-FDID.",
    )
    add_output(
        stack,
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
        add_output(stack, name, command, description)
    if settings.private_link_service.approval == "manual":
        add_output(
            stack,
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
