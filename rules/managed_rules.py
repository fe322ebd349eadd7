"""The rules that Azure manages for the firewall of Front Door, by set and group.

As Azure lists them (FrontDoorWebApplicationFirewallManagedRuleSets 2024-02-01, recorded on
2025-10-16 for azure-powershell, Get-AzFrontDoorWafManagedRuleSetDefinition.Recording.json). A
version of a set does not change; Microsoft's page waf-front-door-drs differs in two rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass

DEFAULT_SET = ("Microsoft_DefaultRuleSet", "2.1")
BOT_SET = ("Microsoft_BotManagerRuleSet", "1.1")

_GROUPS: Mapping[tuple[str, str], Mapping[str, str]] = {
    DEFAULT_SET: {
        "General": "200002 200003",
        "METHOD-ENFORCEMENT": "911100",
        "PROTOCOL-ENFORCEMENT": """
            920100 920120 920121 920160 920170 920171 920180 920181 920190 920200 920201 920210
            920220 920230 920240 920260 920270 920271 920280 920290 920300 920310 920311 920320
            920330 920340 920341 920350 920420 920430 920440 920450 920470 920480 920500""",
        "PROTOCOL-ATTACK": "921110 921120 921130 921140 921150 921151 921160 921190 921200",
        "LFI": "930100 930110 930120 930130",
        "RFI": "931100 931110 931120 931130",
        "RCE": """
            932100 932105 932110 932115 932120 932130 932140 932150 932160 932170 932171 932180""",
        "PHP": """
            933100 933110 933120 933130 933140 933150 933151 933160 933170 933180 933200 933210""",
        "NODEJS": "934100",
        "XSS": """
            941100 941101 941110 941120 941130 941140 941150 941160 941170 941180 941190 941200
            941210 941220 941230 941240 941250 941260 941270 941280 941290 941300 941310 941320
            941330 941340 941350 941360 941370 941380""",
        "SQLI": """
            942100 942110 942120 942140 942150 942160 942170 942180 942190 942200 942210 942220
            942230 942240 942250 942260 942270 942280 942290 942300 942310 942320 942330 942340
            942350 942360 942361 942370 942380 942390 942400 942410 942430 942440 942450 942470
            942480 942500 942510""",
        "FIX": "943100 943110 943120",
        "JAVA": "944100 944110 944120 944130 944200 944210 944240 944250",
        "MS-ThreatIntel-WebShells": "99005002 99005003 99005004 99005005 99005006",
        "MS-ThreatIntel-AppSec": "99030001 99030002",
        "MS-ThreatIntel-SQLI": "99031001 99031002 99031003 99031004",
        "MS-ThreatIntel-CVEs": """
            99001001 99001002 99001003 99001004 99001005 99001006 99001007 99001008 99001009
            99001010 99001011 99001012 99001013 99001014 99001015 99001016 99001017""",
    },
    BOT_SET: {
        "BadBots": "Bot100100 Bot100200 Bot100300",
        "GoodBots": """
            Bot200100 Bot200200 Bot200300 Bot200400 Bot200500 Bot200600 Bot200700""",
        "UnknownBots": """
            Bot300100 Bot300200 Bot300300 Bot300400 Bot300500 Bot300600 Bot300700""",
    },
}
# Those that Azure has switched off, until an override switches them on.
_OFF_IDS = "942110 942150 942260 942430 942440 99005006 99001014 99001015 99001016 99001017"
_OFF = frozenset(_OFF_IDS.split())

# What an override may do: azurerm refuses anything else for the default set at apply
# (cdn_frontdoor_firewall_policy_resource.go:1150-1163), Azure for bots.
OFF = "Off"
DEFAULT_ACTIONS = (OFF, "Log", "AnomalyScoring")
BOT_ACTIONS = (OFF, "Allow", "Block", "Log", "JSChallenge")


@dataclass(frozen=True)
class ManagedRule:
    """A rule that Azure manages: its set, with the version, its group, and whether it is on."""

    rule_set: tuple[str, str]
    group: str
    is_on: bool

    @property
    def actions(self) -> tuple[str, ...]:
        """What an override may make of it."""
        return BOT_ACTIONS if self.rule_set == BOT_SET else DEFAULT_ACTIONS


MANAGED_RULES: Mapping[str, ManagedRule] = {
    rule_id: ManagedRule(rule_set, group, rule_id not in _OFF)
    for rule_set, groups in _GROUPS.items()
    for group, ids in groups.items()
    for rule_id in ids.split()
}
