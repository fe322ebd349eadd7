"""Another version of a provider, as the settings choose it: Terraform asks for that one."""

from pathlib import Path

import pytest

from tests.acceptance.project import Project, Synthesized
from tests.acceptance.terraform.process import TerraformError


@pytest.mark.parametrize(
    ("provider", "version", "stack"),
    [
        ("azurerm", "4.81.0", "aks"),
        ("azurerm", "4.81.0", "istio"),
        ("helm", "3.2.0", "istio"),
        ("kubernetes", "2.38.1", "istio"),
    ],
)
def test_terraform_asks_for_it(
    synthesized: Synthesized, tmp_path: Path, provider: str, version: str, stack: str
) -> None:
    # A mirror without providers, so that nothing is asked of the registry.
    configuration = tmp_path / "cli.tfrc"
    configuration.write_text(
        f'provider_installation {{\n  filesystem_mirror {{\n    path = "{tmp_path}"\n  }}\n}}\n'
    )
    environment = {"TF_CLI_CONFIG_FILE": str(configuration)}
    output = synthesized({f"ISTIO_AKS_PROVIDERS__{provider.upper()}": version})
    with pytest.raises(TerraformError) as failed:
        Project.of(output, tmp_path, environment).stack(stack, backend=False)
    assert f'Finding hashicorp/{provider} versions matching "{version}"' in failed.value.text
