"""Host names of one's own at Front Door: what they are called, where their records go."""

from rules import RuleError, names, rule, text_rule

# Front Door's managed certificates come from DigiCert (azure-docs, frontdoor/domain.md).
MANAGED_ISSUER = "digicert.com"
WILDCARD = "*."
# Microsoft's limits for Premium profiles (azure-docs, includes/front-door-limits.md, 2023-06-19).
MOST = 500
RECORD_TTL_SECONDS = 300
# Of the TXT record that shows whose a domain is (azure-docs, frontdoor/domain.md).
VALIDATION_LABEL = "_dnsauth"
# Microsoft.Network naming rules: a zone is named as the domain it holds.
_ZONE = r"/subscriptions/([-\da-f]{36})/resourceGroups/([-\w.()]{1,90})/providers/Microsoft.Network"
dns_zone = text_rule(
    rf"(?i:{_ZONE})/(?i:dnsZones)/[\w.-]{{1,253}}",
    "the id of a zone in Azure DNS",
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/dns/providers"
    "/Microsoft.Network/dnsZones/contoso.com",
)
# Microsoft.KeyVault naming rules.
key_vault = text_rule(
    r"(?i:/subscriptions/[-\da-f]{36}/resourceGroups/[-\w.()]{1,90}/providers/Microsoft.KeyVault"
    r"/vaults)/[a-zA-Z][-a-zA-Z\d]{1,22}[a-zA-Z\d]",
    "the id of a key vault",
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/certificates/providers"
    "/Microsoft.KeyVault/vaults/contoso",
)
key_vault_certificate = text_rule(
    r"[-a-zA-Z\d]{1,127}", "the name of a certificate: letters, digits and hyphens", "shop"
)


@rule("a host name, or `*.` and one, in ASCII and without an underscore", maxLength=253)
def host(value: str) -> str:
    """A rule for a custom domain of Front Door; returns it in lower case."""
    try:
        name = names.host(value.removeprefix(WILDCARD))
    except RuleError:
        name = ""
    if not name or name.rpartition(".")[2].isdigit() or len(value) > names.LONGEST_HOST:
        raise RuleError(
            'a host name such as "shop.contoso.com", or "*." before one',
            "write the host alone, without scheme, port or path",
        )
    return value.lower()


def resource_name(host_: str) -> str:
    """What a domain is called in Azure and in a plan: shop-contoso-com."""
    return host_.replace(WILDCARD, "wildcard.").replace(".", "-")


def zone_name(zone_id: str) -> str:
    """The name of a zone, which is the domain it holds."""
    return zone_id.rpartition("/")[2].lower()


def zone_group(zone_id: str) -> str:
    """The resource group of a zone."""
    return zone_id.split("/")[4]


def zone_subscription(zone_id: str) -> str:
    """The subscription of a zone."""
    return zone_id.split("/")[2].lower()


def label(host_: str, zone: str) -> str:
    """A host inside a zone, as DNS records name it; "@" for the zone itself."""
    return "@" if host_ == zone else host_.removesuffix(f".{zone}")


def validation_label(host_: str, zone: str) -> str:
    """The name of the record that shows whose a domain is; a wildcard's is its parent's."""
    inner = label(host_.removeprefix(WILDCARD), zone)
    return VALIDATION_LABEL if inner == "@" else f"{VALIDATION_LABEL}.{inner}"


def vault_name(vault_id: str) -> str:
    """The name of a vault, of which there is one in all of Azure."""
    return vault_id.rpartition("/")[2].lower()


def vault_subscription(vault_id: str) -> str:
    """The subscription of a vault."""
    return vault_id.split("/")[2].lower()


def secret_name(vault_id: str, certificate: str) -> str:
    """What a certificate of a vault is called in a profile."""
    return f"{vault_name(vault_id)}-{certificate}"


def certificate_id(vault_id: str, certificate: str) -> str:
    """The id of a certificate, without a version: Front Door follows new ones in some days."""
    return f"https://{vault_name(vault_id)}.vault.azure.net/certificates/{certificate}"
