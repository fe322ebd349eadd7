"""One cluster in the place of another: an edge and two clusters, each from a settings file."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from unittest.mock import patch

from settings import load_environments
from stacks.app import synthesize
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.recording import WRITES
from tests.acceptance.azure.stand_in import Azure, running
from tests.acceptance.kubernetes.stand_in import Kubernetes, running_kubernetes
from tests.acceptance.project import CHARTS, ROOT, Project
from tests.acceptance.terraform.environment import clean_environment
from tests.acceptance.terraform.stack import Stack

EDGE = f"""
extends = "{ROOT / "settings.toml"}"
environment = "site"
stacks = ["edge", "traffic"]
edge.resource_group = "edge"
waf.mode = "Prevention"
[domains."shop.contoso.com"]
[origins]
IstioOrigin.enabled = false
"""
CLUSTER = """
extends = "{root}/settings.toml"
environment = "{name}"
stacks = ["aks", "istio"]
existing.edge = true
edge.resource_group = "edge"
names = {{ resource_group = "{name}", cluster = "{name}" }}
istio.chart_repository = "{charts}"
monitoring.enabled = false
sample.enabled = false
namespaces.default.enabled = false
node_pools.user.enabled = false
"""
FILES = ("site.toml", "blue.toml", "green.toml")


@dataclass(frozen=True)
class Checkout:
    """A folder with the three files, and what `make` leaves there."""

    folder: Path
    azure: Azure
    clusters: Mapping[str, Kubernetes]
    _stacks: dict[str, Stack] = field(default_factory=dict)

    def write(self, **weights: int) -> None:
        """Write the settings, with these clusters in traffic, and synthesize all stacks."""
        for name in self.clusters:
            text = CLUSTER.format(root=ROOT, charts=CHARTS, name=name)
            (self.folder / f"{name}.toml").write_text(text)
        origins = "".join(
            f'{name} = {{ resource_group = "{name}", cluster = "{name}", weight = {weight} }}\n'
            for name, weight in weights.items()
        )
        (self.folder / "site.toml").write_text(EDGE + origins)
        with patch.dict(os.environ, clean_environment({}), clear=True):
            environments = load_environments([self.folder / file for file in FILES])
            synthesize(environments, None, self.folder / "cdktf.out")

    def stack(self, name: str) -> Stack:
        """One of the stacks, initialized."""
        if name not in self._stacks:
            self._stacks[name] = Project(self.folder, self.azure.environment).stack(name)
        return self._stacks[name]

    def apply(self, *names: str) -> None:
        """Apply stacks that need nothing of each other."""
        with ThreadPoolExecutor() as pool:
            for done in [pool.submit(each.apply) for each in map(self.stack, names)]:
                done.result()

    def refusal(self, *stacks: str) -> str:
        """What `make destroy STACKS=...` says before Terraform starts; nothing where it goes on."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), "--check", "--terraform", "--destroy"]
            + [f"--stack={each}" for each in stacks],
            cwd=self.folder,
            env=clean_environment({"SETTINGS": ",".join(FILES)}),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == (2 if done.stderr else 0), done.stderr
        return done.stderr


def replace_blue_by_green(authority: Authority, work: Path, notes: Path) -> None:
    """Live through it; note the edge's plans, the refusals, and all that was asked for."""
    plans: dict[str, dict[str, str]] = {}
    refusals: dict[str, str] = {}
    with ExitStack() as open_:
        azure = open_.enter_context(running(authority))
        clusters = {
            name: open_.enter_context(running_kubernetes(authority)) for name in ("blue", "green")
        }
        for name, kubernetes in clusters.items():
            azure.serve_kubernetes(kubernetes.address, name)
        checkout = Checkout(work, azure, clusters)

        def look(step: str) -> None:
            plans[step] = checkout.stack("site-edge").plan().actions
            refusals[step] = checkout.refusal("blue-istio", "blue-aks")

        checkout.write(blue=1000)
        # Green's machines are made at the same time: azurerm mostly waits for them.
        checkout.apply("site-edge", "blue-aks", "green-aks")
        checkout.apply("blue-istio")
        checkout.apply("site-traffic")
        look("blue has all")
        checkout.apply("green-istio")
        look("green is there")
        checkout.write(blue=1000, green=50)
        checkout.apply("site-traffic")
        look("green joins")
        checkout.write(green=1000)
        checkout.apply("site-traffic")
        look("blue leaves")
        checkout.stack("blue-istio").destroy()
        checkout.stack("blue-aks").destroy()
        look("blue is gone")
        _note(notes, "plans", plans)
        _note(notes, "refusals", refusals)
        _note(notes, "writes", _writes(azure, clusters))


def _writes(azure: Azure, clusters: Mapping[str, Kubernetes]) -> list[dict[str, object]]:
    """What was asked of Azure and of both clusters and granted, in the order of the answers."""
    everything = {"azure": azure.recording, **{k: v.recording for k, v in clusters.items()}}
    return sorted(
        (
            asdict(each) | {"to": to}
            for to, recording in everything.items()
            for each in recording.everything()
            if each.method in WRITES and 200 <= each.status < 300
        ),
        key=lambda each: float(each["at"]),
    )


def _note(folder: Path, name: str, content: object) -> None:
    (folder / f"{name}.json").write_text(json.dumps(content, indent=1))
