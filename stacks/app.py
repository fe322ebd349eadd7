"""The app: the stacks of every environment, and their order (docs/decisions/two-stacks.md)."""

import tempfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from cdktf import App

from app.errors import Problem, UserError
from settings import Environment
from stacks.adoption import adopt
from stacks.base import EnvironmentStack
from stacks.overrides import lay_over, unknown_addresses


def build(
    app: App, environments: Sequence[Environment], only: Collection[str] | None = None
) -> None:
    """Add the stacks to the app; `cdktf deploy` runs those of an environment in this order.

    Args:
        app: the app.
        environments: whose stacks to add.
        only: ids of stacks; the others are left out, and what only they need is not loaded.
    """
    for environment in environments:
        made: list[EnvironmentStack] = []
        for id_ in environment.stack_ids():
            if only is None or id_ in only:
                stack = _stack(app, id_, environment)
                adopt(stack)
                for earlier in made:
                    stack.add_dependency(earlier)
                made.append(stack)


def synthesize(
    environments: Sequence[Environment], only: Collection[str] | None, folder: Path
) -> None:
    """Write the stacks into a folder, shaped as cdktf reads it.

    Raises:
        UserError: for an override of a resource that none of its environment's stacks has.
    """
    app = App(outdir=str(folder))
    build(app, environments, only)
    app.synth()
    problems = [problem for each in environments for problem in _override(each, only, folder)]
    if problems:
        raise UserError(problems)


def _override(
    environment: Environment, only: Collection[str] | None, folder: Path
) -> Iterator[Problem]:
    if not environment.settings.overrides:
        return
    ids = environment.stack_ids()
    written = [id_ for id_ in ids if only is None or id_ in only]
    addresses = lay_over(environment, folder, written)
    others = [id_ for id_ in ids if id_ not in written]
    if others and not environment.settings.overrides.keys() <= addresses:
        # They may be of a stack that is not wanted now, which is made for its addresses only.
        with tempfile.TemporaryDirectory() as elsewhere:
            app = App(outdir=elsewhere)
            build(app, [environment], others)
            app.synth()
            addresses |= lay_over(environment, Path(elsewhere), others)
    yield from unknown_addresses(environment, addresses)


def _stack(app: App, id_: str, environment: Environment) -> EnvironmentStack:
    # Imported here: edge and aks need neither the helm nor the kubernetes provider.
    if id_ == environment.stack_id("edge"):
        from stacks.edge import EdgeStack

        return EdgeStack(app, id_, environment=environment)
    if id_ == environment.stack_id("aks"):
        from stacks.aks import AksStack

        return AksStack(app, id_, environment=environment)
    if id_ == environment.stack_id("traffic"):
        from stacks.traffic import TrafficStack

        return TrafficStack(app, id_, environment=environment)
    from stacks.istio import IstioStack

    return IstioStack(app, id_, environment=environment)
