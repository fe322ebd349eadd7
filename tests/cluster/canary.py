"""A canary upgrade of Istio, lived with the real programs of both releases.

Terraform applies each step; two istiods run in the place of their pods; pods are asked for all the
time, and what their webhooks put into them is written down.
"""

import json
import threading
import time
import urllib.error
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.charts import repository_of_folders
from tests.acceptance.project import Synthesized
from tests.acceptance.world import World, world
from tests.cluster.canary_client import asked_all_the_time
from tests.cluster.canary_steps import NAME, STEPS
from tests.cluster.cloud_controller import cloud_controller
from tests.cluster.control_plane import control_plane
from tests.cluster.istiods import Istiods, istiods
from tests.cluster.journal import Journal
from tests.cluster.kubelet import kubelet
from tests.cluster.nodes import register_nodes
from tests.cluster.programs import charts, charts_before
from tests.cluster.proxy import PODS
from tests.cluster.services import wait_until
from tests.cluster.tunnel import tunnel
from tests.gateway_recording import seen
from tests.mesh.kubernetes import ApiServer
from tests.mesh.proxy import told
from tests.synthesis import Json

PAUSE = 0.03
NAMESPACES = ("default", "shop")
PROFILE = "/profiles/MyFrontDoor"
Noted = dict[str, Any]


