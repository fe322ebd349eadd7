"""What Azure Monitor accepts of workspaces, receivers and thresholds."""

import re

from rules import RuleError, rule, text_rule, whole_number
from rules.ids import resource_id

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

workspace_id = resource_id(
    "Microsoft.OperationalInsights/workspaces",
    "a Log Analytics workspace",
    "az monitor log-analytics workspace show",
    name=r"[-a-z\d]{4,63}",
)
action_group = resource_id(
    "Microsoft.Insights/actionGroups",
    "an action group",
    "az monitor action-group show",
    name=r"[^/]{1,260}",
)


@rule('`"make"`, or the id of a Log Analytics workspace')
def workspace(value: str) -> str:
    """A rule for a workspace that is made or exists."""
    if value == MAKE:
        return value
    try:
        return workspace_id(value)
    except RuleError:
        raise RuleError(
            f'"{MAKE}", or the id of a Log Analytics workspace',
            f'write "{MAKE}", or what `az monitor log-analytics workspace show` has as id',
        ) from None


@rule("an e-mail address", r"[^@\s]+@[^@\s]+\.[^@\s]+")
def email(value: str) -> str:
    """A rule for an e-mail address, as far as it can be told without sending one."""
    if not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+", value):
        raise RuleError("an e-mail address", 'write it as "operations@contoso.com"')
    return value


@rule("the metrics ingestion endpoint of an Azure Monitor workspace")
def ingestion(value: str) -> str:
    """A rule for where a workspace takes metrics (Microsoft's page on remote write)."""
    pattern = (
        r"https://[-a-z\d]+\.[-a-z\d]+\.metrics\.ingest\.monitor\.azure\.(com|us|cn)"
        r"/dataCollectionRules/dcr-[\da-f]{32}/streams/Microsoft-PrometheusMetrics"
        r"/api/v1/write\?api-version=[-\d]+"
    )
    if not re.fullmatch(pattern, value):
        raise RuleError(
            "the metrics ingestion endpoint of an Azure Monitor workspace:"
            " https://NAME.REGION.metrics.ingest.monitor.azure.com/dataCollectionRules/dcr-.../streams"
            "/Microsoft-PrometheusMetrics/api/v1/write?api-version=...",
            "copy it from the workspace's overview",
        )
    return value


def named_after(name: str, end: str) -> str:
    """The name of a workspace that is called after something with a longer or freer name."""
    plain = re.sub(r"[^-a-zA-Z\d]", "-", name)
    return plain[: LONGEST_WORKSPACE - len(end)].rstrip("-") + end
