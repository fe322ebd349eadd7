"""Requests over HTTP/2 without TLS, header by header, as no well-behaved client would send them."""

import socket

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import (
    ConnectionTerminated,
    DataReceived,
    ResponseReceived,
    StreamEnded,
    StreamReset,
)

from tests.mesh.client import PATIENCE, Headers, Reply


def head(
    path: str, authority: str, *headers: tuple[str, str], method: str = "GET", scheme: str = "http"
) -> Headers:
    """The headers of a request."""
    return [
        (":method", method),
        (":scheme", scheme),
        (":authority", authority),
        (":path", path),
        *headers,
    ]


def exchange(
    port: int, *requests: Headers, trailers: Headers = (), ends: bool = True
) -> list[Reply | None]:
    """Send each as a stream of one connection, all before the first answer is read.

    Args:
        port: where Envoy listens.
        requests: the headers of each, sent as they are.
        trailers: headers behind a body, of each.
        ends: whether the streams end with their headers; a tunnel does not.

    Returns:
        What came back for each; None where its stream or the connection was ended instead.
    """
    connection = H2Connection(
        H2Configuration(validate_outbound_headers=False, normalize_outbound_headers=False)
    )
    connection.initiate_connection()
    streams = []
    for each in requests:
        stream = connection.get_next_available_stream_id()
        streams.append(stream)
        connection.send_headers(stream, each, end_stream=ends and not trailers)
        if trailers:
            connection.send_data(stream, b"x")
            connection.send_headers(stream, trailers, end_stream=True)
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as wire:
        wire.sendall(connection.data_to_send())
        answered = _answers(connection, wire, set(streams))
    return [answered.get(stream) for stream in streams]


def _answers(connection: H2Connection, wire: socket.socket, open_: set[int]) -> dict[int, Reply]:
    found: dict[int, Reply] = {}
    while open_:
        received = wire.recv(65536)
        if not received:
            break
        for event in connection.receive_data(received):
            if isinstance(event, ResponseReceived):
                found[event.stream_id] = _reply(event)
            elif isinstance(event, DataReceived):
                connection.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            elif isinstance(event, ConnectionTerminated):
                return found
            elif isinstance(event, StreamEnded | StreamReset):
                open_.discard(event.stream_id)
        wire.sendall(connection.data_to_send())
    return found


def _reply(response: ResponseReceived) -> Reply:
    headers = {_text(name): _text(value) for name, value in response.headers}
    return Reply(int(headers[":status"]), headers.get("x-echo"))


def _text(part: bytes | str) -> str:
    return part if isinstance(part, str) else part.decode()
