"""settings.schema.json, as the editors' Taplo reads it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TAPLO = Path(sys.executable).parent / "taplo"


def lint(folder: Path, text: str) -> "subprocess.CompletedProcess[str]":
    """What Taplo says of a settings file beside the schema."""
    shutil.copy(ROOT / "settings.schema.json", folder)
    (folder / "settings.toml").write_text(f"#:schema ./settings.schema.json\n{text}")
    return subprocess.run(
        [TAPLO, "lint", "--colors", "never", "settings.toml"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_shipped_settings_are_good(tmp_path: Path) -> None:
    done = lint(tmp_path, (ROOT / "settings.toml").read_text())
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "text",
    [
        'tags = { owner = "platform" }',
        '[node_pools.gpu]\nvm_size = "Standard_NC4as_T4_v3"\nmin_count = 0',
        '[gateway.values.podAnnotations]\n"a/b" = "c"',
        '[overrides."azurerm_kubernetes_cluster.aks"]\nimage_cleaner_interval_hours = 48',
        # The account may stand in a file that this one extends.
        'extends = "base.toml"\n[backend]\ncontainer_name = "states"',
        'cluster_access = { method = "kubelogin", login = "spn" }',
        'load_balancer.private_ip_address = "dynamic"',
    ],
)
def test_what_is_allowed_is_good(tmp_path: Path, text: str) -> None:
    done = lint(tmp_path, text)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ('colour = "red"', "Additional properties are not allowed ('colour' was unexpected)"),
        ("[node_pools.gpu]\nmin_count = 1001", "1001 is greater than the maximum of 1000"),
        ("[node_pools.GPU]\nmin_count = 1", "Additional properties are not allowed"),
        ('[names]\ncluster = "a b"', '"a b" does not match'),
        ('stacks = ["mesh"]', '"mesh" is not one of ["edge","aks","istio","traffic"]'),
        ("[[routes]]\nport = 80", '"service" is a required property'),
        ('[sample]\nenabled = "yes"', 'is not of type "boolean"'),
        ('[network]\nservice_cidr = "10.0.0.0"', '"10.0.0.0" does not match'),
    ],
)
def test_what_is_refused_is_marked(tmp_path: Path, text: str, finding: str) -> None:
    done = lint(tmp_path, text)
    assert done.returncode == 1
    assert finding in done.stderr
