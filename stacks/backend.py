"""Where a stack keeps its Terraform state."""

from cdktf import AzurermBackend, LocalBackend, TerraformStack

from settings import Environment
from settings.access import LocalBackend as LocalBackendSettings
from stacks.folders import from_stack


def add_backend(stack: TerraformStack, name: str, environment: Environment) -> None:
    """Give the stack the backend of the settings, with a state of its own.

    The local backend's files lie beside cdktf.json: cdktf.out may be deleted by anybody.

    Args:
        stack: the stack.
        name: what the stack is, aks or istio.
        environment: the environment it belongs to.
    """
    backend = environment.settings.backend
    if isinstance(backend, LocalBackendSettings):
        LocalBackend(stack, path=from_stack(f"terraform.{environment.state(name)}"))
        return
    AzurermBackend(
        stack,
        storage_account_name=backend.storage_account_name,
        container_name=backend.container_name,
        resource_group_name=backend.resource_group_name,
        key=environment.state(name),
        use_azuread_auth=True,
        use_oidc=True if backend.authentication == "oidc" else None,
    )
