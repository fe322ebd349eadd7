"""Rules that span tables, of the gateway and of who may reach it."""

from collections.abc import Iterator

from rules import networks, routes, tries
from settings.cross_rules.rule import ISTIO, CrossRule
from settings.model import Settings
from settings.table import Finding


def _message(settings: Settings) -> Iterator[Finding]:
    if (
        settings.private_link_service.approval == "manual"
        and settings.front_door.request_message is not None
    ):
        yield Finding(
            "front_door.request_message",
            'no value where private_link_service.approval is "manual": the message is then unique'
            " to the deployment, so that one command approves it and no other",
            "remove the key",
        )


def _idle_timeouts(settings: Settings) -> Iterator[Finding]:
    longest = settings.load_balancer.idle_timeout_minutes - 1
    if settings.gateway.idle_timeout_minutes > longest:
        yield Finding(
            "gateway.idle_timeout_minutes",
            f"at most {longest}, less than load_balancer.idle_timeout_minutes: the one that only"
            " forgets a connection must not be the first",
            "lower it, or raise the other",
        )


def _in_time(settings: Settings) -> Iterator[Finding]:
    """Front Door must get the gateway's 504, not give up before it."""
    most = settings.front_door.response_timeout_seconds
    for index, route in enumerate(settings.routes):
        retries = route.retries
        if route.timeout is not None:
            key, longest = "timeout", tries.seconds(route.timeout)
        elif retries is not None and retries.per_try_timeout is not None:
            key = "retries.per_try_timeout"
            longest = tries.seconds(retries.per_try_timeout) * (retries.attempts + 1)
        else:
            continue
        if longest >= most:
            yield Finding(
                f"routes[{index}].{key}",
                f"less than front_door.response_timeout_seconds, {most}, with all tries: Front"
                " Door would give up first",
                "lower it, or raise the other",
            )


def _probe_is_answered(settings: Settings) -> Iterator[Finding]:
    if settings.origin_host_name() == networks.DYNAMIC:
        yield Finding(
            "front_door.origin_host_name",
            f'a host name where load_balancer.private_ip_address is "{networks.DYNAMIC}"',
            "name the host that probes are to ask for, such as one of gateway.hosts",
        )
        return
    asked = probe_host(settings)
    if not any(routes.covers(host, asked) for host in settings.gateway.hosts):
        yield Finding(
            "gateway.hosts",
            f"hosts that include the one Front Door's probes ask for, {asked}",
            "add it to them, or name one that they include in gateway.tls.host_name"
            if settings.gateway.tls
            else "set front_door.origin_host_name to one of the hosts, or add it to them",
        )


def probe_host(settings: Settings) -> str:
    """The host that Front Door's probes ask for."""
    return settings.front_door.origin_host_header or settings.origin_host_name()


INGRESS_RULES: tuple[CrossRule, ...] = (
    CrossRule(("private_link_service.approval", "front_door.request_message"), _message, ISTIO),
    CrossRule(
        ("gateway.idle_timeout_minutes", "load_balancer.idle_timeout_minutes"),
        _idle_timeouts,
        ISTIO,
    ),
    CrossRule(("routes", "front_door.response_timeout_seconds"), _in_time, ISTIO),
    CrossRule(
        (
            "gateway.hosts",
            "front_door.origin_host_name",
            "front_door.origin_host_header",
            "load_balancer.private_ip_address",
        ),
        _probe_is_answered,
        ISTIO,
    ),
)
