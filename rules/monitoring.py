"""What Azure Monitor accepts of workspaces, receivers and thresholds."""

import re

from rules import RuleError, rule, text_rule, whole_number

# The value of a workspace's key that asks for a new one.
MAKE = "make"
LONGEST_WORKSPACE = 63
SHORTEST_WORKSPACE = 4

# loganalytics/validate/log_analytics_workspace_name.go
workspace_name = text_rule(
    rf"[a-zA-Z\d][-a-zA-Z\d]{{{SHORTEST_WORKSPACE - 2},{LONGEST_WORKSPACE - 2}}}[a-zA-Z\d]",
    "4 to 63 letters, digits and hyphens, starting and ending with a letter or digit",
    "istio-aks-logs",
)
# log_analytics_workspace_resource.go
retention = whole_number(30, 730, "days")
percent = whole_number(1, 100, "percent")
requests = whole_number(1, 1_000_000_000, "requests")

_GROUP = r"/subscriptions/([-\da-f]{36})/resourcegroups/([-\w.()]{1,90})/providers"
_WORKSPACE = rf"{_GROUP}/microsoft\.operationalinsights/workspaces/([-a-z\d]{{4,63}})"
_ACTION_GROUP = rf"{_GROUP}/microsoft\.insights/actiongroups/([^/]{{1,260}})"


@rule('`"make"`, or the id of a Log Analytics workspace')
def workspace(value: str) -> str:
    """A rule for a workspace; returns an id as azurerm takes it, whatever its case.

    Azure's own tools show parts of it in small letters, which azurerm refuses.
    """
    found = re.fullmatch(_WORKSPACE, value, re.ASCII | re.IGNORECASE)
    if found is None and value != MAKE:
        raise RuleError(
            f'"{MAKE}", or the id of a Log Analytics workspace',
            f'write "{MAKE}", or what `az monitor log-analytics workspace show` has as id',
        )
    return _written(found, "Microsoft.OperationalInsights/workspaces") if found else value


@rule("the id of a Log Analytics workspace")
def workspace_id(value: str) -> str:
    """A rule for a workspace that exists; returns its id as azurerm takes it."""
    if value == MAKE:
        raise RuleError(
            "the id of a Log Analytics workspace",
            "write what `az monitor log-analytics workspace show` has as id",
        )
    return workspace(value)


@rule("the id of an action group")
def action_group(value: str) -> str:
    """A rule for an action group; returns its id in one case."""
    found = re.fullmatch(_ACTION_GROUP, value, re.ASCII | re.IGNORECASE)
    if found is None:
        raise RuleError(
            "the id of an action group", "write what `az monitor action-group show` has as id"
        )
    return _written(found, "Microsoft.Insights/actionGroups")


@rule("an e-mail address", r"[^@\s]+@[^@\s]+\.[^@\s]+")
def email(value: str) -> str:
    """A rule for an e-mail address, as far as it can be told without sending one."""
    if not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+", value):
        raise RuleError("an e-mail address", 'write it as "operations@contoso.com"')
    return value


def named_after(name: str, end: str) -> str:
    """The name of a workspace that is called after something with a longer or freer name."""
    plain = re.sub(r"[^-a-zA-Z\d]", "-", name)
    return plain[: LONGEST_WORKSPACE - len(end)].rstrip("-") + end


def _written(found: re.Match[str], kind: str) -> str:
    subscription, group, name = found.groups()
    return f"/subscriptions/{subscription.lower()}/resourceGroups/{group}/providers/{kind}/{name}"
