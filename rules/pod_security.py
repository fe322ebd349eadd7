"""What keeps pods from more than they need: Azure's initiatives and Kubernetes' own levels."""

from collections.abc import Mapping

from rules import RuleError, rule

_SETS = "/providers/Microsoft.Authorization/policySetDefinitions"
# Azure/azure-policy, built-in-policies/policySetDefinitions/Kubernetes:
# Kubernetes_PSPBaselineStandard.json and Kubernetes_PSPRestrictedStandard.json. They have these ids
# in every tenant.
INITIATIVES: Mapping[str, str] = {
    "baseline": f"{_SETS}/a8640138-9b0a-4a28-b8cb-1666c838647d",
    "restricted": f"{_SETS}/42b8ef37-b724-4e24-bbc8-7a7708edfe00",
}
# The defaults of the initiatives' parameter, which a list of one's own replaces.
NAMESPACES_OF_AZURE: Mapping[str, str] = {
    "azure-arc": "the agents of Azure Arc",
    "azure-extensions-usage-system": "what counts the use of AKS's extensions",
    "gatekeeper-system": "Azure Policy's own add-on",
    "kube-system": "Kubernetes' and AKS's own pods, which need the host",
}
# The levels that forbid NET_ADMIN and NET_RAW to a container (kubernetes.io,
# concepts/security/pod-security-standards).
FORBID_NET_ADMIN = ("baseline", "restricted")
LABEL = "pod-security.kubernetes.io"
LONGEST_REASON = 200


@rule(f"1 to {LONGEST_REASON} characters", r".*\S.*", maxLength=LONGEST_REASON)
def reason(value: str) -> str:
    """A rule for why something is left out."""
    if not value.strip() or len(value) > LONGEST_REASON:
        raise RuleError(
            f"a reason of 1 to {LONGEST_REASON} characters", "say why its pods need more"
        )
    return value


def labels(level: str | None, *, enforced: bool) -> dict[str, str]:
    """The labels of a namespace that Pod Security Admission reads; none without a level."""
    if level is None:
        return {}
    modes = ("audit", "enforce", "warn") if enforced else ("audit", "warn")
    return {f"{LABEL}/{mode}": level for mode in modes}
