"""A whole life: both stacks applied, a request answered, second plans, both destroyed."""

from pathlib import Path
from typing import Any

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.world import world
from tests.cluster.deployment import GATEWAY, Deployment, cluster_of
from tests.cluster.journal import Journal
from tests.cluster.proxy import PODS, gateway_of
from tests.cluster.services import wait_until
from tests.cluster.test_connections import states
from tests.synthesis import Json

PROFILE = "/profiles/MyFrontDoor"
Noted = dict[str, Any]


def live(authority: Authority, output: Path, work: Path) -> Noted:
    """Live it; what was seen."""
    noted: Noted = {}
    (work / "project").mkdir()
    with world(authority, output, work / "project") as made:
        journal = Journal(made.azure)
        with journal.step("apply aks"):
            made.stack("aks").apply()
        with cluster_of(made, work / "kubernetes") as running:
            stack = running.stack()
            with journal.step("apply istio"):
                stack.apply()
            with journal.step("wait for the second pod of the gateway"):
                wait_until(lambda: len(_pods(running)) == 2)
            noted |= _seen(running)
            with journal.step("a request by Front Door, and one past it"):
                noted |= _asked(running, work / "envoy")
            with journal.step("plan istio"):
                noted["istio-plan"] = stack.plan().actions
            with journal.step("plan aks"):
                noted["aks-plan"] = made.stack("aks").plan().actions
            with journal.step("destroy istio"):
                stack.destroy()
            noted["left-in-kubernetes"] = [
                running.objects("/api/v1/namespaces"),
                running.releases(),
            ]
        with journal.step("destroy aks"):
            made.stack("aks").destroy()
        noted["left-in-azure"] = made.azure.store.ids()
    noted["report"] = journal.text()
    noted["steps"] = {each.name: each.changes for each in journal.steps}
    return noted


def _pods(running: Deployment) -> list[Json]:
    """The gateway's pods that run."""
    pods = running.get(PODS)["items"]
    return [each for each in pods if each["status"]["phase"] == "Running"]


def _seen(running: Deployment) -> Noted:
    azure = running.world.azure
    return {
        "addresses": running.get(GATEWAY)["status"]["loadBalancer"]["ingress"],
        "connections": states(azure),
        "profile": azure.resource(PROFILE)["properties"]["frontDoorId"],
        "releases": running.releases(),
        "images": [pod["spec"]["containers"][0]["image"] for pod in _pods(running)],
        "nodes": sorted(pod["spec"]["nodeName"] for pod in _pods(running)),
    }


def _asked(running: Deployment, folder: Path) -> Noted:
    front_door = running.world.azure.resource(PROFILE)["properties"]["frontDoorId"]
    with gateway_of(running, folder) as envoy:
        by_front_door = envoy.ask("/", [("X-Azure-FDID", front_door)])
        past_it = envoy.ask("/")
    return {
        "by-front-door": [by_front_door.status, by_front_door.cluster],
        "past-it": past_it.status,
    }
