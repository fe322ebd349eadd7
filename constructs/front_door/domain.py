"""A host name of one's own at Front Door, and its DNS records."""

from collections.abc import Sequence

from cdktf import ITerraformDependable, TerraformProvider, TerraformResourceLifecycle
from cdktf_cdktf_provider_azurerm.cdn_frontdoor_custom_domain import (
    CdnFrontdoorCustomDomain,
    CdnFrontdoorCustomDomainTls,
)
from cdktf_cdktf_provider_azurerm.dns_a_record import DnsARecord
from cdktf_cdktf_provider_azurerm.dns_caa_record import DnsCaaRecord, DnsCaaRecordRecord
from cdktf_cdktf_provider_azurerm.dns_cname_record import DnsCnameRecord
from cdktf_cdktf_provider_azurerm.dns_txt_record import DnsTxtRecord, DnsTxtRecordRecord
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import domains


class FrontDoorDomain(Construct):
    """A custom domain of a profile, with the records that show whose it is.

    It is new before the old one goes, so that routes and the firewall let go of the old one first:
    Azure refuses to delete a domain in use (azurerm issue 31362).

    Exposes `id`; `host`; `validation_token`, the value of the TXT record; and `domain`, the
    resource.

    Args:
        host: the host name, or "*." and one; at most 253 characters.
        profile_id: the profile.
        zone_id: the zone in Azure DNS that the records go into; None makes none.
        secret_id: a certificate that the profile can read; None leaves it to Front Door.
        managed_issuer_only: also make a CAA record, for the name of the zone.
        zone_provider: the provider of the zone's subscription, where it is another.

    Raises:
        ValueError: for a host that Front Door refuses.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        host: str,
        profile_id: str,
        zone_id: str | None = None,
        secret_id: str | None = None,
        managed_issuer_only: bool = False,
        zone_provider: TerraformProvider | None = None,
    ) -> None:
        super().__init__(scope, id_)
        self.host = guard(f"FrontDoorDomain {id_} host", host, domains.host).lower()
        self.domain = CdnFrontdoorCustomDomain(
            self,
            "Default",
            name=domains.resource_name(self.host),
            cdn_frontdoor_profile_id=profile_id,
            host_name=self.host,
            dns_zone_id=zone_id,
            tls=CdnFrontdoorCustomDomainTls(
                certificate_type="CustomerCertificate" if secret_id else "ManagedCertificate",
                # TLS 1.2 at least is the default; written out, azurerm 4.55.0 warns in every plan.
                cdn_frontdoor_secret_id=secret_id,
            ),
            lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
        )
        logical_id_by_path(self.domain, "azurerm_cdn_frontdoor_custom_domain")
        self.id: str = self.domain.id
        self.validation_token: str = self.domain.validation_token
        if zone_id is not None:
            self._add_records(zone_id, managed_issuer_only, zone_provider)

    def _add_records(
        self, zone_id: str, managed_issuer_only: bool, provider: TerraformProvider | None
    ) -> None:
        zone = domains.zone_name(zone_id)
        txt = DnsTxtRecord(
            self,
            "validation",
            name=domains.validation_label(self.host, zone),
            zone_name=zone,
            resource_group_name=domains.zone_group(zone_id),
            ttl=domains.RECORD_TTL_SECONDS,
            record=[DnsTxtRecordRecord(value=self.validation_token)],
            provider=provider,
        )
        logical_id_by_path(txt, "azurerm_dns_txt_record")
        if managed_issuer_only:
            caa = DnsCaaRecord(
                self,
                "issuer",
                name=domains.label(self.host, zone),
                zone_name=zone,
                resource_group_name=domains.zone_group(zone_id),
                ttl=domains.RECORD_TTL_SECONDS,
                record=[DnsCaaRecordRecord(flags=0, tag="issue", value=domains.MANAGED_ISSUER)],
                provider=provider,
            )
            logical_id_by_path(caa, "azurerm_dns_caa_record")


class FrontDoorHostRecord(Construct):
    """The record that leads clients of a host to an endpoint: from then on they come.

    A CNAME, or for the name of a zone, which can have none, an address that follows the endpoint.

    Args:
        host: the host.
        zone_id: its zone in Azure DNS.
        endpoint_id: the endpoint.
        endpoint_host_name: the endpoint's own host name.
        depends_on: what must stand before clients come: the route, and the firewall.
        zone_provider: the provider of the zone's subscription, where it is another.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        host: str,
        zone_id: str,
        endpoint_id: str,
        endpoint_host_name: str,
        depends_on: Sequence[ITerraformDependable] = (),
        zone_provider: TerraformProvider | None = None,
    ) -> None:
        super().__init__(scope, id_)
        zone = domains.zone_name(zone_id)
        label, group = domains.label(host, zone), domains.zone_group(zone_id)
        if label == "@":
            address = DnsARecord(
                self,
                "Default",
                name=label,
                zone_name=zone,
                resource_group_name=group,
                ttl=domains.RECORD_TTL_SECONDS,
                target_resource_id=endpoint_id,
                provider=zone_provider,
                depends_on=list(depends_on) or None,
            )
            logical_id_by_path(address, "azurerm_dns_a_record")
            return
        cname = DnsCnameRecord(
            self,
            "Default",
            name=label,
            zone_name=zone,
            resource_group_name=group,
            ttl=domains.RECORD_TTL_SECONDS,
            record=endpoint_host_name,
            provider=zone_provider,
            depends_on=list(depends_on) or None,
        )
        logical_id_by_path(cname, "azurerm_dns_cname_record")
