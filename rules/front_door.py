"""What Azure Front Door accepts of probes and of Private Link origins."""

import re

from rules import RuleError, rule, whole_number
from rules.regions import region

# Regions in which Front Door can make a private endpoint (azure-docs, frontdoor/private-link.md,
# 2025-09-24 and later). The region need not be the cluster's: traffic to the Private Link Service
# crosses regions on Microsoft's network.
PRIVATE_LINK_REGIONS = (
    "australiaeast",
    "brazilsouth",
    "canadacentral",
    "centralindia",
    "centralus",
    "chinaeast3",
    "chinanorth3",
    "eastasia",
    "eastus",
    "eastus2",
    "francecentral",
    "germanywestcentral",
    "japaneast",
    "koreacentral",
    "northeurope",
    "norwayeast",
    "southafricanorth",
    "southcentralus",
    "southeastasia",
    "swedencentral",
    "uaenorth",
    "uksouth",
    "usgovarizona",
    "usgovtexas",
    "usgovvirginia",
    "usnateast",
    "usnatwest",
    "usseceast",
    "ussecwest",
    "westeurope",
    "westus2",
    "westus3",
)

# cdn_frontdoor_origin_group_resource.go:42-143
probe_interval = whole_number(1, 255, "seconds")
# azure-docs, includes/front-door-limits.md
MOST_ORIGINS = 50
origin_weight = whole_number(1, 1000)
origin_priority = whole_number(1, 5)
sample_size = whole_number(0, 255, "samples")
additional_latency = whole_number(0, 1000, "milliseconds")
# How long Front Door waits for an answer, where nothing else is said: azurerm's default. A gateway
# that ends must wait as long for the requests it still has.
RESPONSE_TIMEOUT_SECONDS = 120
# cdn_frontdoor_profile_resource.go
response_timeout = whole_number(16, 240, "seconds")


@rule(
    "a region in which Front Door offers Private Link, as westeurope or West Europe",
    examples=list(PRIVATE_LINK_REGIONS),
)
def private_link_region(value: str) -> str:
    """A rule for the region of the private endpoint that Front Door makes."""
    name = region(value)
    if name not in PRIVATE_LINK_REGIONS:
        raise RuleError(
            "a region in which Front Door offers Private Link: " + ", ".join(PRIVATE_LINK_REGIONS),
            "name the nearest of these regions as front_door.private_endpoint_region",
        )
    return name


@rule(
    "below `/`: parts of letters, digits and `-_.~`, none of them `.` or `..`",
    r"(/[\w.~-]+)+/?",
)
def probe_path(value: str) -> str:
    """A rule for the path of a health probe: one that means the same to everybody on its way.

    Istio takes braces in the policy's path for a pattern, and Envoy resolves . and .. before it
    compares. "/" would be every application's first page.
    """
    is_path = re.fullmatch(r"(/[\w.~-]+)+/?", value, re.ASCII)
    if not is_path or {".", ".."} & set(value.split("/")):
        raise RuleError(
            'a path below "/": parts of letters, digits and - _ . ~, none of them . or ..',
            'write it as "/probe"',
        )
    return value


@rule("1 to 140 characters", minLength=1, maxLength=140)
def request_message(value: str) -> str:
    """A rule for the message that the owner of the Private Link Service reads on approval."""
    if not 1 <= len(value) <= 140:
        raise RuleError("1 to 140 characters", "shorten the message")
    return value
