"""The outputs of the stack istio."""

from collections.abc import Sequence

from constructs.ingress.private_link_ingress import PrivateLinkIngress
from rules import names
from stacks.base import EnvironmentStack
from stacks.domains import Endpoint, hosts_by_hand, validation_by_hand
from stacks.front_door import FrontDoor

POD = f"deployment/{names.INGRESS}.{names.INGRESS}"


def add_istio_outputs(
    stack: EnvironmentStack, front_door: FrontDoor | None, ingress: PrivateLinkIngress
) -> None:
    """The outputs of the stack istio; those of Front Door only where it is part of it."""
    if front_door is not None:
        add_front_door_outputs(stack, front_door)
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
    if front_door is None:
        return
    validation = validation_by_hand(stack.settings, front_door.domains)
    if hosts := hosts_by_hand(stack.settings, front_door.endpoint):
        stack.add_output(
            "dns_records",
            "\n".join([*validation, *hosts]),
            "Records to make for domains whose zone is not in the settings, from top to bottom: the"
            " CNAMEs only once the route answers.",
        )
    if stack.settings.private_link_service.approval == "manual":
        add_approval_output(stack, [ingress.private_link_service_id], front_door.request_message)


def add_front_door_outputs(stack: EnvironmentStack, front_door: FrontDoor) -> None:
    """What is known of Front Door once it is made."""
    add_url_output(stack, front_door.endpoint)
    stack.add_output(
        "front_door_id",
        front_door.profile.front_door_id,
        "What Front Door sends to the gateway as X-Azure-FDID.",
    )


def add_url_output(stack: EnvironmentStack, endpoint: Endpoint) -> None:
    """Where clients reach the mesh."""
    stack.add_output(
        "url",
        f"https://{endpoint.host_name}",
        "Where clients reach the mesh. Front Door takes some minutes to know a new endpoint.",
    )


def add_approval_output(stack: EnvironmentStack, service_ids: Sequence[str], message: str) -> None:
    """The command that approves what waits, where somebody must."""
    stack.add_output(
        "approve_private_endpoint",
        "\n".join(_approve(each, message) for each in service_ids),
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
