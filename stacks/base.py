"""What every stack of an environment has: state, providers, tags, outputs."""

from pathlib import PurePosixPath
from typing import Any

import jsii
from cdktf import (
    Aspects,
    AzurermBackend,
    IAspect,
    LocalBackend,
    TerraformOutput,
    TerraformResource,
    TerraformStack,
)
from cdktf_cdktf_provider_azurerm.kubernetes_cluster import KubernetesCluster
from cdktf_cdktf_provider_azurerm.provider import (
    AzurermProvider,
    AzurermProviderFeatures,
    AzurermProviderFeaturesResourceGroup,
)
from constructs import Construct, IConstruct

from settings import Environment
from settings.terraform import LocalBackend as LocalBackendSettings

# From the folder of a synthesized stack, in which Terraform runs, to the one with cdktf.json.
ROOT = "../../.."


class EnvironmentStack(TerraformStack):
    """A stack of an environment, with its own state and the azurerm provider.

    Args:
        name: what the stack is, aks or istio.
        environment: the environment it belongs to.
    """

    def __init__(self, scope: Construct, id_: str, *, name: str, environment: Environment) -> None:
        super().__init__(scope, id_)
        self.settings = environment.settings
        # Refuse a Terraform that is too old, before it reads the rest.
        self.add_override("terraform.required_version", ">= 1.5")
        self._add_backend(environment.state(name))
        AzurermProvider(
            self,
            "azurerm",
            subscription_id=self.settings.subscription_id,
            features=[
                AzurermProviderFeatures(
                    resource_group=[
                        AzurermProviderFeaturesResourceGroup(
                            # False in the original.
                            prevent_deletion_if_contains_resources=self.settings.protect
                        )
                    ]
                )
            ],
        )
        self._others: dict[str, AzurermProvider] = {}
        self.choose_provider("azurerm")
        if self.settings.tags:
            Aspects.of(self).add(Tags(self.settings.tags))

    def provider_of(self, subscription_id: str | None) -> AzurermProvider | None:
        """The provider of another subscription; None for that of the stack.

        Where the settings name none, nobody knows here which one the stack's is.
        """
        if (
            subscription_id is None
            or subscription_id == (self.settings.subscription_id or "").lower()
        ):
            return None
        if subscription_id not in self._others:
            alias = f"subscription-{subscription_id.partition('-')[0]}"
            if self.node.try_find_child(alias) is not None:  # Another begins alike.
                alias = f"subscription-{subscription_id}"
            self._others[subscription_id] = AzurermProvider(
                self,
                alias,
                alias=alias,
                subscription_id=subscription_id,
                features=[AzurermProviderFeatures()],
            )
        return self._others[subscription_id]

    def choose_provider(self, name: str) -> None:
        """Take the provider's version of the settings, where it is not the binding's own."""
        if name in self.settings.providers.model_fields_set:
            version = getattr(self.settings.providers, name)
            self.add_override(f"terraform.required_providers.{name}.version", version)

    def add_output(self, name: str, value: object, description: str) -> None:
        """An output, named as a person will ask for it. Nothing in it is secret."""
        TerraformOutput(self, name, value=value, description=description)

    def _add_backend(self, state: str) -> None:
        # The local backend's files lie beside cdktf.json: cdktf.out may be deleted by anybody.
        backend = self.settings.backend
        if isinstance(backend, LocalBackendSettings):
            LocalBackend(self, path=from_stack(f"terraform.{state}"))
            return
        AzurermBackend(self, **backend.arguments(state))


@jsii.implements(IAspect)
class Tags:
    """Tags every resource that can be tagged, below the tags that it has by itself.

    AKS tags what it makes in the group of the nodes with those of the cluster, and the nodes with
    those of their pool (azure-aks-docs, use-tags.md).
    """

    def __init__(self, tags: dict[str, str]) -> None:
        self._tags = tags

    def visit(self, node: IConstruct) -> None:
        """Called by cdktf for every construct of the stack."""
        if isinstance(node, TerraformResource) and hasattr(type(node), "tags_input"):
            taggable: Any = node
            taggable.tags = self._tags | dict(taggable.tags_input or {})
            if isinstance(node, KubernetesCluster):
                own = node.default_node_pool_input.tags if node.default_node_pool_input else None
                node.add_override("default_node_pool.tags", self._tags | dict(own or {}))


def from_stack(path: str) -> str:
    """A path relative to the project, as seen from a synthesized stack.

    Absolute paths and those below the home folder stay as they are. Relative ones keep the output
    the same on every machine.
    """
    if PurePosixPath(path).is_absolute() or path.startswith("~"):
        return path
    return f"{ROOT}/{PurePosixPath(path)}"
