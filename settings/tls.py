"""Settings of HTTPS between Front Door and the gateway."""

from collections.abc import Iterator
from typing import Annotated, Literal

from rules import domains, helm_values, releases, repositories, tls, versions
from settings.promises import Values, promises
from settings.table import Finding, Table, together

# What Front Door offers an origin in TLS 1.2 (azure-docs, frontdoor/end-to-end-tls.md) and Envoy
# takes as well.
CipherSuite = Literal["ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-AES128-GCM-SHA256"]


class CertManager(Table):
    """The certificate comes from cert-manager, which shows by a record in Azure DNS whose it is.

    The stack `istio` installs cert-manager, for a cluster that has none. Its identity may write to
    the whole zone: better one of the name's own. Removing the table removes cert-manager's kinds,
    and what others made of them.
    """

    dns_zone: Annotated[str, domains.dns_zone]
    """The id of the zone in Azure DNS that holds `gateway.tls.host_name`."""
    email: Annotated[str, tls.contact] | None = None
    """Whom the issuer writes to. Unset: nobody."""
    server: Annotated[str, tls.directory] = tls.LETS_ENCRYPT
    """Who signs, a public authority that Front Door trusts. Let's Encrypt's own for tries signs
    what Front Door refuses."""
    version: Annotated[str, versions.release] = releases.CERT_MANAGER_VERSION
    """The chart's version."""
    chart_repository: Annotated[str, repositories.chart_repository] = releases.CERT_MANAGER_CHARTS
    """Where the chart is."""
    values: Values = {}
    """Values of the chart cert-manager, over ours."""

    @together("values")
    def _values(self) -> Iterator[Finding]:
        yield from promises("values", self.values, helm_values.CERT_MANAGER)


class MountedCertificate(Table):
    """A certificate in Key Vault that AKS's Key Vault provider mounts into the gateway's pods.

    New versions are there within minutes, without a restart. The vault takes roles, not access
    policies, and the nodes must reach it.
    """

    vault: Annotated[str, domains.key_vault]
    """The id of the vault."""
    name: Annotated[str, domains.key_vault_certificate]
    """The certificate: RSA, with its whole chain, of a public authority, for
    `gateway.tls.host_name`."""


class GatewayTls(Table):
    """HTTPS from Front Door to the gateway, with TLS 1.2 or newer.

    Front Door checks the certificate: RSA, the name that it asks for, signed by a public authority.
    Give `cert_manager` or `key_vault`. azurerm 4.55.0 has no cipher suites and no gRPC for Front
    Door's own side.
    """

    host_name: Annotated[str, tls.host]
    """The name in the certificate and of the origin. It needs no record that leads here. One that
    `gateway.hosts` includes; a change needs a certificate of that name first."""
    stage: Literal["listen", "forward", "close"] = "close"
    """`listen` opens 443 beside 80; `forward` has Front Door come by HTTPS; `close` shuts 80. To a
    gateway that is there, one step at a time, forth and back, each 45 minutes after the one before:
    `make deploy` refuses others. All of them update in place."""
    minimum_version: Literal["1.2", "1.3"] = "1.2"
    """The oldest TLS that the gateway takes; updates in place."""
    cipher_suites: tuple[CipherSuite, ...] = (
        "ECDHE-RSA-AES256-GCM-SHA384",
        "ECDHE-RSA-AES128-GCM-SHA256",
    )
    """Of TLS 1.2, in the order of preference. Those of TLS 1.3 cannot be chosen."""
    cert_manager: CertManager | None = None
    key_vault: MountedCertificate | None = None

    @together("cipher_suites")
    def _cipher_suites(self) -> Iterator[Finding]:
        if not self.cipher_suites or len(set(self.cipher_suites)) != len(self.cipher_suites):
            yield Finding("cipher_suites", "one or more, each once", "remove the key for both")

    @together("host_name", "cert_manager")
    def _zone_holds_it(self) -> Iterator[Finding]:
        if self.cert_manager is None:
            return
        zone = domains.zone_name(self.cert_manager.dns_zone)
        if self.host_name != zone and not self.host_name.endswith(f".{zone}"):
            yield Finding(
                "cert_manager.dns_zone",
                f"the zone that holds gateway.tls.host_name, {self.host_name}",
                "name that zone, or another host name",
            )

    @together("cert_manager", "key_vault")
    def _one_certificate(self) -> Iterator[Finding]:
        if self.cert_manager and self.key_vault:
            yield Finding("key_vault", "no value beside cert_manager", "remove one of the two")

    @property
    def closes_http(self) -> bool:
        """Whether nothing listens on 80 any more."""
        return self.stage == "close"

    @property
    def is_forwarded(self) -> bool:
        """Whether Front Door comes by HTTPS."""
        return self.stage != "listen"
