"""The environment in which Terraform runs: the machine's, less what leads to real clouds."""

import os
from collections.abc import Mapping

_OURS = ("ARM_", "AZURE_", "KUBE", "HELM_", "TF_VAR_", "ISTIO_AKS_", "AWS_")
# Go collects its garbage less often: azurerm's schema alone is most of what a command computes.
_QUICK = {"CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1", "GOGC": "400"}
_ALSO = ("SETTINGS", "CDKTF_OUTDIR", "PYTEST_CURRENT_TEST")


def clean_environment(additions: Mapping[str, str]) -> dict[str, str]:
    """The environment of this process without credentials and settings, and with the additions.

    How Terraform gets its providers is left as the machine has it.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_OURS) and name not in _ALSO
    }
    return kept | _QUICK | dict(additions)
