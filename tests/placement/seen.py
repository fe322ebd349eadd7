"""What the real scheduler says of settings, and what a record of it must have been made with."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from settings.cross_rules.placement import nodes_of
from settings.model import Settings
from tests.placement.pods import CHARTS, Pods, bare, rendered, requests
from tests.placement.scheduler import Scheduler
from tests.synthesis import Json, values

_PLACING = (
    "affinity",
    "enabled",
    "nodeSelector",
    "replicas",
    "resources",
    "tolerations",
    "topologySpreadConstraints",
)
RECORD = Path(__file__).parents[1] / "recorded" / "placement.json"


def record() -> Json:
    """What was seen."""
    content: Json = json.loads(RECORD.read_text())
    return content


def identity(settings: Settings, istio: Json) -> str:
    """A hash of all that the verdicts depend on: the pools, and what places the charts' pods."""
    releases = istio["resource"]["helm_release"]
    asked = {
        "pools": {
            name: [nodes.labels, list(nodes.taints), str(nodes.room)]
            for name, nodes in nodes_of(settings).items()
        },
        "releases": {
            name: [each["version"], _placing(values(each)) if each.get("values") else {}]
            for name, each in releases.items()
            if name in CHARTS
        },
        "others": istio["resource"].get("kubernetes_deployment_v1", {}),
    }
    text = json.dumps(asked, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _placing(given: Json) -> Json:
    """Of values, those that say where pods go, what they ask for, and whether they are there."""
    kept: Json = {}
    for key, value in given.items():
        if key in _PLACING:
            kept[key] = value
        elif isinstance(value, dict) and (below := _placing(value)):
            kept[key] = below
    return kept


def see(settings: Settings, istio: Json, charts: Path, scheduler: Scheduler) -> Json:
    """Ask the scheduler: each workload on each pool alone, and everything together."""
    pods = list(rendered(istio, charts))
    scheduler.make_nodes(settings, at_most=True)
    alone: dict[str, list[str]] = {}
    for each in _one_of_each(pods).values():
        if not each.on_every_node:
            found = [name for name in settings.node_pools if scheduler.verdict(each, name)]
            alone[each.name] = found
    placed = scheduler.placed(pods)
    # Where equals are, the scheduler draws lots; and a DaemonSet leaves out nodes of itself.
    everywhere = {each.name for each in pods if each.on_every_node}
    nowhere = [name for name, pools in placed.items() if "nowhere" in pools]
    return {
        "identity": identity(settings, istio),
        "alone": dict(sorted(alone.items())),
        "nowhere": [name for name in nowhere if name not in everywhere],
        "requests": {each.name: requests(bare(each.spec)) for each in _one_of_each(pods).values()},
    }


def _one_of_each(pods: list[Pods]) -> Mapping[str, Pods]:
    return {each.name: each for each in pods}
