"""Environments: each a settings file of its own, several of them side by side in one app."""

from collections.abc import Iterator, Sequence
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
        """The name of a stack's state, the same alone and among others; a key that was chosen."""
        backend = self.settings.backend
        chosen = getattr(backend, f"{stack}_key") if isinstance(backend, AzurermBackend) else None
        return chosen or (f"{self.name}.{stack}.tfstate" if self.name else f"{stack}.tfstate")

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


def _clashes(environments: Sequence[Environment]) -> Iterator[Problem]:
    """What two environments, or the two stacks of one, have in common and must not."""
    for index, environment in enumerate(environments):
        for other in environments[:index]:
            mine, theirs = environment.settings, other.settings
            if environment.name == other.name:
                yield _clash(environment, other, "the file's name", str(environment.source))
            elif _place(mine) == _place(theirs):
                yield _clash(environment, other, "names.cluster", mine.names.cluster)
    states = [(environment, stack) for environment in environments for stack in STACKS]
    for index, (environment, stack) in enumerate(states):
        for other, other_stack in states[:index]:
            is_same_file = environment is not other and environment.name == other.name
            if not is_same_file and _state(environment, stack) == _state(other, other_stack):
                key = f"backend.{stack}_key"
                yield _clash(environment, other, key, environment.state(stack))


def _clash(environment: Environment, other: Environment, key: str, value: str) -> Problem:
    return Problem(
        source=str(environment.source),
        key=key,
        value=value,
        allowed=f"a value other than that of {other.source}, {value}",
        fix="give each its own",
    )


def _place(settings: Settings) -> tuple[str | None, str, str]:
    # Azure does not tell capitals from small letters in names.
    names = settings.names
    return (settings.subscription_id, names.resource_group.lower(), names.cluster.lower())


def _state(environment: Environment, stack: str) -> tuple[str, ...]:
    backend = environment.settings.backend
    if not isinstance(backend, AzurermBackend):
        return ("local", environment.state(stack))
    return (backend.storage_account_name, backend.container_name, environment.state(stack))
