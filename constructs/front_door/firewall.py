"""The firewall of Front Door: the policy, and what it stands before."""

from collections.abc import Sequence

from cdktf_cdktf_provider_azurerm.cdn_frontdoor_firewall_policy import (
    CdnFrontdoorFirewallPolicy,
    CdnFrontdoorFirewallPolicyLogScrubbing,
    CdnFrontdoorFirewallPolicyLogScrubbingScrubbingRule,
)
from cdktf_cdktf_provider_azurerm.cdn_frontdoor_security_policy import (
    CdnFrontdoorSecurityPolicy,
    CdnFrontdoorSecurityPolicySecurityPolicies,
    CdnFrontdoorSecurityPolicySecurityPoliciesFirewall,
    CdnFrontdoorSecurityPolicySecurityPoliciesFirewallAssociation,
    CdnFrontdoorSecurityPolicySecurityPoliciesFirewallAssociationDomain,
)
from constructs import Construct

from constructs.front_door.firewall_rules import custom_rules, managed_rules
from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import RuleError, firewall, names
from settings.waf import Waf
from settings.waf_rules import Scrubbed


class Firewall(Construct):
    """A firewall policy with Microsoft's rules and one's own, for profiles of the Premium tier.

    Exposes `id` and `policy`, the resource. By itself it stands before nothing.

    Args:
        name: 1 to 128 letters and digits, starting with a letter.
        resource_group_name: the group it stands in.
        options: its rules; the table `waf`, switched on.

    Raises:
        ValueError: for a name that Azure refuses, or a table that is switched off.
    """

    def __init__(
        self, scope: Construct, id_: str, *, name: str, resource_group_name: str, options: Waf
    ) -> None:
        super().__init__(scope, id_)
        subject = f"Firewall {id_}"
        guard(f"{subject} mode", options.mode, _on)
        self.policy = CdnFrontdoorFirewallPolicy(
            self,
            "Default",
            name=guard(f"{subject} name", name, firewall.policy_name),
            resource_group_name=resource_group_name,
            sku_name="Premium_AzureFrontDoor",
            mode=options.mode,
            enabled=True,
            request_body_check_enabled=True,
            managed_rule=managed_rules(options),
            custom_rule=custom_rules(options) or None,
            log_scrubbing=_scrubbing(options) if options.scrub else None,
        )
        logical_id_by_path(self.policy, "azurerm_cdn_frontdoor_firewall_policy")
        self.id: str = self.policy.id


class FirewallAssociation(Construct):
    """Puts a firewall before hosts of a profile, for all their paths.

    Exposes `association`, the resource: what answers clients depends on it.

    Args:
        name: 2 to 90 letters, digits and hyphens.
        profile_id: the profile.
        firewall: the firewall.
        host_ids: endpoints and custom domains of the profile, 1 to 500, each once. Which of them it
            has updates in place.

    Raises:
        ValueError: for a name that Front Door refuses, or too few or many hosts.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        profile_id: str,
        firewall: Firewall,
        host_ids: Sequence[str],
    ) -> None:
        super().__init__(scope, id_)
        subject = f"FirewallAssociation {id_}"
        _hosts(f"{subject} host_ids", host_ids)
        self.association = CdnFrontdoorSecurityPolicy(
            self,
            "Default",
            name=guard(f"{subject} name", name, names.front_door),
            cdn_frontdoor_profile_id=profile_id,
            security_policies=CdnFrontdoorSecurityPolicySecurityPolicies(
                firewall=CdnFrontdoorSecurityPolicySecurityPoliciesFirewall(
                    cdn_frontdoor_firewall_policy_id=firewall.id,
                    association=CdnFrontdoorSecurityPolicySecurityPoliciesFirewallAssociation(
                        domain=[
                            CdnFrontdoorSecurityPolicySecurityPoliciesFirewallAssociationDomain(
                                cdn_frontdoor_domain_id=host_id
                            )
                            for host_id in host_ids
                        ],
                        # All that Azure takes.
                        patterns_to_match=["/*"],
                    ),
                )
            ),
        )
        logical_id_by_path(self.association, "azurerm_cdn_frontdoor_security_policy")


def _scrubbing(options: Waf) -> CdnFrontdoorFirewallPolicyLogScrubbing:
    # azurerm 4.55.0 takes the scrubbing away when it updates the mode and nothing of the scrubbing
    # (cdn_frontdoor_firewall_policy_resource.go:760-802, and so up to 5.2.0). So something of it
    # always changes with the mode: the name in a rule that is off.
    marker = CdnFrontdoorFirewallPolicyLogScrubbingScrubbingRule(
        match_variable="RequestHeaderNames",
        operator="Equals",
        selector=f"istio-aks-{options.mode}",
        enabled=False,
    )
    return CdnFrontdoorFirewallPolicyLogScrubbing(
        enabled=True, scrubbing_rule=[*map(_scrubbed, options.scrub), marker]
    )


def _scrubbed(part: Scrubbed) -> CdnFrontdoorFirewallPolicyLogScrubbingScrubbingRule:
    return CdnFrontdoorFirewallPolicyLogScrubbingScrubbingRule(
        match_variable=part.match_variable,
        operator="Equals" if part.selector else "EqualsAny",
        selector=part.selector,
        enabled=True,
    )


def _on(mode: str) -> None:
    if mode == "off":
        raise RuleError('"Detection" or "Prevention"', "make no firewall where it is off")


def _hosts(subject: str, host_ids: Sequence[str]) -> None:
    # Tokens as well: how many there are does not depend on what they stand for.
    most = firewall.MOST_HOSTS
    if not 1 <= len(host_ids) <= most or len(set(host_ids)) != len(host_ids):
        refused = RuleError(f"1 to {most} hosts, each once", "pass those of the profile")
        raise ValueError(f"{subject} = {len(host_ids)} hosts: {refused}")
