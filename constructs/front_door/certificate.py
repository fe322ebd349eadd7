"""Certificates of one's own, which Front Door reads from Key Vault."""

from collections.abc import Sequence

from cdktf_cdktf_provider_azurerm.cdn_frontdoor_secret import (
    CdnFrontdoorSecret,
    CdnFrontdoorSecretSecret,
    CdnFrontdoorSecretSecretCustomerCertificate,
)
from cdktf_cdktf_provider_azurerm.role_assignment import RoleAssignment
from constructs import Construct

from constructs.front_door.profile import FrontDoorProfile
from constructs.logical_ids import logical_id_by_path
from constructs.role import assigned_role
from constructs.user_identity import user_assigned_identity
from rules import domains


class CertificateReader(Construct):
    """An identity for a profile, which may read the certificates of vaults that take roles.

    Exposes `id`, for the profile, and `assignments`, the roles by vault in small letters.

    Args:
        name: what it is called, 3 to 128 characters.
        resource_group_name: the group it stands in.
        location: the region it stands in.
        vault_ids: the vaults.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        resource_group_name: str,
        location: str,
        vault_ids: Sequence[str],
    ) -> None:
        super().__init__(scope, id_)
        identity = user_assigned_identity(
            self, name=name, resource_group_name=resource_group_name, location=location
        )
        self.id: str = identity.id
        self.assignments: dict[str, RoleAssignment] = {}
        # Azure does not tell capitals from small letters in ids.
        for vault_id in {each.lower(): each for each in reversed(vault_ids)}.values():
            role = assigned_role(
                self,
                f"reads-{domains.vault_name(vault_id)}",
                # azure-docs, frontdoor/managed-identity.md: certificates are read as secrets.
                role="Key Vault Secrets User",
                on=vault_id,
                principal_id=identity.principal_id,
                principal_type="ServicePrincipal",
            )
            self.assignments[vault_id.lower()] = role


class FrontDoorCertificate(Construct):
    """A certificate of a vault, for domains of a profile. Nothing of it comes into the state.

    Exposes `id`, for a domain.

    Args:
        profile: the profile, with the reader's identity.
        vault_id: the vault, one of the reader's, in the profile's subscription.
        certificate: its name there; without a version, so that new ones are followed.
        reader: what lets the profile read it.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        profile: FrontDoorProfile,
        vault_id: str,
        certificate: str,
        reader: CertificateReader,
    ) -> None:
        super().__init__(scope, id_)
        secret = CdnFrontdoorSecret(
            self,
            "Default",
            name=id_,
            cdn_frontdoor_profile_id=profile.id,
            secret=CdnFrontdoorSecretSecret(
                customer_certificate=[
                    CdnFrontdoorSecretSecretCustomerCertificate(
                        key_vault_certificate_id=domains.certificate_id(vault_id, certificate)
                    )
                ]
            ),
            depends_on=[reader.assignments[vault_id.lower()]],
        )
        logical_id_by_path(secret, "azurerm_cdn_frontdoor_secret")
        self.id: str = secret.id
