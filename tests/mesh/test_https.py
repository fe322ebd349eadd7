"""HTTPS from Front Door to the gateway, on the real Envoy with what istiod told it."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse

import pytest

from tests.certificates import NAME, Certificates
from tests.envoy import Gateway, gateway
from tests.gateway_recording import FRONT_DOOR_ID
from tests.mesh.client import READY, SAMPLE, Reply, connected, request, send
from tests.mesh.recordings import recorded

OURS = ("X-Azure-FDID", FRONT_DOOR_ID)
SHOP = "outbound|80||shop.default.svc.cluster.local"


@pytest.fixture(scope="module")
def envoy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(recorded("https"), tmp_path_factory.mktemp("https")) as running:
        yield running


@pytest.fixture(scope="module")
def certificates(envoy: Gateway) -> Certificates:
    assert envoy.certificates
    return envoy.certificates


def shown(envoy: Gateway, tls: ssl.SSLContext) -> bytes | None:
    """The certificate that a new connection is shown."""
    with connected(envoy.port, tls) as connection:
        assert isinstance(connection, ssl.SSLSocket)
        return connection.getpeercert(binary_form=True)


def test_a_client_that_checks_chain_and_name_gets_the_service_of_its_host(envoy: Gateway) -> None:
    (reply,) = send(envoy.port, request("/", "shop.contoso.com", OURS), tls=envoy.tls)
    assert reply == Reply(200, SHOP)


def test_the_probe_is_answered(envoy: Gateway) -> None:
    (reply,) = send(envoy.port, request("/probe", NAME), tls=envoy.tls)
    assert reply == Reply(200, READY)


def test_the_lock_holds(envoy: Gateway) -> None:
    (reply,) = send(envoy.port, request("/", "shop.contoso.com"), tls=envoy.tls)
    assert reply == Reply(403, None)


def test_the_name_of_the_origin_is_no_service(envoy: Gateway) -> None:
    (reply,) = send(envoy.port, request("/", NAME, OURS), tls=envoy.tls)
    assert reply == Reply(404, None)


@pytest.mark.parametrize("name", ["fabrikam.com", None])
def test_a_client_that_asks_by_another_name_is_shown_no_certificate(
    envoy: Gateway, certificates: Certificates, name: str | None
) -> None:
    anybody = certificates.client()
    anybody.check_hostname = False
    with pytest.raises((ssl.SSLError, ConnectionError)), connected(envoy.port, anybody, name):
        pass


def test_plain_http_gets_no_answer(envoy: Gateway) -> None:
    before = len(envoy.reached)
    with connected(envoy.port) as plain:
        plain.sendall(request("/", "shop.contoso.com", OURS))
        try:
            said = plain.recv(4096)
        except ConnectionError:
            said = b""
    assert (said, envoy.reached[before:]) == (b"", [])


@pytest.mark.parametrize("suite", ["ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-AES128-GCM-SHA256"])
def test_tls_1_2_is_spoken_with_the_suites_that_are_named(
    envoy: Gateway, certificates: Certificates, suite: str
) -> None:
    tls = certificates.client()
    tls.maximum_version = ssl.TLSVersion.TLSv1_2
    tls.set_ciphers(suite)
    with connected(envoy.port, tls) as connection:
        assert isinstance(connection, ssl.SSLSocket)
        assert connection.cipher() == (suite, "TLSv1.2", int(suite[13:16]))


@pytest.mark.parametrize(
    "suite", ["ECDHE-RSA-CHACHA20-POLY1305", "AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA"]
)
def test_other_suites_are_refused(envoy: Gateway, certificates: Certificates, suite: str) -> None:
    tls = certificates.client()
    tls.maximum_version = ssl.TLSVersion.TLSv1_2
    tls.set_ciphers(suite)
    with pytest.raises(ssl.SSLError, match="(?i)handshake"), connected(envoy.port, tls):
        pass


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_tls_1_1_is_refused(envoy: Gateway, certificates: Certificates) -> None:
    tls = certificates.client()
    tls.minimum_version = ssl.TLSVersion.TLSv1
    tls.maximum_version = ssl.TLSVersion.TLSv1_1
    tls.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.raises(ssl.SSLError, match="(?i)protocol.version"), connected(envoy.port, tls):
        pass


def test_tls_1_3_is_spoken(envoy: Gateway) -> None:
    assert envoy.tls
    with connected(envoy.port, envoy.tls) as connection:
        assert isinstance(connection, ssl.SSLSocket)
        assert connection.version() == "TLSv1.3"


def test_a_new_certificate_is_shown_without_a_restart_or_a_lost_request(
    envoy: Gateway, certificates: Certificates
) -> None:
    tls = certificates.client()
    first = shown(envoy, tls)
    with asking(envoy, tls) as statuses, connected(envoy.port, tls) as kept:
        assert _answered(kept) == 200
        certificates.renew()
        begin = time.monotonic()
        while shown(envoy, tls) == first and time.monotonic() - begin < 10:
            time.sleep(0.01)
        assert shown(envoy, tls) != first
        # A connection of before the change goes on.
        assert _answered(kept) == 200
    assert len(statuses) > 20
    assert set(statuses) == {200}


def _answered(connection: socket.socket) -> int:
    connection.sendall(request("/probe", NAME))
    response = HTTPResponse(connection)
    response.begin()
    response.read()
    return response.status


@contextmanager
def asking(envoy: Gateway, tls: ssl.SSLContext) -> Iterator[list[int]]:
    """A client that asks all the time, each time on a new connection, until some time afterwards.

    Gives the statuses, 0 for a connection that was lost.
    """
    statuses: list[int] = []
    is_over = threading.Event()

    def ask() -> None:
        while not is_over.is_set():
            try:
                with connected(envoy.port, tls) as connection:
                    statuses.append(_answered(connection))
            except (OSError, HTTPException):
                statuses.append(0)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    try:
        yield statuses
        enough = len(statuses) + 20
        while len(statuses) < enough:
            time.sleep(0.01)
    finally:
        is_over.set()
        thread.join()


@pytest.mark.parametrize("shape", ["beside-http", "beside-https"])
def test_beside_each_other_both_ports_answer_alike(
    shape: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with gateway(recorded(shape), tmp_path_factory.mktemp(shape)) as both:
        raw = [request("/", "a.com", OURS), request("/", "a.com"), request("/probe", "a.com")]
        replies = [send(both.port, each, tls=both.tls) for each in raw]
    assert replies == [[Reply(200, SAMPLE)], [Reply(403, None)], [Reply(200, READY)]]
