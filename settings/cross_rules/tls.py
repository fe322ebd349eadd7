"""Rules that span tables, of HTTPS between Front Door and the gateway."""

from collections.abc import Iterator

from rules import helm_values, routes
from settings.cross_rules.rule import BOTH, ISTIO, CrossRule
from settings.model import Settings
from settings.promises import promises
from settings.table import Finding

_VOLUMES: helm_values.Promises = {
    (key,): "the certificate of gateway.tls.key_vault is mounted by it"
    for key in ("volumes", "volumeMounts")
}


def _certificate(settings: Settings) -> Iterator[Finding]:
    tls = settings.gateway.tls
    if tls and not tls.cert_manager and not tls.key_vault:
        yield Finding(
            "gateway.tls",
            "with cert_manager or key_vault, one of them",
            "say where the certificate comes from",
            shows_value=False,
        )


def _one_name(settings: Settings) -> Iterator[Finding]:
    if settings.gateway.tls and settings.front_door.origin_host_name is not None:
        yield Finding(
            "front_door.origin_host_name",
            "no value beside gateway.tls.host_name, by which Front Door asks then",
            "remove the key",
        )


def _asked_for(settings: Settings) -> Iterator[Finding]:
    tls = settings.gateway.tls
    # Without a header of its own a probe asks for the same host, and another rule has its line.
    has_header = settings.front_door.origin_host_header is not None
    if (
        tls
        and has_header
        and not any(routes.covers(host, tls.host_name) for host in settings.gateway.hosts)
    ):
        yield Finding(
            "gateway.hosts",
            "hosts that include gateway.tls.host_name, by which Front Door asks for the"
            f" certificate, {tls.host_name}",
            "add it to them",
        )


def _identity(settings: Settings) -> Iterator[Finding]:
    if settings.gateway.tls and settings.cluster.workload_identity is False:
        yield Finding(
            "cluster.workload_identity",
            "true with gateway.tls, whose certificate is fetched with an identity of Azure",
            "remove the key",
        )


def _volumes(settings: Settings) -> Iterator[Finding]:
    if settings.gateway.tls and settings.gateway.tls.key_vault:
        yield from promises("gateway.values", settings.gateway.values, _VOLUMES)


TLS_RULES: tuple[CrossRule, ...] = (
    CrossRule(("gateway.tls",), _certificate, ISTIO),
    CrossRule(("gateway.tls", "front_door.origin_host_name"), _one_name),
    CrossRule(("gateway.tls", "gateway.hosts", "front_door.origin_host_header"), _asked_for, ISTIO),
    CrossRule(("gateway.tls", "cluster.workload_identity"), _identity, BOTH),
    CrossRule(("gateway.tls", "gateway.values"), _volumes, ISTIO),
)
