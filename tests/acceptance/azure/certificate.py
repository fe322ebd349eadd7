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

    def server_context(self, *names: str) -> ssl.SSLContext:
        """TLS for a server of these names, or on localhost."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(*names or ("localhost", "127.0.0.1")).configure_cert(context)
        return context

    def server_identity(self, *names: str) -> tuple[bytes, bytes]:
        """Certificate and key in PEM, for a server of these names."""
        identity = self._authority.issue_cert(*names)
        return identity.cert_chain_pems[0].bytes(), identity.private_key_pem.bytes()

    def client_identity(self) -> tuple[bytes, bytes, bytes]:
        """Certificate, key and authority in PEM, as a kubeconfig carries them."""
        # AKS's: the group that may do everything.
        identity = self._authority.issue_cert(
            "masterclient@example.com",
            common_name="masterclient",
            organization_name="system:masters",
        )
        return (
            identity.cert_chain_pems[0].bytes(),
            identity.private_key_pem.bytes(),
            self._authority.cert_pem.bytes(),
        )
