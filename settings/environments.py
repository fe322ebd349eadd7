"""Environments: each a settings file of its own, several of them side by side in one app."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import Problem, UserError
from rules.keys import Location
from settings.edges import disagreements, is_edge_of
from settings.layers import Layers
from settings.loader import read_settings
from settings.model import Settings
from settings.ownership import may_share_subscription, owned
from settings.terraform import AzurermBackend

# In the order in which they are deployed (docs/decisions/four-stacks.md).
STACKS = ("edge", "aks", "istio", "traffic")


@dataclass(frozen=True)
class Environment:
    """What one settings file describes.

    Args:
        source: the file.
        settings: what it says.
        layers: where each value comes from.
    """

    source: Path
    settings: Settings
    layers: Layers

    def source_of(self, location: Location) -> str:
        """The file or the variable that says this."""
        return self.layers.source_of(location)

    @property
    def name(self) -> str:
        """Its name; empty for the default environment."""
        return self.settings.environment or ""

    @property
    def title(self) -> str:
        """What a person calls it."""
        return f"the environment {self.name}" if self.name else "the default environment"

    def __str__(self) -> str:
        return f"{self.source}: good: {self.title}, with the stacks {', '.join(self.stack_ids())}"

    def stack_id(self, stack: str) -> str:
        """What cdktf calls one of its stacks, and its folder: prod-aks, or plain aks."""
        return f"{self.name}-{stack}" if self.name else stack

    def state(self, stack: str) -> str:
        """The name of a stack's state: prod.aks.tfstate, or plain aks.tfstate; a chosen key."""
        backend = self.settings.backend
        chosen = getattr(backend, f"{stack}_key") if isinstance(backend, AzurermBackend) else None
        return chosen or (f"{self.name}.{stack}.tfstate" if self.name else f"{stack}.tfstate")

    def stacks(self) -> list[str]:
        """Which of the stacks it has, in the order in which they are deployed."""
        return [stack for stack in STACKS if stack in self.settings.stacks]

    def stack_ids(self) -> list[str]:
        """The ids of its stacks, in the order in which they are deployed."""
        return [self.stack_id(stack) for stack in self.stacks()]


def load_environments(files: Sequence[Path]) -> list[Environment]:
    """Read and check all files, and that no two of them describe the same thing.

    Raises:
        UserError: every problem of every file.
    """
    problems: list[Problem] = []
    environments: list[Environment] = []
    for file in files:
        try:
            layers = Layers(file)
            environments.append(Environment(file, read_settings(layers), layers))
        except UserError as found:
            problems += found.problems
    problems += _clashes(environments)
    problems += _disagreements(environments)
    if problems:
        raise UserError(problems)
    return environments


def chosen_stacks(
    environments: Sequence[Environment], names: Sequence[str] | None = None
) -> list[str]:
    """The ids of the stacks that are meant, in the order in which they are deployed.

    Args:
        environments: whose stacks there are.
        names: ids such as prod-aks; where there is one environment, plain aks means its own. None
            means all.

    Raises:
        UserError: for a name that no stack has.
    """
    ids = {id_: id_ for environment in environments for id_ in environment.stack_ids()}
    if len(environments) == 1:
        ids |= {stack: environments[0].stack_id(stack) for stack in environments[0].stacks()}
    unknown = [name for name in names or () if name not in ids]
    if unknown:
        allowed = "one of the stacks " + ", ".join(dict.fromkeys(ids.values()))
        raise UserError(
            [Problem(source=f"stack {name}", allowed=allowed, fix="name one") for name in unknown]
        )
    wanted = {ids[name] for name in names} if names else set(ids.values())
    return [id_ for environment in environments for id_ in environment.stack_ids() if id_ in wanted]


def _clashes(environments: Sequence[Environment]) -> Iterator[Problem]:
    """What two environments, or the two stacks of one, have in common and must not."""
    for index, environment in enumerate(environments):
        for other in environments[:index]:
            if environment.name == other.name:
                yield _same_name(environment, other)
            else:
                yield from _owned_twice(environment, other)
    states = [(each, stack) for each in environments for stack in each.stacks()]
    for index, (environment, stack) in enumerate(states):
        for other, other_stack in states[:index]:
            is_same_name = environment is not other and environment.name == other.name
            if not is_same_name and _state(environment, stack) == _state(other, other_stack):
                key = f"backend.{stack}_key"
                yield _clash(environment, other, key, environment.state(stack))


def _disagreements(environments: Sequence[Environment]) -> Iterator[Problem]:
    """Where a cluster's file and that of its edge have different ways to the gateway."""
    for cluster in environments:
        for edge in environments:
            if not is_edge_of(edge.settings, cluster.settings):
                continue
            for found in disagreements(edge.settings, cluster.settings):
                location = tuple(found.key.split("."))
                tls = cluster.settings.gateway.tls
                yield Problem(
                    source=cluster.source_of(location),
                    key=found.key,
                    value=getattr(tls, location[-1], None),
                    allowed=f"{found.allowed}, says {edge.source}",
                    fix=found.fix,
                    shows_value=found.shows_value,
                )


def _same_name(environment: Environment, other: Environment) -> Problem:
    return Problem(
        source=str(environment.source),
        key="environment",
        value=environment.settings.environment,
        allowed=f"a name other than that of {other.source}, which is {other.title} as well",
        fix='give each a name of its own, such as environment = "prod"',
    )


def _owned_twice(environment: Environment, other: Environment) -> Iterator[Problem]:
    can_share = may_share_subscription(environment.settings, other.settings)
    theirs = {each.identity for each in owned(other.settings)}
    for each in owned(environment.settings):
        if each.identity in theirs and (can_share or each.is_of_the_tenant):
            yield _clash(environment, other, each.key, each.value)
            if each.holds_the_rest:
                return


def _clash(environment: Environment, other: Environment, key: str, value: str) -> Problem:
    return Problem(
        source=str(environment.source),
        key=key,
        value=value,
        allowed=f"a value other than that of {other.source}, {value}",
        fix="give each its own",
    )


def _state(environment: Environment, stack: str) -> tuple[str, ...]:
    backend = environment.settings.backend
    if not isinstance(backend, AzurermBackend):
        return ("local", environment.state(stack))
    return (backend.storage_account_name, backend.container_name, environment.state(stack))
