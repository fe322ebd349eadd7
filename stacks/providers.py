"""What both stacks ask of Terraform and of azurerm."""

from cdktf import TerraformStack
from cdktf_cdktf_provider_azurerm.provider import (
    AzurermProvider,
    AzurermProviderFeatures,
    AzurermProviderFeaturesResourceGroup,
)

from settings import Settings


def add_azurerm(stack: TerraformStack, settings: Settings) -> None:
    """The azurerm provider, as the original configures it."""
    AzurermProvider(
        stack,
        "azurerm",
        subscription_id=settings.subscription_id,
        features=[
            AzurermProviderFeatures(
                resource_group=[
                    AzurermProviderFeaturesResourceGroup(
                        prevent_deletion_if_contains_resources=False
                    )
                ]
            )
        ],
    )


def require_terraform(stack: TerraformStack) -> None:
    """Refuse a Terraform that is too old, before it reads the rest."""
    stack.add_override("terraform.required_version", ">= 1.5")
