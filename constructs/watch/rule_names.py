"""What Azure calls the rules by which a cluster's agents collect."""

from cdktf import Fn

# Microsoft.Insights/2023-03-11: dataCollectionRules, dataCollectionEndpoints; az cuts them as well.
LONGEST_RULE = 64
LONGEST_ENDPOINT = 44


def rule_name(prefix: str, location: str, cluster: str, longest: int = LONGEST_RULE) -> str:
    """The name by which Azure's portal and az know a rule: MSCI-westeurope-shop.

    Args:
        prefix: `MSCI` for Container Insights, `MSProm` for Prometheus.
        location: the region of the workspace; a token, so that only Terraform can cut the name.
        cluster: the cluster's name; without underscores, which endpoints may not have.
        longest: how much of it Azure takes.
    """
    # A .tfvars file may have it as West Europe.
    region = Fn.lower(Fn.replace(location, " ", ""))
    name = Fn.join("-", [prefix, region, cluster.replace("_", "-")])
    return Fn.trimsuffix(Fn.substr(name, 0, longest), "-")
