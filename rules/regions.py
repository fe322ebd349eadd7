"""Azure regions, and how their names are written."""

import re
from difflib import get_close_matches

from rules import RuleError, rule

# Regions that are offered to everybody, Azure in China and Azure Government included (`az account
# list-locations`, 2026). Only hints are made of it: a region that is newer is taken all the same.
KNOWN = frozenset(
    {
        "australiacentral",
        "australiacentral2",
        "australiaeast",
        "australiasoutheast",
        "austriaeast",
        "belgiumcentral",
        "brazilsouth",
        "brazilsoutheast",
        "canadacentral",
        "canadaeast",
        "centralindia",
        "centralus",
        "chilecentral",
        "chinaeast",
        "chinaeast2",
        "chinaeast3",
        "chinanorth",
        "chinanorth2",
        "chinanorth3",
        "denmarkeast",
        "eastasia",
        "eastus",
        "eastus2",
        "francecentral",
        "francesouth",
        "germanynorth",
        "germanywestcentral",
        "indonesiacentral",
        "israelcentral",
        "israelnorthwest",
        "italynorth",
        "japaneast",
        "japanwest",
        "jioindiacentral",
        "jioindiawest",
        "koreacentral",
        "koreasouth",
        "malaysiawest",
        "mexicocentral",
        "newzealandnorth",
        "northcentralus",
        "northeurope",
        "norwayeast",
        "norwaywest",
        "polandcentral",
        "qatarcentral",
        "saudiarabiaeast",
        "southafricanorth",
        "southafricawest",
        "southcentralus",
        "southeastasia",
        "southindia",
        "spaincentral",
        "swedencentral",
        "swedensouth",
        "switzerlandnorth",
        "switzerlandwest",
        "taiwannorth",
        "uaecentral",
        "uaenorth",
        "uksouth",
        "ukwest",
        "usgovarizona",
        "usgoviowa",
        "usgovtexas",
        "usgovvirginia",
        "usnateast",
        "usnatwest",
        "usseceast",
        "ussecwest",
        "westcentralus",
        "westeurope",
        "westindia",
        "westus",
        "westus2",
        "westus3",
    }
)

# Terraform's regular expression for the same spellings.
PATTERN = "^[A-Za-z][A-Za-z0-9 ]{2,40}$"


@rule("an Azure region, as `westeurope` or `West Europe`", PATTERN)
def region(value: str) -> str:
    """A rule for a region; returns it as Azure keeps it, in lower case and without blanks."""
    if not re.fullmatch(PATTERN, value, re.ASCII) or value != value.strip():
        raise RuleError(
            "an Azure region: letters and digits, as westeurope or West Europe",
            'write the name such as "westeurope"',
        )
    return value.lower().replace(" ", "")


def nearest_spelling(name: str) -> str | None:
    """The known region that was probably meant; None where the name is known, or like none."""
    if name in KNOWN:
        return None
    close = get_close_matches(name, sorted(KNOWN), n=1, cutoff=0.8)
    return close[0] if close else None
