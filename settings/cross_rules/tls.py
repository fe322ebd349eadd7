"""Rules that span tables, of HTTPS between Front Door and the gateway."""

from collections.abc import Iterator

from rules import helm_values, routes
from rules.tls import is_address
from settings.cross_rules.edge import TRAFFIC
from settings.cross_rules.rule import BOTH, ISTIO, CrossRule
from settings.edges import is_cluster_of
from settings.model import Settings
from settings.promises import promises
from settings.table import Finding

_MOUNTED = "the certificate of gateway.tls.key_vault is mounted by it"
_ACCOUNT = "its identity in Azure trusts the service account istio-ingress/istio-ingress"
_MOUNTING: helm_values.Promises = {
    ("volumes",): _MOUNTED,
    ("volumeMounts",): _MOUNTED,
    ("serviceAccount", "create"): _ACCOUNT,
    ("serviceAccount", "name"): _ACCOUNT,
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


def _mounting(settings: Settings) -> Iterator[Finding]:
    if settings.gateway.tls and settings.gateway.tls.key_vault:
        yield from promises("gateway.values", settings.gateway.values, _MOUNTING)


def _origins(settings: Settings) -> Iterator[Finding]:
    """What Front Door asks each cluster for is the name in that cluster's certificate."""
    tls = settings.gateway.tls
    for name, origin in settings.origins.items() if tls else ():
        if origin.host_name is None or tls is None:
            continue
        if is_cluster_of(origin, settings, settings) and origin.host_name != tls.host_name:
            yield Finding(
                f"origins.{name}.host_name",
                f"that of gateway.tls.host_name, {tls.host_name}, for which the cluster of this"
                " file has its certificate",
                "remove the key",
            )
        elif is_address(origin.host_name):
            yield Finding(
                f"origins.{name}.host_name",
                "the name in the certificate of that cluster, no address, with gateway.tls",
                "write that name, or remove the key where it is gateway.tls.host_name",
            )


TLS_RULES: tuple[CrossRule, ...] = (
    CrossRule(("gateway.tls",), _certificate, ISTIO),
    CrossRule(("gateway.tls", "front_door.origin_host_name"), _one_name),
    CrossRule(("gateway.tls", "gateway.hosts", "front_door.origin_host_header"), _asked_for, ISTIO),
    CrossRule(
        ("gateway.tls", "origins", "names.resource_group", "names.cluster"), _origins, TRAFFIC
    ),
    CrossRule(("gateway.tls", "cluster.workload_identity"), _identity, BOTH),
    CrossRule(("gateway.tls", "gateway.values"), _mounting, ISTIO),
)
