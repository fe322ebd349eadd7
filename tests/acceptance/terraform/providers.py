"""The providers, got in Terraform's ordinary way and in the versions that the stacks ask for."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.acceptance.terraform.binary import UnfitError, binary
from tests.acceptance.terraform.environment import clean_environment

PROVIDERS = {"azurerm": "4.55.0", "helm": "3.1.1", "kubernetes": "2.38.0"}


def check_providers() -> None:
    """Get each provider, as `terraform init` gets it on this machine.

    Raises:
        UnfitError: naming the provider that cannot be had, with what Terraform says.
    """
    program = binary()
    for name, version in PROVIDERS.items():
        with tempfile.TemporaryDirectory() as folder:
            required = {name: {"source": name, "version": version}}
            Path(folder, "main.tf.json").write_text(
                json.dumps({"terraform": {"required_providers": required}})
            )
            done = subprocess.run(
                [program, "init", "-input=false", "-no-color"],
                cwd=folder,
                env=clean_environment({}),
                capture_output=True,
                text=True,
                check=False,
            )
        if done.returncode != 0:
            raise UnfitError(
                f"{os.path.basename(program)} init cannot get the provider {name} {version};"
                f" fix: let it reach the registry, or give it a mirror or a plugin cache in"
                f" its CLI configuration. It says:\n{done.stderr.strip()}"
            )


def main() -> int:
    """Say whether the acceptance tests can run here; 2 when they cannot."""
    try:
        check_providers()
    except UnfitError as unfit:
        print(unfit, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
