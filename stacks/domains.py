"""Host names of one's own, their certificates and their records."""

from collections.abc import Sequence

from cdktf import ITerraformDependable

from constructs.front_door.certificate import CertificateReader, FrontDoorCertificate
from constructs.front_door.domain import FrontDoorDomain, FrontDoorHostRecord
from constructs.front_door.profile import (
    ExistingEndpoint,
    FrontDoorEndpoint,
    FrontDoorProfile,
)
from rules import domains
from settings import Settings
from settings.domains import Domain
from stacks.base import EnvironmentStack

# Made in this stack or found.
Endpoint = FrontDoorEndpoint | ExistingEndpoint


def add_certificate_reader(
    stack: EnvironmentStack, settings: Settings, group_name: str, location: str
) -> CertificateReader | None:
    """An identity for the profile, where a domain has a certificate of one's own."""
    certificates = [each.certificate for each in settings.domains.values() if each.certificate]
    if not certificates:
        return None
    return CertificateReader(
        stack,
        "front-door-identity",
        name=f"{settings.front_door.profile}-certificates",
        resource_group_name=group_name,
        location=location,
        vault_ids=[each.vault for each in certificates],
    )


def add_domains(
    stack: EnvironmentStack,
    settings: Settings,
    profile: FrontDoorProfile,
    reader: CertificateReader | None,
) -> list[FrontDoorDomain]:
    """The domains of the settings, each with the record that shows whose it is."""
    secrets = _add_certificates(stack, settings, profile, reader)
    return [
        FrontDoorDomain(
            stack,
            f"domain-{domains.resource_name(host)}",
            host=host,
            profile_id=profile.id,
            zone_id=domain.dns_zone,
            secret_id=secrets[domain.certificate.id].id if domain.certificate else None,
            managed_issuer_only=domain.managed_issuer_only,
            zone_provider=stack.provider_of(zone_subscription(domain)),
        )
        for host, domain in settings.domains.items()
    ]


def add_host_records(
    stack: EnvironmentStack,
    settings: Settings,
    endpoint: Endpoint,
    depends_on: Sequence[ITerraformDependable],
) -> None:
    """The records that lead clients here, in the zones that the settings name."""
    for host, domain in settings.domains.items():
        if domain.dns_zone is not None:
            FrontDoorHostRecord(
                stack,
                f"domain-{domains.resource_name(host)}-host",
                host=host,
                zone_id=domain.dns_zone,
                endpoint_id=endpoint.id,
                endpoint_host_name=endpoint.host_name,
                depends_on=depends_on,
                zone_provider=stack.provider_of(zone_subscription(domain)),
            )


def zone_subscription(domain: Domain) -> str | None:
    """The subscription of a domain's zone, where it has one."""
    return domains.zone_subscription(domain.dns_zone) if domain.dns_zone else None


def validation_by_hand(settings: Settings, made: Sequence[FrontDoorDomain]) -> list[str]:
    """The records that show whose domains are, where somebody else must make them."""
    # Whose zone it is we do not know, so names are whole.
    return [
        f"TXT {domains.VALIDATION_LABEL}.{each.host.removeprefix(domains.WILDCARD)}"
        f" {each.validation_token}"
        for each in made
        if settings.domains[each.host].dns_zone is None
    ]


def hosts_by_hand(settings: Settings, endpoint: Endpoint) -> list[str]:
    """The records that lead clients here, where somebody else must make them."""
    return [
        f"CNAME {host} {endpoint.host_name}"
        for host, domain in settings.domains.items()
        if domain.dns_zone is None
    ]


def _add_certificates(
    stack: EnvironmentStack,
    settings: Settings,
    profile: FrontDoorProfile,
    reader: CertificateReader | None,
) -> dict[str, FrontDoorCertificate]:
    """The certificates that domains name, each once however many have it, by their ids."""
    made: dict[str, FrontDoorCertificate] = {}
    for domain in settings.domains.values():
        wanted = domain.certificate
        if wanted is not None and reader is not None and wanted.id not in made:
            made[wanted.id] = FrontDoorCertificate(
                stack,
                domains.secret_name(wanted.vault, wanted.name),
                profile=profile,
                vault_id=wanted.vault,
                certificate=wanted.name,
                reader=reader,
            )
    return made
