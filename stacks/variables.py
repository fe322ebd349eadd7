"""The original's four Terraform variables, so that its .tfvars files still work."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cdktf import TerraformStack, TerraformVariable, TerraformVariableValidationConfig, Token

from rules import regions, vm_sizes
from rules.front_door import PRIVATE_LINK_REGIONS
from rules.names import LONGEST_NODE_RESOURCE_GROUP, node_resource_group
from rules.revisions import order
from rules.versions import supported_kubernetes
from settings import Settings


@dataclass(frozen=True)
class AksVariables:
    """The variables of the aks stack."""

    region: TerraformVariable
    agents_size: TerraformVariable
    kubernetes_version: TerraformVariable
    rbac_aad_admin_group_object_ids: TerraformVariable


def add_variables(stack: TerraformStack, settings: Settings) -> AksVariables:
    """Declare the variables; their defaults come from the settings."""
    defaults = settings.cluster
    return AksVariables(
        region=_variable(
            stack,
            "region",
            default=defaults.region,
            description="The Azure region of the resource group and of everything in it.",
            validation=_region_rules(settings),
        ),
        agents_size=_variable(
            stack,
            "agents_size",
            default=defaults.agents_size,
            description="The virtual machine size of the nodes of all pools that name none.",
            validation=[
                *_rule(
                    f'can(regex("{vm_sizes.PATTERN}", var.agents_size))',
                    "agents_size must be an Azure VM size, such as Standard_D4s_v5.",
                ),
                *_rule(
                    f'!can(regex("{vm_sizes.BURSTABLE}", var.agents_size))',
                    "agents_size must not be of the B series, which AKS takes for no system pool.",
                ),
                *_rule(
                    f'!can(regex("{vm_sizes.WITH_GPU}", var.agents_size))',
                    "agents_size must not be of the N series: azurerm would replace the cluster in"
                    " every apply.",
                ),
            ],
        ),
        kubernetes_version=_variable(
            stack,
            "kubernetes_version",
            default=_or_null(defaults.kubernetes_version),
            description="The Kubernetes release to use, such as 1.35; null takes the default that"
            " AKS has in the region.",
            validation=[
                *_kubernetes_rules(set(settings.istio.control_planes.values())),
                *_minor_only(settings.upgrades.kubernetes == "patch"),
            ],
        ),
        rbac_aad_admin_group_object_ids=_variable(
            stack,
            "rbac_aad_admin_group_object_ids",
            type_="list(string)",
            default=_or_null(
                None
                if defaults.admin_group_object_ids is None
                else list(defaults.admin_group_object_ids)
            ),
            description="Object ids of the Entra groups that administer the cluster. With ids, the"
            " cluster gets Entra integration; with null, none.",
            validation=_rule(
                "alltrue([for id in coalesce(var.rbac_aad_admin_group_object_ids, []) :"
                ' can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", id))])',
                "rbac_aad_admin_group_object_ids must be null or a list of UUIDs.",
            ),
        ),
    )


def _minor_only(is_patched: bool) -> list[TerraformVariableValidationConfig]:
    """Where AKS chooses the patch, nobody else does."""
    if not is_patched:
        return []
    return _rule(
        r'var.kubernetes_version == null || can(regex("^\\d+\\.\\d+$", var.kubernetes_version))',
        "kubernetes_version must be null or a minor version, such as 1.35: upgrades.kubernetes has"
        " AKS choose the patch.",
    )


def _variable(
    stack: TerraformStack,
    name: str,
    *,
    default: Any,
    description: str,
    validation: list[TerraformVariableValidationConfig],
    type_: str = "string",
) -> TerraformVariable:
    return TerraformVariable(
        stack, name, type=type_, default=default, description=description, validation=validation
    )


def _rule(condition: str, message: str) -> list[TerraformVariableValidationConfig]:
    return [TerraformVariableValidationConfig(condition=f"${{{condition}}}", error_message=message)]


def _region_rules(settings: Settings) -> list[TerraformVariableValidationConfig]:
    """What the settings check of a region, for one that comes from a .tfvars file."""
    region = 'lower(replace(var.region, " ", ""))'
    rules = _rule(
        f'can(regex("{regions.PATTERN}", var.region))',
        "region must be an Azure region, such as westeurope.",
    )
    if "istio" in settings.stacks and settings.front_door.private_endpoint_region is None:
        # Found out by Azure at the origin otherwise, the last step of the last stack.
        known = ", ".join(f'"{name}"' for name in PRIVATE_LINK_REGIONS)
        rules += _rule(
            f"contains([{known}], {region})",
            "region must be one in which Front Door offers Private Link, or"
            " front_door.private_endpoint_region must name one in the settings.",
        )
    if settings.names.node_resource_group:
        return rules
    group = node_resource_group(
        settings.names.resource_group, settings.names.cluster, f"${{{region}}}"
    )
    rules += _rule(
        f'length("{group}") <= {LONGEST_NODE_RESOURCE_GROUP}',
        "region must be short enough for the group of the nodes, MC_ and the names of group,"
        f" cluster and region: {LONGEST_NODE_RESOURCE_GROUP} characters at most.",
    )
    return rules


def _kubernetes_rules(istio_versions: Iterable[str]) -> list[TerraformVariableValidationConfig]:
    rules = _rule(
        'var.kubernetes_version == null || can(regex("^1\\\\.[0-9]{1,2}(\\\\.[0-9]{1,2})?$",'
        " var.kubernetes_version))",
        "kubernetes_version must be null or a version such as 1.35 or 1.35.2.",
    )
    minor = 'tonumber(split(".", var.kubernetes_version)[1])'
    for istio_version in sorted(istio_versions, key=order):
        supported = supported_kubernetes(istio_version)
        if supported:
            first, last = supported.first, supported.last
            rules += _rule(
                f"try({minor}, {first}) >= {first} && try({minor}, {last}) <= {last}",
                f"Istio {istio_version} supports Kubernetes {supported}.",
            )
    return rules


def _or_null(value: Any) -> Any:
    # None would make the variable required.
    return Token.null_value() if value is None else value
