"""The order in which tests get their turn, so that all processes have work from begin to end."""

import pytest

# The longest files, each with the beginning of the test that makes what its others share: they
# would only wait for it.
LONGEST = {
    "test_cdktf_edge.py": "test_four_stacks",
    "test_cdktf.py": "test_deploy_makes_both",
    "test_production.py": "test_second_plans",
    "test_watch_switches.py": "test_the_agents_are_on",
    "test_replacing_a_cluster.py": "test_the_plan_of_the_edge",
    "test_front_door_logs.py": "test_a_second_plan",
    "test_edge.py": "test_second_plans",
}
# Tests of the stand-in alone, which take no time.
QUICK = "test_answers_"


def in_turn(items: list[pytest.Item]) -> list[pytest.Item]:
    """One test of each long file, half of the rest, the others of the long files, the rest.

    A process is given two tests to begin with, so a quick one stands behind each of the first.
    """
    first = [found for each in LONGEST.items() if (found := _found(items, *each))]
    quick = [each for each in items if each.path.name.startswith(QUICK)]
    begin = [each for pair in zip(first, quick, strict=False) for each in pair]
    begin += first[len(quick) :]
    later = [each for each in items if each.path.name in LONGEST and each not in begin]
    rest = [each for each in items if each.path.name not in LONGEST and each not in begin]
    half = len(rest) // 2
    return [*begin, *rest[:half], *later, *rest[half:]]


def _found(items: list[pytest.Item], file: str, name: str) -> pytest.Item | None:
    found = (each for each in items if each.path.name == file and each.name.startswith(name))
    return next(found, None)
