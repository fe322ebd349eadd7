"""Blocks by which Terraform finds what the original's two projects made, at our addresses.

Checked with states that the original itself wrote: its Terraform, with the modules Azure/aks 6.8.0
and Azure/subnets 1.0.0, azurerm 3.117.1 and helm 2.17.0 (docs/from-the-original.md).
"""

from cdktf import TerraformResource
from constructs import IConstruct

from rules.original import MOVED
from stacks.base import EnvironmentStack

# Releases with objects that are there and carry no mark of Helm's: the kinds, which charts before
# 1.24 left outside of the release, and the Gateway of the original's README.
TAKEN_OVER = ("helm_release.istio-base", "helm_release.ingress-routing")


def adopt(stack: EnvironmentStack) -> None:
    """Add what the settings' table `adoption` asks for to the resources of a stack."""
    adoption = stack.settings.adoption
    if not adoption.original and not adoption.namespaces:
        return
    imported = {f"kubernetes_namespace_v1.{each}-namespace": each for each in adoption.namespaces}
    for address, resource in _resources(stack):
        if address in imported:
            resource.import_from(imported[address])
        if adoption.original:
            _take(address, resource)


def _take(address: str, resource: TerraformResource) -> None:
    if address in MOVED:
        resource.move_from_id(MOVED[address])
    if address in TAKEN_OVER:
        resource.add_override("take_ownership", True)


def _resources(stack: EnvironmentStack) -> list[tuple[str, TerraformResource]]:
    nodes: list[IConstruct] = stack.node.find_all()
    return [
        (f"{each.terraform_resource_type}.{each.friendly_unique_id}", each)
        for each in nodes
        if isinstance(each, TerraformResource)
    ]
