"""A synthesized stack and the real Terraform in its folder."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.acceptance.terraform.binary import binary
from tests.acceptance.terraform.environment import clean_environment
from tests.acceptance.terraform.plan import Json, Plan
from tests.acceptance.terraform.process import TerraformError, checked, run

# What each folder was initialized with in this process, and the last folder for each of that.
_DONE: dict[Path, str] = {}
_LAST: dict[str, Path] = {}


@dataclass(frozen=True)
class Stack:
    """The folder of one synthesized stack, ready for Terraform.

    Its state lies three folders above, as the local backend of the settings has it.

    Args:
        folder: cdktf.out/stacks/NAME of a project of the test's own.
        environment: what leads the providers to the stand-ins.
    """

    folder: Path
    environment: Mapping[str, str]

    @property
    def state(self) -> Path:
        """The file with the state."""
        return self.folder.parents[2] / f"terraform.{self.folder.name}.tfstate"

    def init(self, *options: str) -> None:
        """Run `terraform init`, with the machine's own certificates: it may ask the registry."""
        machine = {k: v for k, v in self.environment.items() if k != "SSL_CERT_FILE"}
        checked(run(self.folder, machine, "init", "-input=false", "-no-color", *options))

    def init_as_another(self, *options: str) -> None:
        """Run `terraform init`, or take over what it left in a folder with the same demands.

        Terraform looks at one block of the stack only: version, providers and backend. The
        providers are linked to, as Terraform itself does with a cache.
        """
        block = json.loads((self.folder / "cdk.tf.json").read_text())["terraform"]
        key = json.dumps([block, options], sort_keys=True)
        own, last = self.folder / ".terraform", _LAST.get(key)
        if own.exists() and _DONE.get(self.folder) == key:
            return
        if not own.exists() and last and (last / ".terraform/providers").exists():
            self._take_over(last)
        else:
            self.init(*options)
        _DONE[self.folder], _LAST[key] = key, self.folder

    def _take_over(self, other: Path) -> None:
        (self.folder / ".terraform").mkdir()
        providers = (other / ".terraform/providers").resolve()
        (self.folder / ".terraform/providers").symlink_to(providers)
        for file in (".terraform.lock.hcl", ".terraform/terraform.tfstate"):
            if (other / file).exists():
                shutil.copy(other / file, self.folder / file)

    def validate(self) -> list[Json]:
        """What `terraform validate` finds, errors and warnings."""
        done = run(self.folder, self.environment, "validate", "-json")
        return list(json.loads(done.stdout)["diagnostics"])

    def plan(self, *options: str, read_if_quiet: bool = False) -> Plan:
        """Run `terraform plan` and read the plan.

        Args:
            options: of the command.
            read_if_quiet: whether to read one that changes nothing too, for the values in it.

        Raises:
            TerraformError: when it cannot plan.
        """
        file = f"{self.folder.name}.tfplan"
        done = self._run("plan", "-input=false", "-detailed-exitcode", f"-out={file}", *options)
        if done.returncode not in (0, 2):
            raise TerraformError(done.stdout + done.stderr)
        if done.returncode == 0 and not read_if_quiet:
            return Plan(0, {})
        shown = checked(run(self.folder, self.environment, "show", "-json", file))
        return Plan(done.returncode, json.loads(shown.stdout))

    def apply(self, *options: str) -> str:
        """Run `terraform apply` and return what it says.

        Raises:
            TerraformError: when it does not end well.
        """
        return checked(self._run("apply", "-input=false", "-auto-approve", *options)).stdout

    def destroy(self, *options: str) -> str:
        """Run `terraform destroy` and return what it says.

        Raises:
            TerraformError: when it does not end well.
        """
        return checked(self._run("destroy", "-input=false", "-auto-approve", *options)).stdout

    def import_(self, address: str, arm_id: str) -> None:
        """Run `terraform import`.

        Raises:
            TerraformError: when it does not end well.
        """
        checked(self._run("import", "-input=false", address, arm_id))

    def schemas(self) -> Json:
        """The schema of every type of resource that the stack's providers have."""
        done = checked(run(self.folder, self.environment, "providers", "schema", "-json"))
        schemas: Json = {}
        for provider in json.loads(done.stdout)["provider_schemas"].values():
            schemas |= provider["resource_schemas"]
        return schemas

    def addresses(self) -> list[str]:
        """What the state has, data sources left out, sorted."""
        if not self.state.exists():
            return []
        try:
            resources = json.loads(self.state.read_text())["resources"]
        except ValueError:
            return []  # Terraform is writing it.
        return sorted(
            f"{each['type']}.{each['name']}"
            for each in resources
            if each["mode"] == "managed" and each["instances"]
        )

    def start_apply(self) -> "subprocess.Popen[str]":
        """Start `terraform apply` without waiting for it."""
        return subprocess.Popen(
            [binary(), "apply", "-input=false", "-auto-approve", "-no-color"],
            cwd=self.folder,
            env=clean_environment(self.environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def _run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command, *rest = arguments
        return run(self.folder, self.environment, command, "-no-color", *rest)
