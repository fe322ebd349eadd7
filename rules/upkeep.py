"""What AKS accepts of maintenance windows and of ranges for its API server."""

from ipaddress import IPv4Network

from rules import networks, rule, text_rule

# azure-aks-docs, api-server-authorized-ip-ranges.md.
MOST_RANGES = 200

time_of_day = text_rule(r"([01]\d|2[0-3]):[0-5]\d", "a time of day, HH:MM", "02:00")
# As azurerm takes it (kubernetes_cluster_resource.go, utc_offset).
utc_offset = text_rule(
    r"[-+](0\d|1[0-4]):(00|15|30|45)", "an offset from UTC between -14:45 and +14:45", "+01:00"
)


# What AKS takes in the place of a zone's id.
SYSTEM_ZONE, NO_ZONE = "System", "None"


@rule('`"System"`, `"None"`, or ' + networks.private_dns_zone.allowed)
def private_dns_zone(value: str) -> str:
    """A rule for where a private API server's name is found."""
    return value if value in (SYSTEM_ZONE, NO_ZONE) else networks.private_dns_zone(value)


# Ranges from which nobody comes over the internet; those for documentation are not refused, as
# settings files that are examples have them.
_NOT_PUBLIC = (
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "224.0.0.0/3",
)


def is_public(range_: str) -> bool:
    """Whether all addresses of a range, in CIDR form, may come over the internet."""
    return not any(IPv4Network(range_).overlaps(IPv4Network(each)) for each in _NOT_PUBLIC)
