"""What these tests need of the machine; a run ends at once and names what is missing."""

import os
from pathlib import Path

from tests.acceptance.terraform.binary import UnfitError
from tests.acceptance.terraform.providers import check_providers
from tests.mesh.kubernetes import VARIABLE, program

CHARTS_VARIABLE = "MESH_CHARTS"
# What an upgrade begins with: pilot-discovery, and the charts, of the release before.
PROGRAMS_BEFORE, CHARTS_BEFORE = "MESH_BINARIES_BEFORE", "MESH_CHARTS_BEFORE"
PROGRAMS = (
    "etcd",
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "cloud-controller-manager",
    "pilot-discovery",
    "cert-manager-webhook",
    "cert-manager-controller",
    "pebble",
    "node",
    "openssl",
)
CHARTS = (
    "base",
    "istiod",
    "gateway",
    "kube-prometheus-stack",
    "cert-manager",
    # On AKS it comes with the add-on; its kinds are all that is taken of it here.
    "secrets-store-csi-driver",
)


def charts() -> Path:
    """The folder with the real charts."""
    return Path(os.environ.get(CHARTS_VARIABLE, "")).resolve()


def charts_before() -> Path:
    """The folder with the charts of the release that an upgrade leaves."""
    return Path(os.environ[CHARTS_BEFORE]).resolve()


def program_before(name: str) -> str:
    """A program of that release."""
    return str(Path(os.environ[PROGRAMS_BEFORE]).resolve() / name)


def missing() -> list[str]:
    """Everything that is missing, a line each."""
    lines = [*_programs(), *_charts(), *_before()]
    try:
        check_providers()
    except UnfitError as unfit:
        lines.append(str(unfit))
    return lines


def _programs() -> list[str]:
    lines = []
    for name in PROGRAMS:
        try:
            program(name)
        except SystemExit as absent:
            lines.append(str(absent))
    return lines


def _charts() -> list[str]:
    if CHARTS_VARIABLE not in os.environ:
        return [f"{CHARTS_VARIABLE} names no folder with the charts {', '.join(CHARTS)}"]
    return [
        f"there is no chart {name} in the folder that {CHARTS_VARIABLE} names"
        for name in CHARTS
        if not (charts() / name / "Chart.yaml").is_file()
    ]


def _before() -> list[str]:
    wanted = (
        (PROGRAMS_BEFORE, ("pilot-discovery",)),
        (CHARTS_BEFORE, tuple(f"{each}/Chart.yaml" for each in ("base", "istiod", "gateway"))),
    )
    return [
        f"there is no {name} of the release before in the folder that {variable} names"
        for variable, names in wanted
        for name in names
        if not (Path(os.environ.get(variable, "/nonexistent")) / name).is_file()
    ]


__all__ = ["CHARTS_VARIABLE", "VARIABLE", "charts", "missing"]
