"""Rules that span keys, of the gateway and of who may reach it."""

import json
from collections.abc import Iterator

from rules import private_link, routes
from settings.cross_rule import CrossRule, Finding
from settings.model import Settings
from settings.route_rules import ISTIO, ROUTE_RULES

# Without the stack aks, the pool is another cluster's, of which nothing is known.
BOTH = ("aks", "istio")


def _approval(settings: Settings) -> Iterator[Finding]:
    service = settings.private_link_service
    if service.approval == "manual":
        for key in ("visibility", "auto_approval"):
            if getattr(service, key) is not None:
                yield Finding(
                    f"private_link_service.{key}",
                    'no value where private_link_service.approval is "manual"',
                    "remove the key",
                )
        if settings.front_door.request_message is not None:
            yield Finding(
                "front_door.request_message",
                'no value where private_link_service.approval is "manual": the message is then'
                " unique to the deployment, so that one command approves it and no other",
                "remove the key",
            )
        return
    visibility, auto_approval = service.annotated_visibility(), service.annotated_auto_approval()
    if not private_link.is_within(auto_approval, visibility):
        yield Finding(
            "private_link_service.auto_approval",
            "subscriptions that private_link_service.visibility,"
            f" {json.dumps(visibility)}, includes",
            "add them to visibility, or remove them here",
        )
    if "*" not in auto_approval:
        yield Finding(
            "private_link_service.auto_approval",
            'a list with "*": Front Door connects from a subscription of Microsoft\'s, whose id'
            " nobody can name",
            'write ["*"], or set private_link_service.approval = "manual"',
        )


def _replicas(settings: Settings) -> Iterator[Finding]:
    gateway = settings.gateway
    if gateway.min_replicas > gateway.max_replicas:
        yield Finding(
            "gateway.max_replicas",
            f"at least min_replicas, {gateway.min_replicas}",
            "raise max_replicas or lower min_replicas",
        )


def _dedicated_pool(settings: Settings) -> Iterator[Finding]:
    pool = settings.node_pools.ingress
    if pool.dedicated and pool.max_count == 1 and settings.gateway.min_replicas > 1:
        yield Finding(
            "node_pools.ingress.max_count",
            f"at least 2 where gateway.min_replicas is {settings.gateway.min_replicas}: its pods"
            " run on this pool only, and two never on one node",
            "raise max_count, set gateway.min_replicas = 1, or"
            " node_pools.ingress.dedicated = false",
        )


def _trust(settings: Settings) -> Iterator[Finding]:
    if settings.gateway.trust_front_door and not settings.gateway.origin_lock:
        yield Finding(
            "gateway.trust_front_door",
            "false where gateway.origin_lock is false: any Front Door could then claim any client",
            "remove the key, or set gateway.origin_lock = true",
        )


def _hosts(settings: Settings) -> Iterator[Finding]:
    hosts = settings.gateway.hosts
    if not hosts or len(set(hosts)) != len(hosts):
        yield Finding("gateway.hosts", "one host or more, each once", 'write ["*"] for all')


def _probe_is_answered(settings: Settings) -> Iterator[Finding]:
    asked = probe_host(settings)
    if not any(routes.covers(host, asked) for host in settings.gateway.hosts):
        yield Finding(
            "gateway.hosts",
            f"hosts that include the one Front Door's probes ask for, {asked}",
            "set front_door.origin_host_name to one of the hosts, or add it to them",
        )


def probe_host(settings: Settings) -> str:
    """The host that Front Door's probes ask for."""
    return settings.front_door.origin_host_header or settings.origin_host_name()


INGRESS_RULES: tuple[CrossRule, ...] = (
    CrossRule(
        (
            "private_link_service.approval",
            "private_link_service.visibility",
            "private_link_service.auto_approval",
            "front_door.request_message",
        ),
        _approval,
        ISTIO,
    ),
    CrossRule(("gateway.min_replicas", "gateway.max_replicas"), _replicas, ISTIO),
    CrossRule(
        (
            "node_pools.ingress.dedicated",
            "node_pools.ingress.max_count",
            "gateway.min_replicas",
        ),
        _dedicated_pool,
        BOTH,
    ),
    CrossRule(("gateway.trust_front_door", "gateway.origin_lock"), _trust, ISTIO),
    CrossRule(("gateway.hosts",), _hosts, ISTIO),
    CrossRule(
        (
            "gateway.hosts",
            "front_door.origin_host_name",
            "front_door.origin_host_header",
            "load_balancer.address",
        ),
        _probe_is_answered,
        ISTIO,
    ),
    *ROUTE_RULES,
)
