"""Environments: each a settings file of its own, several of them side by side in one app."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from problems import Problem, Problems
from settings.access import AzurermBackend
from settings.loader import environment_of, load_settings
from settings.model import Settings

STACKS = ("aks", "istio")


@dataclass(frozen=True)
class Environment:
    """What one settings file describes.

    Args:
        name: prod for prod.toml; empty for settings.toml. States are named after it.
        source: the file.
        settings: what it says.
        is_alone: whether the app has no other environment.
    """

    name: str
    source: Path
    settings: Settings
    is_alone: bool = True

    def stack_id(self, stack: str) -> str:
        """What cdktf calls one of its stacks: aks, or prod-aks among several environments."""
        return stack if self.is_alone or not self.name else f"{self.name}-{stack}"

    def state(self, stack: str) -> str:
        """The name of a stack's state, the same alone and among others."""
        return f"{self.name}.{stack}.tfstate" if self.name else f"{stack}.tfstate"

    def stack_ids(self) -> list[str]:
        """Its stacks, in the order in which they are deployed."""
        return [self.stack_id(stack) for stack in STACKS if stack in self.settings.stacks]


def load_environments(files: Sequence[Path]) -> list[Environment]:
    """Read and check all files, and that no two of them describe the same thing.

    Raises:
        Problems: every problem of every file.
    """
    problems: list[Problem] = []
    environments: list[Environment] = []
    for file in files:
        try:
            environments.append(
                Environment(environment_of(file), file, load_settings(file), len(files) == 1)
            )
        except Problems as found:
            problems += found.problems
    problems += _clashes(environments)
    if problems:
        raise Problems(problems)
    return environments


def _clashes(environments: Sequence[Environment]) -> list[Problem]:
    problems = []
    for index, environment in enumerate(environments):
        for other in environments[:index]:
            for key, one, same in _shared(environment, other):
                problems.append(
                    Problem(
                        source=str(environment.source),
                        key=key,
                        value=one,
                        allowed=f"a value other than that of {other.source}, {same}",
                        fix="give each environment its own",
                    )
                )
    return problems


def _shared(one: Environment, other: Environment) -> list[tuple[str, object, object]]:
    """What two environments have in common and must not."""
    if one.name == other.name:
        return [("the file's name", str(one.source), str(other.source))]
    found: list[tuple[str, object, object]] = []
    mine, theirs = one.settings, other.settings
    if _place(mine) == _place(theirs):
        found.append(("names.cluster", mine.names.cluster, theirs.names.cluster))
    for stack in STACKS:
        if _state(one, stack) == _state(other, stack):
            key = f"backend.{stack}_key"
            found.append((key, one.state(stack), other.state(stack)))
    return found


def _place(settings: Settings) -> tuple[str | None, str, str]:
    # Azure does not tell capitals from small letters in names.
    names = settings.names
    return (settings.subscription_id, names.resource_group.lower(), names.cluster.lower())


def _state(environment: Environment, stack: str) -> tuple[str, ...]:
    backend = environment.settings.backend
    if not isinstance(backend, AzurermBackend):
        return ("local", environment.state(stack))
    key = backend.aks_key if stack == "aks" else backend.istio_key
    return (backend.storage_account_name, backend.container_name, key or environment.state(stack))
