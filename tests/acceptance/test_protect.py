"""protect = true: what Terraform refuses then, and that all goes once it is off."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.project import ROOT, Synthesized
from tests.acceptance.terraform.environment import clean_environment
from tests.acceptance.terraform.process import TerraformError
from tests.acceptance.world import World

PROTECT = {"ISTIO_AKS_PROTECT": "true"}
# What stands for a change, and what it would replace.
REPLACING = {
    "azurerm_kubernetes_cluster.aks": {"ISTIO_AKS_NAMES__DNS_PREFIX": "other"},
    "azurerm_virtual_network.network": {"ISTIO_AKS_NAMES__VIRTUAL_NETWORK": "other"},
    "azurerm_cdn_frontdoor_profile.front-door": {"ISTIO_AKS_FRONT_DOOR__PROFILE": "Other"},
}
STACK_OF = {address: "istio" if "frontdoor" in address else "aks" for address in REPLACING}


@pytest.fixture
def protected(deployed: World, synthesized: Synthesized) -> World:
    deployed.project.resynthesize(synthesized(PROTECT, only_azure=True))
    return deployed


def _refused(failed: TerraformError, address: str) -> bool:
    return f"Resource {address} has lifecycle.prevent_destroy set" in failed.text


@pytest.mark.parametrize("name", ["aks", "istio"])
def test_it_changes_nothing_that_is_there(protected: World, name: str) -> None:
    protected.stack(name).apply()
    assert protected.azure.recording.writes() == []


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("aks", "azurerm_kubernetes_cluster.aks"),
        ("istio", "azurerm_cdn_frontdoor_profile.front-door"),
    ],
)
def test_terraform_destroys_nothing(protected: World, name: str, address: str) -> None:
    with pytest.raises(TerraformError) as failed:
        protected.stack(name).destroy()
    assert _refused(failed.value, address)
    assert protected.azure.recording.writes() == []


@pytest.mark.parametrize("address", REPLACING)
def test_a_plan_that_would_replace_is_refused(
    deployed: World, synthesized: Synthesized, address: str
) -> None:
    settings = PROTECT | REPLACING[address]
    deployed.project.resynthesize(synthesized(settings, only_azure=True))
    with pytest.raises(TerraformError) as failed:
        deployed.stack(STACK_OF[address]).plan()
    assert _refused(failed.value, address)


def test_once_it_is_off_everything_can_go(protected: World, synthesized: Synthesized) -> None:
    protected.stack("istio").apply()
    protected.project.resynthesize(synthesized(only_azure=True))
    stack = protected.stack("istio")
    stack.apply()
    stack.destroy()
    assert stack.addresses() == []


def test_make_destroy_ends_in_one_line_before_terraform_starts(tmp_path: Path) -> None:
    done = subprocess.run(
        # What the Makefile runs first.
        [sys.executable, "main.py", "--check", "--terraform", "--destroy"],
        cwd=ROOT,
        env=clean_environment({**PROTECT, "CDKTF_OUTDIR": str(tmp_path / "cdktf.out")}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "ISTIO_AKS_PROTECT: protect = true: allowed: false, to destroy anything; fix: write protect"
        " = false and apply that first with make deploy\n"
    )
