"""Rules that span tables, of access log and traces."""

from collections.abc import Iterator, Mapping

from rules import helm_values
from settings.cross_rules.rule import ISTIO, CrossRule
from settings.model import Settings
from settings.promises import promises
from settings.table import Finding

_JSON = "access_log.format says how the lines look"
_LOG: helm_values.Promises = {
    ("meshConfig", "accessLogEncoding"): _JSON,
    ("meshConfig", "accessLogFormat"): _JSON,
    ("meshConfig", "accessLogFile"): "access_log is about the log of all proxies",
}
_TRACING: helm_values.Promises = {
    ("meshConfig", "extensionProviders"): "tracing names the collector there, and a list replaces",
    ("meshConfig", "defaultProviders", "tracing"): "tracing says who gets the spans",
    ("meshConfig", "enableTracing"): "tracing says whether there are spans",
}
LOCK = "x-azure-fdid"


def _log_in_json(settings: Settings) -> Iterator[Finding]:
    if settings.access_log.format == "json":
        yield from promises("istio.istiod_values", settings.istio.istiod_values, _LOG)


def _no_id_in_the_log(settings: Settings) -> Iterator[Finding]:
    mesh = settings.istio.istiod_values.get("meshConfig")
    format_ = mesh.get("accessLogFormat") if isinstance(mesh, Mapping) else None
    if isinstance(format_, str) and LOCK in format_.lower():
        yield Finding(
            "istio.istiod_values.meshConfig.accessLogFormat",
            f"no {LOCK}: who can read the log could pass the origin lock",
            "take it out; x-azure-ref tells requests apart",
            shows_value=False,
        )


def _collector(settings: Settings) -> Iterator[Finding]:
    if settings.tracing.host:
        yield from promises("istio.istiod_values", settings.istio.istiod_values, _TRACING)


TELEMETRY_RULES: tuple[CrossRule, ...] = (
    CrossRule(("access_log", "istio"), _log_in_json, ISTIO),
    CrossRule(("tracing", "istio"), _collector, ISTIO),
    CrossRule(("istio",), _no_id_in_the_log, ISTIO),
)
