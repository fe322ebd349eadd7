"""Renders the chart ingress-routing with the real Helm."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import yaml

from tests.synthesis import Json

ROOT = Path(__file__).parents[1]
HELM = ROOT / ".tools" / "helm" / "helm"
INSTALL = ROOT / "tools" / "install-helm"
CHART = ROOT / "constructs" / "ingress" / "ingress-routing"


@cache
def _installed() -> None:
    # `make setup` has done this; without make it is done here, once.
    if not HELM.exists():
        subprocess.run([INSTALL, HELM.parent, sys.executable], check=True)


def helm(
    *arguments: str, values: Json, written: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run helm with these values, written as given; it reads no configuration of the machine."""
    _installed()
    return subprocess.run(
        [str(HELM), *arguments, "--values", "-"],
        input=written or yaml.safe_dump(values),
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=False,
    )


def render(values: Json, namespace: str = "istio-ingress") -> list[Json]:
    """The objects of the chart, installed in the namespace of a gateway."""
    ended = helm("template", "ingress-routing", str(CHART), "-n", namespace, values=values)
    assert ended.returncode == 0, ended.stderr
    return [each for each in yaml.safe_load_all(ended.stdout) if each]


def of_kind(objects: list[Json], kind: str) -> list[Json]:
    """The objects of one kind."""
    return [each for each in objects if each["kind"] == kind]
