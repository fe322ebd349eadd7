"""A DNS server that answers with the TXT records of the zones of the stand-in for Azure."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.acceptance.azure.stand_in import Azure

KIND = "microsoft.network/dnszones/txt"
TXT, INTERNET, SECONDS = 16, 1, 1


@contextmanager
def dns(azure: Azure) -> Iterator[str]:
    """Gives its address, at which it answers over UDP and over TCP."""
    with ExitStack() as running:
        datagrams = running.enter_context(_Datagrams(("127.0.0.1", 0), _Datagram))
        streams = running.enter_context(_Streams(datagrams.server_address, _Stream))
        for server in (datagrams, streams):
            server.azure = azure
            threading.Thread(target=server.serve_forever, daemon=True).start()
            running.callback(server.shutdown)
        yield f"127.0.0.1:{datagrams.server_address[1]}"


def _texts(azure: Azure, name: str) -> list[str]:
    return [
        "".join(record["value"])
        for each in azure.store.of_kind(KIND)
        for record in each["properties"]["TXTRecords"]
        if f"{each['name']}.{each['id'].split('/')[-3]}".lower() == name.lower()
    ]


def _answered(azure: Azure, query: bytes) -> bytes:
    """The answer to one question; where there is nothing, an empty list."""
    labels, end = [], 12
    while length := query[end]:
        labels.append(query[end + 1 : end + 1 + length].decode())
        end += 1 + length
    end += 5  # The end of the name, a type and a class.
    (kind,) = struct.unpack("!H", query[end - 4 : end - 2])
    texts = _texts(azure, ".".join(labels)) if kind == TXT else []
    header = query[:2] + struct.pack("!HHHHH", 0x8580, 1, len(texts), 0, 0)
    answers = b"".join(
        # The name is that of the question, at 12.
        struct.pack("!HHHIH", 0xC00C, TXT, INTERNET, SECONDS, len(text) + 1)
        + bytes([len(text)])
        + text.encode()
        for text in texts
    )
    return header + query[12:end] + answers


class _Datagrams(socketserver.ThreadingUDPServer):
    daemon_threads = True
    azure: Azure


class _Streams(socketserver.ThreadingTCPServer):
    daemon_threads = True
    azure: Azure


class _Datagram(socketserver.BaseRequestHandler):
    server: _Datagrams

    def handle(self) -> None:
        """Answer."""
        query, connection = self.request
        connection.sendto(_answered(self.server.azure, query), self.client_address)


class _Stream(socketserver.StreamRequestHandler):
    server: _Streams

    def handle(self) -> None:
        """Answer, each message after its length."""
        while length := self.rfile.read(2):
            answer = _answered(self.server.azure, self.rfile.read(int.from_bytes(length, "big")))
            self.wfile.write(len(answer).to_bytes(2, "big") + answer)
