"""Certificates for the gateway's Envoy, which are renewed as istiod does it: by telling Envoy."""

import json
import os
import ssl
from dataclasses import dataclass
from pathlib import Path

import trustme

NAME = "origin.contoso.com"
# As istiod calls the Secret (istio, pilot/pkg/credentials); Envoy asks for it by this name.
SECRET = "kubernetes://origin-certificate"


@dataclass(frozen=True)
class Certificates:
    """An authority in the place of a public one, and a file in the place of istiod's stream.

    Args:
        folder: where the file lies; nothing else is in it.
    """

    folder: Path
    authority: trustme.CA

    @classmethod
    def made_in(cls, folder: Path) -> "Certificates":
        """A new authority, with a first certificate that is told to whoever reads the file."""
        folder.mkdir()
        made = cls(folder, trustme.CA(key_type=trustme.KeyType.RSA))
        made.renew()
        return made

    def renew(self) -> None:
        """Another key and another certificate, told at once."""
        signed = self.authority.issue_cert(NAME, key_type=trustme.KeyType.RSA)
        chain = b"".join(each.bytes() for each in signed.cert_chain_pems)
        secret = {
            "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret",
            "name": SECRET,
            "tls_certificate": {
                "certificate_chain": {"inline_string": chain.decode()},
                "private_key": {"inline_string": signed.private_key_pem.bytes().decode()},
            },
        }
        new = self.folder / "new"
        new.write_text(json.dumps({"resources": [secret]}))
        # Envoy notices what is moved into its place, not what is written there.
        os.replace(new, self.file)

    @property
    def file(self) -> Path:
        """What Envoy reads."""
        return self.folder / "secret.json"

    def client(self) -> ssl.SSLContext:
        """A client that checks as Front Door does: chain and name."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.authority.configure_trust(context)
        return context
