"""A collector of traces: it takes OTLP over HTTP and over gRPC, and keeps the spans."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, Event, RequestReceived, StreamEnded

PATH = {"grpc": "/opentelemetry.proto.collector.trace.v1.TraceService/Export"}
Fields = dict[int, list[int | bytes]]


@dataclass(frozen=True)
class Span:
    """One span, as opentelemetry-proto's trace.proto has it."""

    trace: str
    id: str
    parent: str
    name: str
    attributes: dict[str, str]


@dataclass
class Collector:
    """It listens; what it was sent, by path."""

    port: int
    spans: list[Span] = field(default_factory=list)
    paths: set[str] = field(default_factory=set)


@contextmanager
def collector() -> Iterator[Collector]:
    """Run one that speaks HTTP/2 without TLS and, to who begins so, HTTP/1.1."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        made = Collector(listening.getsockname()[1])
        threading.Thread(target=_accept, args=(listening, made), daemon=True).start()
        yield made


def _accept(listening: socket.socket, made: Collector) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(connection, made), daemon=True).start()


def _serve(connection: socket.socket, made: Collector) -> None:
    with connection:
        first = connection.recv(65536)
        (_http2 if first.startswith(b"PRI ") else _http1)(connection, first, made)


def _http1(connection: socket.socket, data: bytes, made: Collector) -> None:
    end = b"\r\n0\r\n\r\n"  # Envoy sends the body in chunks.
    while data:
        while end not in data:
            data += connection.recv(65536)
        request, _, data = data.partition(end)
        head, _, chunks = request.partition(b"\r\n\r\n")
        body = bytearray()
        while chunks:
            size, _, chunks = chunks.partition(b"\r\n")
            body += chunks[: int(size, 16)]
            chunks = chunks[int(size, 16) :].removeprefix(b"\r\n")
        _keep(made, head.split()[1].decode(), bytes(body))
        connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        data = data or connection.recv(65536)


def _http2(connection: socket.socket, data: bytes, made: Collector) -> None:
    protocol = H2Connection(H2Configuration(client_side=False))
    protocol.initiate_connection()
    connection.sendall(protocol.data_to_send())
    streams: dict[int, tuple[str, bytearray]] = {}
    while data:
        for event in protocol.receive_data(data):
            _answer(protocol, event, streams, made)
        connection.sendall(protocol.data_to_send())
        data = connection.recv(65536)


def _answer(
    protocol: H2Connection,
    event: Event,
    streams: dict[int, tuple[str, bytearray]],
    made: Collector,
) -> None:
    if isinstance(event, RequestReceived):
        path = dict(event.headers or [])[b":path"].decode()
        streams[event.stream_id or 0] = (path, bytearray())
    elif isinstance(event, DataReceived):
        streams[event.stream_id or 0][1].extend(event.data or b"")
        protocol.acknowledge_received_data(event.flow_controlled_length or 0, event.stream_id or 0)
    elif isinstance(event, StreamEnded):
        stream = event.stream_id or 0
        path, body = streams.pop(stream)
        # gRPC puts a flag and four bytes of length before a message.
        _keep(made, path, bytes(body[5:]))
        protocol.send_headers(stream, [(":status", "200"), ("content-type", "application/grpc")])
        protocol.send_data(stream, bytes(5))
        protocol.send_headers(stream, [("grpc-status", "0")], end_stream=True)


def _keep(made: Collector, path: str, body: bytes) -> None:
    made.paths.add(path)
    for resource in _inner(body, 1):
        for scope in _inner(resource, 2):
            made.spans.extend(_span(each) for each in _inner(scope, 2))


def _span(raw: bytes) -> Span:
    fields = _fields(raw)
    attributes = {}
    for each in _inner(raw, 9):
        (key,), (value,) = _fields(each)[1], _inner(each, 2)
        attributes[_text(key)] = _text(_fields(value).get(1, [b""])[0])
    trace, id_, parent = (_bytes(fields.get(number, [b""])[0]).hex() for number in (1, 2, 4))
    return Span(trace, id_, parent, _text(fields[5][0]), attributes)


def _bytes(value: int | bytes) -> bytes:
    return value if isinstance(value, bytes) else b""


def _text(value: int | bytes) -> str:
    return _bytes(value).decode()


def _inner(raw: bytes, number: int) -> list[bytes]:
    return [_bytes(each) for each in _fields(raw).get(number, [])]


def _fields(raw: bytes) -> Fields:
    """The fields of a message of protocol buffers, by number."""
    found: Fields = {}
    at = 0
    while at < len(raw):
        tag, at = _varint(raw, at)
        number, kind = tag >> 3, tag & 7
        value: int | bytes
        if kind == 0:
            value, at = _varint(raw, at)
        else:
            size, at = _varint(raw, at) if kind == 2 else ({1: 8, 5: 4}[kind], at)
            value, at = raw[at : at + size], at + size
        found.setdefault(number, []).append(value)
    return found


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = raw[at]
        number |= (byte & 127) << shift
        shift, at = shift + 7, at + 1
        if byte < 128:
            return number, at
