"""Alerts on the mesh, as data: what Prometheus is asked, and what a person is told.

Labels of `istio_*` are those that Istio's proxies put on (pkg/test, tests/integration/telemetry and
manifests/addons/dashboards of 1.31.0); no expression needs a label that only one way of scraping
adds, so that they hold for kube-prometheus-stack and for Azure's Prometheus.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rules import names
from settings.mesh_alerts import MeshAlerts

DAY_IN_SECONDS = 24 * 60 * 60
# A workload's certificate lives for a day and is renewed when half of it is left (pilot-agent,
# SECRET_GRACE_PERIOD_RATIO).
WORKLOAD_HOURS = 6
# What reports at the gateway is the one who sends on to a service.
_GATEWAY = (
    f'reporter="source",source_workload="{names.INGRESS}",'
    f'source_workload_namespace="{names.INGRESS}"'
)
_SCALER = f'namespace="{names.INGRESS}",horizontalpodautoscaler="{names.INGRESS}"'


@dataclass(frozen=True, kw_only=True)
class MeshAlert:
    """An alert.

    Args:
        name: what it is called.
        expression: what Prometheus is asked; an alert for each series that comes back.
        minutes: for how long it must come back.
        severity: who is woken by it, in Alertmanager's usual words.
        summary: what is the matter, and what to look at.
    """

    name: str
    expression: str
    minutes: int
    severity: Literal["critical", "warning"]
    summary: str


def mesh_alerts(options: MeshAlerts, *, has_certificate: bool) -> Sequence[MeshAlert]:
    """The alerts of a table that is switched on.

    Args:
        options: the table `mesh_alerts`.
        has_certificate: whether cert-manager issues a certificate for the gateway.
    """
    return (
        *_at_the_gateway(options),
        *_of_istiod(),
        *_of_certificates(options),
        *([_of_the_origin(options)] if has_certificate else ()),
    )


def _at_the_gateway(options: MeshAlerts) -> Sequence[MeshAlert]:
    requests = f"istio_requests_total{{{_GATEWAY}"
    buckets = f"istio_request_duration_milliseconds_bucket{{{_GATEWAY}}}"
    return (
        MeshAlert(
            name="GatewayServerErrors",
            expression=f'100 * sum(rate({requests},response_code=~"5.."}}[5m]))'
            f" / sum(rate({requests}}}[5m])) > {options.server_errors_percent}",
            minutes=5,
            severity="critical",
            summary=f"More than {options.server_errors_percent} percent of the gateway's answers"
            " are 5xx. Its access log says why: response_flags, response_code_details.",
        ),
        MeshAlert(
            name="GatewaySlow",
            expression=f"histogram_quantile(0.99, sum by (le) (rate({buckets}[5m])))"
            f" > {options.slow_milliseconds}",
            minutes=10,
            severity="warning",
            summary=f"One of a hundred requests at the gateway takes longer than"
            f" {options.slow_milliseconds} ms. Its access log says which: duration and"
            " upstream_service_time.",
        ),
        MeshAlert(
            name="GatewayWithoutRequests",
            expression=f"(sum(rate({requests}}}[10m])) or vector(0)) == 0",
            minutes=15,
            severity="critical",
            summary="The gateway gets no request, not even Front Door's probes: look at the"
            " origin's private endpoint connection and at the Private Link Service.",
        ),
        MeshAlert(
            name="GatewayAtItsMaximum",
            expression=f"kube_horizontalpodautoscaler_status_current_replicas{{{_SCALER}}}"
            f" >= kube_horizontalpodautoscaler_spec_max_replicas{{{_SCALER}}}",
            minutes=15,
            severity="warning",
            summary="The gateway has as many pods as it may: raise gateway.max_replicas, and"
            " max_count of its pool.",
        ),
    )


def _of_istiod() -> Sequence[MeshAlert]:
    return (
        MeshAlert(
            name="IstiodGone",
            expression="absent(istiod_uptime_seconds)",
            minutes=5,
            severity="critical",
            summary="No istiod says that it runs. Proxies go on with what they know; new pods get"
            " no sidecar, and certificates are not renewed.",
        ),
        MeshAlert(
            name="IstiodSlow",
            expression="histogram_quantile(0.99, sum by (le)"
            " (rate(pilot_proxy_convergence_time_bucket[5m]))) > 10",
            minutes=10,
            severity="warning",
            summary="Proxies wait for more than ten seconds until istiod has told them of a"
            " change: look at its CPU, and at how much each proxy is told.",
        ),
        MeshAlert(
            name="IstiodCannotPush",
            expression=_grew("pilot_xds_write_timeout")
            + " or "
            + _grew("pilot_total_xds_internal_errors"),
            minutes=5,
            severity="critical",
            summary="istiod cannot tell proxies what has changed. Its log says why.",
        ),
        MeshAlert(
            name="ConfigurationRejected",
            expression=_grew("pilot_total_xds_rejects"),
            minutes=5,
            severity="critical",
            summary="Proxies refuse what istiod tells them and go on with what they had. istiod's"
            " log says what: ADS ... ACK ERROR.",
        ),
        MeshAlert(
            name="ProxiesDisconnected",
            expression="count(envoy_server_live) - (sum(pilot_xds) or vector(0)) > 0",
            minutes=10,
            severity="warning",
            summary="Some of the proxies are not connected to istiod: they hear of no change."
            " `istioctl proxy-status` says which.",
        ),
        MeshAlert(
            name="InjectionFails",
            expression=_grew("sidecar_injection_failure_total"),
            minutes=0,
            severity="critical",
            summary="istiod could not put a sidecar into a pod: pods of the mesh do not start.",
        ),
    )


def _grew(counter: str) -> str:
    """Whether a counter of istiod's has grown within ten minutes.

    istiod has none until it counts for the first time, and of one that begins with 1 `increase`
    says 0: so one that was not there ten minutes ago has grown.
    """
    return f"sum(increase({counter}[10m])) > 0 or sum({counter} unless {counter} offset 10m) > 0"


def _of_certificates(options: MeshAlerts) -> Sequence[MeshAlert]:
    return (
        MeshAlert(
            name="MeshRootEnds",
            expression="min(citadel_server_root_cert_expiry_timestamp) - time()"
            f" < {options.certificate_days * DAY_IN_SECONDS}",
            minutes=0,
            severity="critical",
            summary="The root of all certificates in the mesh ends in fewer than"
            f" {options.certificate_days} days; with it, all traffic by mutual TLS.",
        ),
        MeshAlert(
            name="WorkloadCertificatesEnd",
            expression=f"min(istio_agent_cert_expiry_seconds) < {WORKLOAD_HOURS * 60 * 60}",
            minutes=10,
            severity="critical",
            summary="Certificates of pods end in fewer than"
            f" {WORKLOAD_HOURS} hours and were not renewed: look at istiod's log.",
        ),
    )


def _of_the_origin(options: MeshAlerts) -> MeshAlert:
    certificate = f'exported_namespace="{names.INGRESS}",name="{names.ORIGIN_CERTIFICATE}"'
    # Whoever scrapes without honouring labels puts its own namespace in the place of cert-manager's
    # word; whoever honours them leaves it.
    honoured = certificate.removeprefix("exported_")
    series = "certmanager_certificate_expiration_timestamp_seconds"
    return MeshAlert(
        name="OriginCertificateEnds",
        expression=f"min({series}{{{certificate}}} or {series}{{{honoured}}}) - time()"
        f" < {options.certificate_days * DAY_IN_SECONDS}",
        minutes=0,
        severity="critical",
        summary="The certificate that the gateway shows Front Door ends in fewer than"
        f" {options.certificate_days} days and was not renewed; afterwards Front Door answers"
        " 502. cert-manager's log says why.",
    )
