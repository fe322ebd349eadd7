"""What the firewall of Azure Front Door accepts.

Sources: A, azurerm 4.55.0, cdn_frontdoor_firewall_policy_resource.go; L, Azure's own answers, as
azure-cli-extensions (test_waf_policy_custom_rule_limits), azurerm PR 10659 and 18F/piipan PR 2498
quote them; G, Microsoft's page waf-front-door-geo-filtering of 2023-09-05 and later; M, its limits,
azure-docs, includes/front-door-limits.md of 2023-06-19.
"""

import re
import zlib
from difflib import get_close_matches
from ipaddress import ip_network

from rules import RuleError, is_path, rule, text_rule, whole_number
from rules.managed_rules import MANAGED_RULES

# A: up to 100 rules, L: with up to 10 conditions and 600 ranges; G: and 10 countries.
MOST_RULES = 100
MOST_RANGES = 600
MOST_COUNTRIES = 10
MOST_EXCLUSIONS = 100
# M: custom regex rules per policy.
MOST_PATTERNS = 5
# A: scrubbing_rule; one is ours, constructs/front_door/firewall.py says why.
MOST_SCRUBBED = 99
# A: cdn_frontdoor_security_policy_resource.go:84-89.
MOST_HOSTS = 500

# A: ^[a-zA-Z][\da-zA-Z]{0,127}$
policy_name = text_rule(
    r"[a-zA-Z][a-zA-Z\d]{0,127}",
    "1 to 128 letters and digits, starting with a letter",
    "ShopFirewall",
)
rule_name = text_rule(
    r"[a-zA-Z][a-zA-Z\d]{0,127}", "1 to 128 letters and digits, starting with a letter", "login"
)
# Azure's portal and API take no threshold below 10, azurerm any.
requests = whole_number(10, 10_000_000, "requests")


@rule("1 or 5 minutes", enum=[1, 5])
def minutes(value: int) -> int:
    """A rule for the time in which requests are counted: Azure knows two."""
    if isinstance(value, bool) or value not in (1, 5):
        raise RuleError("1 or 5 minutes", "write 1 or 5, without quotes")
    return value


# Those of rate limits follow.
priority = whole_number(1, 9_999)
_RATE_LIMITS = range(10_000, 20_000)


def rate_limit_priority(name: str) -> int:
    """A priority that follows from the name, so that no other limit moves it."""
    return _RATE_LIMITS[zlib.crc32(name.lower().encode()) % len(_RATE_LIMITS)]


@rule("an IPv4 or IPv6 address, or a range in CIDR form other than the whole")
def source_range(value: str) -> str:
    """A rule for addresses of clients."""
    try:
        network = ip_network(value, strict=False)
    except ValueError:
        raise RuleError(
            "an IPv4 or IPv6 address, or a range in CIDR form",
            'write it as "203.0.113.7" or "203.0.113.0/24"',
        ) from None
    if "%" in value or not value.isascii():
        raise RuleError("an address without a zone", "write the address alone")
    if network.prefixlen == 0:
        raise RuleError("a range other than the whole internet", "leave the key out")
    if "/" in value and str(network) != value.lower():
        raise RuleError("a range that starts at its first address", f'write "{network}"')
    return value


@rule("the code of a country as Front Door knows it, `DE`, or `ZZ` for addresses of none")
def country(value: str) -> str:
    """A rule for countries: ISO 3166 in capitals, XK for Kosovo, ZZ for unknown addresses."""
    if value not in _COUNTRIES:
        raise RuleError(
            "the code of a country as Front Door knows it, in two capitals, or ZZ",
            f'write "{value.upper()}"'
            if value.upper() in _COUNTRIES
            else 'write a code of ISO 3166, such as "DE"',
        )
    return value


@rule("a path that begins with `/`, up to 200 letters, digits and `-_.~/`", r"/[\w.~/-]{1,199}")
def path(value: str) -> str:
    """A rule for paths: plain, as conditions compare what is decoded, in small letters."""
    if not is_path(value) or not re.fullmatch(r"/[\w.~/-]{1,199}", value, re.ASCII):
        raise RuleError(
            'a path that begins with "/" and goes on, of up to 200 letters, digits and - _ . ~ /',
            'write it as "/login", or leave the key out for all paths',
        )
    if ".." in value or "//" in value or "/./" in value:
        raise RuleError("a path without .., /./ and //", "write where it leads")
    return value


@rule("the id of a rule of Microsoft_DefaultRuleSet 2.1 or Microsoft_BotManagerRuleSet 1.1")
def managed_rule(value: str) -> str:
    """A rule for the ids of managed rules."""
    if value not in MANAGED_RULES:
        near = get_close_matches(value, MANAGED_RULES, n=1)
        raise RuleError(
            "the id of a rule of Microsoft_DefaultRuleSet 2.1 or Microsoft_BotManagerRuleSet 1.1",
            f'did you mean "{near[0]}"?' if near else 'write it as the log has it, "942440"',
        )
    return value


@rule("1 to 256 characters", minLength=1, maxLength=256)
def selector(value: str) -> str:
    """A rule for the name of a header, a cookie or an argument."""
    if not 1 <= len(value) <= 256 or value != value.strip():
        raise RuleError("1 to 256 characters, no blank at the ends", "write the name alone")
    return value


# G.
_CODES = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR
    BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ
    EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY
    HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ
    LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW
    MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA
    RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH
    TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM
    ZW ZZ
"""
_COUNTRIES = frozenset(_CODES.split())
