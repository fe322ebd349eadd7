"""Traces: the real Envoy with what the real istiod told it, and a collector that keeps spans."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from constructs.mesh.tracing import tracing_objects, tracing_values
from settings.tracing import Tracing
from tests.envoy import Answer, Gateway, gateway
from tests.gateway_recording import FRONT_DOOR_ID
from tests.mesh.recordings import recorded
from tests.otlp import PATH, Collector, Span, collector
from tests.refused import assert_refused
from tests.synthesis import Json, settings_text

OURS = ("X-Azure-FDID", FRONT_DOOR_ID)
TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
SAMPLED, NOT_SAMPLED = f"00-{TRACE}-{PARENT}-01", f"00-{TRACE}-{PARENT}-00"
GRPC, HTTP = (
    "outbound|4317||collector.contoso.com",
    "outbound|4318||collector.observability.svc.cluster.local",
)
_HTTP2 = {
    "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
        "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
        "explicit_http_config": {"http2_protocol_options": {}},
    }
}


def _led_to(name: str, port: int, configuration: Json) -> None:
    """Give the cluster of the collector, which istiod would tell Envoy, to Envoy."""
    address = {"socket_address": {"address": "127.0.0.1", "port_value": port}}
    endpoints = [{"lb_endpoints": [{"endpoint": {"address": address}}]}]
    cluster = {"name": name, "load_assignment": {"cluster_name": name, "endpoints": endpoints}}
    if name == GRPC:
        cluster["typed_extension_protocol_options"] = _HTTP2
    configuration["static_resources"]["clusters"].append(cluster)
    # A span is sent at once.
    flush = {"tracing.opentelemetry.min_flush_spans": 1}
    configuration["layered_runtime"] = {"layers": [{"name": "test", "static_layer": flush}]}


Running = tuple[Gateway, Collector]


def _running(shape: str, cluster: str, folder: Path) -> Iterator[Running]:
    with (
        collector() as made,
        gateway(recorded(shape), folder, lambda all_: _led_to(cluster, made.port, all_)) as envoy,
    ):
        yield envoy, made


@pytest.fixture(scope="module")
def all_sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    yield from _running("telemetry", GRPC, tmp_path_factory.mktemp("grpc"))


@pytest.fixture(scope="module")
def none_sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    yield from _running("sampled", HTTP, tmp_path_factory.mktemp("http"))


def asked(running: Running, reference: str, *headers: tuple[str, str]) -> tuple[Answer, list[Span]]:
    """Ask, and wait for the spans: that of the gateway and, below it, that of its own request."""
    envoy, made = running
    answer = envoy.ask("/", [OURS, ("X-Azure-Ref", reference), *headers])
    return answer, spans_of(made, reference)


def spans_of(made: Collector, reference: str, seconds: float = 5) -> list[Span]:
    end = time.monotonic() + seconds
    found: list[Span] = []
    while time.monotonic() < end and len(found) < 2:
        found = [each for each in made.spans if each.attributes.get("x-azure-ref") == reference]
        time.sleep(0.05)
    return found


def traceparent(answer: Answer) -> list[str]:
    (line,) = answer.headers["traceparent"]
    return line.split("-")


def test_a_span_has_front_doors_reference(all_sampled: Running) -> None:
    _, spans = asked(all_sampled, "ref-1")
    assert len(spans) == 2
    assert all_sampled[1].paths == {PATH["grpc"]}


def test_a_trace_of_the_client_goes_on(all_sampled: Running) -> None:
    answer, spans = asked(all_sampled, "ref-2", ("traceparent", SAMPLED))
    assert {each.trace for each in spans} == {TRACE}
    assert PARENT in {each.parent for each in spans}
    version, trace, parent, flags = traceparent(answer)
    assert (version, trace, flags) == ("00", TRACE, "01")
    assert parent in {each.id for each in spans}


def test_a_request_without_one_begins_one(all_sampled: Running) -> None:
    answer, spans = asked(all_sampled, "ref-3")
    (trace,) = {each.trace for each in spans}
    assert re.fullmatch(r"[0-9a-f]{32}", trace)
    assert trace not in (TRACE, "0" * 32)
    assert traceparent(answer)[1] == trace


def test_the_access_log_names_the_trace(all_sampled: Running) -> None:
    asked(all_sampled, "ref-4", ("traceparent", SAMPLED))
    time.sleep(0.5)
    lines = all_sampled[0].access_log.read_text().splitlines()
    (line,) = [each for each in lines if "ref-4" in each]
    assert f'"trace_id":"{TRACE}"' in line


def test_what_is_not_sampled_is_not_sent(none_sampled: Running) -> None:
    envoy, made = none_sampled
    answer = envoy.ask("/", [OURS, ("X-Azure-Ref", "ref-5")])
    assert answer.status == 200
    assert spans_of(made, "ref-5", seconds=1) == []


def test_what_the_client_samples_is_sent_over_http(none_sampled: Running) -> None:
    _, spans = asked(none_sampled, "ref-6", ("traceparent", SAMPLED))
    assert {each.trace for each in spans} == {TRACE}
    assert none_sampled[1].paths == {"/v1/traces"}


def test_what_the_client_leaves_out_is_left_out(all_sampled: Running) -> None:
    envoy, made = all_sampled
    answer = envoy.ask("/", [OURS, ("X-Azure-Ref", "ref-7"), ("traceparent", NOT_SAMPLED)])
    assert spans_of(made, "ref-7", seconds=1) == []
    assert traceparent(answer)[1:2] + traceparent(answer)[3:] == [TRACE, "00"]


def test_no_span_has_the_locks_id(all_sampled: Running) -> None:
    asked(all_sampled, "ref-8")
    assert [each for each in all_sampled[1].spans if FRONT_DOOR_ID in str(each)] == []


def test_the_webhook_took_the_objects() -> None:
    assert {
        "Telemetry istio-system/tracing",
        "ServiceEntry istio-system/trace-collector",
        "DestinationRule istio-system/trace-collector",
    } <= set(recorded("telemetry")["admitted"])


def test_without_a_collector_there_is_nothing() -> None:
    assert (tracing_values(Tracing()), list(tracing_objects(Tracing()))) == ({}, [])


def test_a_service_of_the_cluster_needs_no_entry() -> None:
    inside = Tracing(host="otel.observability.svc.cluster.local")
    assert [each["kind"] for each in tracing_objects(inside)] == ["Telemetry"]


def test_a_host_outside_is_spoken_to_by_tls_unless_it_is_said() -> None:
    kinds = {
        tls: [each["kind"] for each in tracing_objects(Tracing(host="otel.contoso.com", tls=tls))]
        for tls in (None, False)
    }
    assert kinds == {
        None: ["Telemetry", "ServiceEntry", "DestinationRule"],
        False: ["Telemetry", "ServiceEntry"],
    }


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        ("tracing.port = 4318", "tracing.host", "the collector's host"),
        ('tracing.host = "otel.observability.svc"', "tracing.host", "a Service's whole name"),
        ('tracing.host = "otel.svc.cluster.local"', "tracing.host", "NAME.NAMESPACE.svc"),
        (
            'tracing = { host = "otel.a.svc.cluster.local", tls = true }',
            "tracing.tls",
            "no value for a Service",
        ),
        ('tracing = { host = "a.com", path = "/v1" }', "tracing.path", "no value except"),
        (
            'tracing = { host = "a.com", protocol = "http", path = "v1" }',
            "tracing.path",
            "a path",
        ),
        (
            'tracing = { host = "a.com", sampling_percent = 101 }',
            "tracing.sampling_percent",
            "a number from 0 to 100",
        ),
        (
            'tracing.host = "a.com"\nistio.istiod_values.meshConfig.extensionProviders = []',
            "istio.istiod_values.meshConfig.extensionProviders",
            "no value of yours: tracing",
        ),
    ],
)
def test_a_collector_that_would_not_be_found_is_refused(
    text: str, key: str, allowed: str, tmp_path: Path
) -> None:
    assert_refused(settings_text(tmp_path, text), key, allowed)
