"""Virtual machine sizes, by the pattern of their names; no list of them, which ages in a month."""

import re

from rules import RuleError, rule

# Family, vCPUs, constrained vCPUs, features, then accelerators and versions (azure-compute-docs,
# vm-naming-conventions.md). Terraform reads the same expression.
PATTERN = r"^[Ss][Tt][Aa][Nn][Dd][Aa][Rr][Dd]_[A-Za-z]+[0-9]+(-[0-9]+)?[A-Za-z]*(_[A-Za-z0-9]+)*$"
# AKS takes none of the burstable sizes for a system pool (azure-aks-docs, use-system-pools.md).
BURSTABLE = r"^[Ss][Tt][Aa][Nn][Dd][Aa][Rr][Dd]_[Bb][0-9]"


# With a GPU, AKS answers that it installs the driver. azurerm 4.55.0 does not know that this is the
# default, and every apply would replace the cluster (azurerm issue 30990).
WITH_GPU = r"^[Ss][Tt][Aa][Nn][Dd][Aa][Rr][Dd]_[Nn][A-Za-z]*[0-9]"


@rule("an Azure VM size such as `Standard_D4s_v5`, in any capitals", PATTERN)
def vm_size(value: str) -> str:
    """A rule for the name of a size; returns it as Azure writes it: Standard_D4s_v5.

    Azure takes any spelling, but azurerm compares letter by letter with what it answers, and would
    rotate the pool for a capital.
    """
    if not re.fullmatch(PATTERN, value, re.ASCII):
        raise RuleError(
            "an Azure VM size: Standard_, a family, a number of vCPUs and its features",
            'write a size such as "Standard_D4s_v5"; `az vm list-skus` has them',
        )
    _, size, *rest = value.split("_")
    family, features = re.fullmatch(r"([A-Za-z]+)(.*)", size, re.ASCII).groups()  # type: ignore[union-attr]
    # Older families have the S of premium storage before the number: DS2_v2.
    return "_".join(["Standard", family.upper() + features.lower(), *map(_part, rest)])


@rule("an Azure VM size, none of the B series and none with a GPU", PATTERN)
def system_vm_size(value: str) -> str:
    """A rule for the size of a system pool."""
    if is_burstable(vm_size(value)):
        raise RuleError(
            "a size that AKS takes for a system pool, none of the B series",
            'choose another series, such as "Standard_D4s_v5"',
        )
    if has_gpu(value):
        raise RuleError(
            "a size without GPU, none of the N series: azurerm would replace the cluster in every"
            " apply",
            'choose another series, such as "Standard_D4s_v5"',
        )
    return vm_size(value)


def is_burstable(value: str) -> bool:
    """Whether the size is of the B series."""
    return re.match(BURSTABLE, value) is not None


def has_gpu(value: str) -> bool:
    """Whether the size is of the N series."""
    return re.match(WITH_GPU, value) is not None


# The general families D, E and F with the number of their version.
_GENERAL = re.compile(
    r"Standard_[DEF][A-Z]*\d+(?:-\d+)?(?P<features>[a-z]*)(?:_[a-zA-Z\d]+)*_v(?P<version>\d+)"
)


def has_local_disk(value: str) -> bool:
    """Whether nodes of this size have a disk of their own, as far as the name tells.

    Of the general families those of version 4 and later have one only with a d among their features
    (azure-compute-docs, vm-naming-conventions.md); Fsv2 and older ones have it always.
    """
    found = _GENERAL.match(value)
    return not found or int(found["version"]) < 4 or "d" in found["features"]


def _part(part: str) -> str:
    if re.fullmatch(r"[vV][0-9]+", part) or part.isalpha():
        return part.capitalize() if part.lower() == "promo" else part.lower()
    return part.upper()