@dataclass
class Asker:
    """Asks for a pod in each namespace all the time, without keeping it.

    Exposes `got`: for each step and namespace, how often which release of the proxy, or what else.
    """

    server: ApiServer
    step: str = ""
    got: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Ask until the end."""
        while not self.over.wait(PAUSE):
            for namespace in NAMESPACES:
                step = self.step
                counted = self.got.setdefault(step, {}).setdefault(namespace, Counter())
                counted[proxy_of(self.server, namespace)] += 1


def proxy_of(server: ApiServer, namespace: str) -> str:
    """The release of the proxy that a pod gets now; what it says where there is none."""
    pod = {
        "metadata": {"name": "asked", "labels": {"app": "asked"}},
        "spec": {"containers": [{"name": "asked", "image": "asked"}]},
    }
    try:
        made = server.ask("POST", f"/api/v1/namespaces/{namespace}/pods?dryRun=All", pod)
    except urllib.error.HTTPError as refused:
        return f"refused: {json.loads(refused.read())['message']}"
    return _release(made) or "no proxy"


def _release(pod: Json) -> str | None:
    spec = pod["spec"]
    for each in [*spec.get("initContainers", []), *spec["containers"]]:
        if each["name"] == "istio-proxy":
            release: str = each["image"].rpartition(":")[2]
            return release
    return None


@contextmanager
def asking(server: ApiServer) -> Iterator[Asker]:
    """Ask meanwhile."""
    asker = Asker(server)
    thread = threading.Thread(target=asker.run, daemon=True)
    thread.start()
    try:
        yield asker
    finally:
        asker.over.set()
        thread.join()


@dataclass(frozen=True)
class Canary:
    """What runs, and how the settings of a step are applied to it."""

    world: World
    server: ApiServer
    planes: Istiods
    synthesized: Synthesized
    charts: Mapping[str, str]

    def prepare(self, settings: Mapping[str, str]) -> None:
        """Write the stacks of a step."""
        self.world.project.resynthesize(self.synthesized({**self.charts, **settings}))

    def gateway_pods(self) -> list[Json]:
        """Those that run and are not about to end."""
        pods = self.server.ask("GET", PODS)["items"]
        return [
            each
            for each in pods
            if each["status"]["phase"] == "Running" and "deletionTimestamp" not in each["metadata"]
        ]

    def gateway(self) -> list[str]:
        """The releases of their proxies."""
        wait_until(lambda: len(self.gateway_pods()) == 2)
        return [_release(each) or "" for each in self.gateway_pods()]

    def told(self, revision: str) -> Json:
        """What an istiod tells the gateway now, with the tests' id for Front Door's."""
        pod, plane = self.gateway_pods()[0], self.planes.running[revision]
        front_door: str = self.world.azure.resource(PROFILE)["properties"]["frontDoorId"]
        return {"pod": pod, "told": seen(told(pod, plane.grpc, plane.http), front_door)}

    def planes_by_revision(self) -> dict[str, str]:
        """The release of each istiod that has a Deployment; those that have none any more end."""
        path = "/apis/apps/v1/namespaces/istio-system/deployments?labelSelector=app=istiod"
        there = {
            each["spec"]["template"]["metadata"]["labels"]["istio.io/rev"]
            for each in self.server.ask("GET", path)["items"]
        }
        for gone in set(self.planes.running) - there:
            self.planes.end(gone)
        return {name: each.version for name, each in sorted(self.planes.running.items())}


@contextmanager
def cluster_of(
    made: World, synthesized: Synthesized, used: Mapping[str, str], folder: Path
) -> Iterator[Canary]:
    """Kubernetes for a world with the stack aks, with as many istiods as are asked for."""
    azure = made.azure
    azure.scale("/agentPools/ingress", 2)
    with tunnel() as way, control_plane(azure.authority, folder, *way.options) as server:
        azure.serve_kubernetes(server.url)
        register_nodes(server, azure)
        with istiods(server, folder) as planes:
            way.port_of = planes.port_of
            with kubelet(server, planes.started), cloud_controller(server, azure, folder):
                yield Canary(made, server, planes, synthesized, used)


def live(authority: Authority, synthesized: Synthesized, saved: Path, work: Path) -> Noted:
    """Live it; what was seen."""
    noted: Noted = {"steps": {}}
    (work / "project").mkdir()
    with repository_of_folders(authority, [charts_before(), charts()]) as address:
        used = {
            "ISTIO_AKS_ISTIO__CHART_REPOSITORY": address,
            "ISTIO_AKS_MONITORING__ENABLED": "false",
        }
        begin = synthesized({**used, **STEPS[0].settings})
        with (
            world(authority, begin, work / "project", saved) as made,
            cluster_of(made, synthesized, used, work / "kubernetes") as canary,
        ):
            journal = Journal(made.azure)
            _walk(canary, journal, noted)
            noted["report"] = journal.text()
            noted["seconds"] = {each.name: round(each.seconds, 1) for each in journal.steps}
        old, new = noted.pop("old"), noted.pop("new")
        noted["client"] = asked_all_the_time(old, new, work / "drained")
        noted["client-cut"] = asked_all_the_time(old, new, work / "cut", cut=True)
    return noted


def _walk(canary: Canary, journal: Journal, noted: Noted) -> None:
    first, *rest = STEPS
    canary.prepare(first.settings)
    with journal.step(f"apply: {first.title}"):
        canary.world.stack("istio").apply()
    with asking(canary.server) as asker:
        noted["steps"][first.title] = _seen(canary, asker, first.title)
        noted["old"] = canary.told("default")
        for step in rest:
            canary.prepare(step.settings)
            asker.step = f"apply: {step.title}"
            with journal.step(f"apply: {step.title}"):
                canary.world.stack("istio").apply()
            noted["steps"][step.title] = _seen(canary, asker, step.title)
            if step.title == "gateway" and "new" not in noted:
                noted["new"] = canary.told(NAME)
            asker.step = f"plan: {step.title}"
            with journal.step(f"plan: {step.title}"):
                noted["steps"][step.title]["plan"] = canary.world.stack("istio").plan().actions
    noted["got"] = {
        step: {namespace: dict(each) for namespace, each in by.items()}
        for step, by in asker.got.items()
    }


def _seen(canary: Canary, asker: Asker, title: str) -> Noted:
    """What pods get now, each namespace's and the gateway's."""
    asker.step = f"after: {title}"
    # A webhook that was changed is known to the API server a moment later.
    time.sleep(2)
    return {
        "planes": canary.planes_by_revision(),
        **{namespace: proxy_of(canary.server, namespace) for namespace in NAMESPACES},
        "gateway": canary.gateway(),
    }
