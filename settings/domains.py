"""Settings of host names of one's own at Front Door."""

from typing import Annotated

from rules import domains
from settings.table import Entry, Table


class KeyVaultCertificate(Table):
    """A certificate of one's own: RSA, with its whole chain, of an authority that Microsoft trusts.

    The profile gets an identity, and the role Key Vault Secrets User on the vault, which must be in
    the profile's subscription and take roles.
    """

    vault: Annotated[str, domains.key_vault]
    """The id of the vault."""
    name: Annotated[str, domains.key_vault_certificate]
    """The certificate. Front Door follows new versions, in three to four days."""

    @property
    def id(self) -> str:
        """The same for the same certificate, whatever the case of the letters."""
        return domains.certificate_id(self.vault, self.name).lower()


class Domain(Entry):
    """A host name of yours at Front Door, with TLS 1.2 at least.

    Adding or removing one updates the route in place.
    """

    dns_zone: Annotated[str, domains.dns_zone] | None = None
    """The id of its zone in Azure DNS: TXT record, and CNAME or alias, are made in it. Unset: the
    output `dns_records` has them, in the order in which to make them."""
    certificate: KeyVaultCertificate | None = None
    """A certificate in Key Vault. Unset: one that Front Door manages, deployed in minutes to hours
    after the domain is validated and on a route. A change updates the domain in place. A wildcard
    needs one."""
    redirect_to: Annotated[str, domains.host] | None = None
    """Another domain of `domains` that clients of this one are sent to for good (308), with path
    and query: `contoso.com` for `www.contoso.com`. The gateway is not asked."""
    managed_issuer_only: bool = False
    """A CAA record that lets nobody but the issuer of Front Door's certificates sign for the
    domain: for the name of a zone only, as no other record can stand beside a CNAME."""
