"""Certificates of the mesh: an authority in the place of istiod's, and identities as it signs."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@dataclass(frozen=True)
class Identity:
    """A certificate and its key, as PEM."""

    certificate: str
    key: str


class Authority:
    """Signs identities of service accounts of a trust domain."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name.from_rfc4514_string("O=cluster.local")
        self._certificate = self._sign(self._key, "spiffe://cluster.local", is_authority=True)
        self.pem = self._certificate.public_bytes(serialization.Encoding.PEM).decode()

    def identity(self, account: str, trust_domain: str = "cluster.local") -> Identity:
        """That of a service account, given as namespace and name."""
        namespace, _, name = account.partition("/")
        key = ec.generate_private_key(ec.SECP256R1())
        made = self._sign(key, f"spiffe://{trust_domain}/ns/{namespace}/sa/{name}")
        return Identity(
            made.public_bytes(serialization.Encoding.PEM).decode(),
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ).decode(),
        )

    def _sign(
        self, key: ec.EllipticCurvePrivateKey, uri: str, *, is_authority: bool = False
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(self._name if is_authority else x509.Name([]))
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(hours=1))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(
                x509.SubjectAlternativeName([x509.UniformResourceIdentifier(uri)]), critical=True
            )
            .sign(self._key, hashes.SHA256())
        )


def client(identity: Identity | None, folder: Path) -> ssl.SSLContext:
    """Speaks TLS as a sidecar does, with an identity or without; it believes every server."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols(["istio-http/1.1"])
    if identity:
        file = folder / "identity.pem"
        file.write_text(identity.certificate + identity.key)
        context.load_cert_chain(file)
    return context
