"""A rule set of Front Door: headers that it writes, hosts that it sends elsewhere."""

from collections.abc import Mapping

from cdktf_cdktf_provider_azurerm.cdn_frontdoor_rule import (
    CdnFrontdoorRule,
    CdnFrontdoorRuleActions,
    CdnFrontdoorRuleActionsResponseHeaderAction,
    CdnFrontdoorRuleActionsUrlRedirectAction,
    CdnFrontdoorRuleConditions,
    CdnFrontdoorRuleConditionsHostNameCondition,
)
from cdktf_cdktf_provider_azurerm.cdn_frontdoor_rule_set import CdnFrontdoorRuleSet
from constructs import Construct

from constructs.front_door.identified import Identified
from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import RuleError, domains, rule_set


class FrontDoorRuleSet(Construct):
    """A rule set of a profile, which may be empty.

    A route that has had one must keep one: azurerm 4.55.0 cannot send an empty list (azurerm
    #27312), and Azure deletes none in use.

    Exposes `id`.

    Args:
        name: 1 to 60 letters and digits, starting with a letter.
        profile_id: the profile.

    Raises:
        ValueError: for a name that Front Door refuses.
    """

    def __init__(self, scope: Construct, id_: str, *, name: str, profile_id: str) -> None:
        super().__init__(scope, id_)
        made = CdnFrontdoorRuleSet(
            self,
            "Default",
            name=guard(f"FrontDoorRuleSet {id_} name", name, rule_set.name),
            cdn_frontdoor_profile_id=profile_id,
        )
        logical_id_by_path(made, "azurerm_cdn_frontdoor_rule_set")
        self.id: str = made.id


class ResponseHeaders(Construct):
    """A rule that writes headers into every answer, over those of the same name.

    Exposes `rule`, the resource.

    Args:
        name: 1 to 260 letters and digits, starting with a letter.
        rules: the rule set.
        order: which no other rule of the set has.
        headers: one to five: Azure takes no more, and azurerm says so at apply only.

    Raises:
        ValueError: for a name that Front Door refuses, or too few or many headers.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        rules: Identified,
        order: int,
        headers: Mapping[str, str],
    ) -> None:
        super().__init__(scope, id_)
        subject = f"ResponseHeaders {id_}"
        guard(f"{subject} headers", tuple(headers), _no_more_than_azure_takes)
        self.rule = CdnFrontdoorRule(
            self,
            "Default",
            name=guard(f"{subject} name", name, rule_set.rule_name),
            cdn_frontdoor_rule_set_id=rules.id,
            order=order,
            actions=CdnFrontdoorRuleActions(
                response_header_action=[
                    CdnFrontdoorRuleActionsResponseHeaderAction(
                        header_action="Overwrite", header_name=header, value=value
                    )
                    for header, value in headers.items()
                ]
            ),
        )
        logical_id_by_path(self.rule, "azurerm_cdn_frontdoor_rule")


class HostRedirect(Construct):
    """A rule that sends clients of a host to another for good: 308, same path, query and method.

    Exposes `rule`, the resource.

    Args:
        rules: the rule set.
        host: whose requests.
        target: the host to go to, by HTTPS.

    Raises:
        ValueError: for hosts that Front Door refuses.
    """

    def __init__(
        self, scope: Construct, id_: str, *, rules: Identified, host: str, target: str
    ) -> None:
        super().__init__(scope, id_)
        subject = f"HostRedirect {id_}"
        from_ = guard(f"{subject} host", host, domains.host).lower()
        self.rule = CdnFrontdoorRule(
            self,
            "Default",
            name=guard(f"{subject} name", rule_set.redirect_name(from_), rule_set.rule_name),
            cdn_frontdoor_rule_set_id=rules.id,
            order=rule_set.redirect_order(from_),
            behavior_on_match="Stop",
            conditions=CdnFrontdoorRuleConditions(
                host_name_condition=[
                    CdnFrontdoorRuleConditionsHostNameCondition(
                        operator="Equal", match_values=[from_], transforms=["Lowercase"]
                    )
                ]
            ),
            actions=CdnFrontdoorRuleActions(
                url_redirect_action=CdnFrontdoorRuleActionsUrlRedirectAction(
                    redirect_type="PermanentRedirect",
                    redirect_protocol="Https",
                    destination_hostname=guard(f"{subject} target", target, domains.host),
                )
            ),
        )
        logical_id_by_path(self.rule, "azurerm_cdn_frontdoor_rule")


def _no_more_than_azure_takes(headers: tuple[str, ...]) -> None:
    if not 1 <= len(headers) <= rule_set.MOST_ACTIONS:
        raise RuleError(f"1 to {rule_set.MOST_ACTIONS} headers", "make another rule for the rest")
