"""How many nodes each pool has with nothing going through: its `min_count`, or what pods ask for.

The autoscaler brings what pods wait for, from the first minute on, whatever `min_count` says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from app.picture.cluster import Pool, pool_of, pools, replicas
from app.synthesized import Synthesized


def running_pools(stacks: Synthesized) -> Iterator[Pool]:
    """The pools that are made, each with the nodes at least that it runs."""
    needed = _needed(stacks)
    for pool in pools(stacks):
        least = max(pool.least, min(needed.get(pool.name, 0), pool.most))
        yield replace(pool, least=least)


def _needed(stacks: Synthesized) -> dict[str, int]:
    """The nodes that the pods need which must be in one pool, by the pool.

    Pods of two releases share nodes: only those of one are kept apart.
    """
    found: dict[str, int] = {}
    for release in stacks.made("helm_release"):
        values = stacks.values(release)
        if pool := pool_of(values):
            pods, _ = replicas(stacks, release, values)
            nodes = min(_apart(values), pods or 1)
            found[pool] = max(found.get(pool, 0), nodes)
    return found


def _apart(values: Mapping[str, Any]) -> int:
    """On how many nodes the pods must be, however many they are.

    Below minDomains a node takes maxSkew of them, and above it any number (Kubernetes, topology
    spread constraints). Without it one node is enough for all.
    """
    return max(
        (
            int(each.get("minDomains", 1))
            for each in values.get("topologySpreadConstraints", ())
            if each["topologyKey"] == "kubernetes.io/hostname"
            and each["whenUnsatisfiable"] == "DoNotSchedule"
        ),
        default=1,
    )
