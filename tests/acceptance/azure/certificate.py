"""A throw-away certificate authority; the providers trust the stand-ins by their own means."""

import ssl
from dataclasses import dataclass
from pathlib import Path

import trustme


@dataclass(frozen=True)
class Authority:
    """Signs for localhost; `file` is what SSL_CERT_FILE names."""

    file: Path
    _authority: trustme.CA

    @classmethod
    def made_in(cls, folder: Path) -> "Authority":
        """A new authority whose certificate lies in the folder."""
        authority = trustme.CA()
        file = folder / "authority.pem"
        authority.cert_pem.write_to_path(str(file))
        return cls(file, authority)

    def server_context(self) -> ssl.SSLContext:
        """TLS for a server on localhost."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
        return context

    def client_identity(self) -> tuple[bytes, bytes, bytes]:
        """Certificate, key and authority in PEM, as a kubeconfig carries them."""
        identity = self._authority.issue_cert("masterclient@example.com")
        return (
            identity.cert_chain_pems[0].bytes(),
            identity.private_key_pem.bytes(),
            self._authority.cert_pem.bytes(),
        )
