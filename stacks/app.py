"""The app: the stacks of every environment, and their order."""

from collections.abc import Collection, Sequence
from pathlib import Path

from cdktf import App, TerraformStack

from settings import Environment


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
        made: list[TerraformStack] = []
        for id_ in environment.stack_ids():
            if only is None or id_ in only:
                stack = _stack(app, id_, environment)
                for earlier in made:
                    stack.add_dependency(earlier)
                made.append(stack)


def synthesize(
    environments: Sequence[Environment], only: Collection[str] | None, folder: Path
) -> None:
    """Write the stacks into a folder, shaped as cdktf reads it."""
    app = App(outdir=str(folder))
    build(app, environments, only)
    app.synth()


def _stack(app: App, id_: str, environment: Environment) -> TerraformStack:
    # Imported here: the stack aks needs neither the helm nor the kubernetes provider.
    if id_ == environment.stack_id("aks"):
        from stacks.aks import AksStack

        return AksStack(app, id_, environment=environment)
    from stacks.istio import IstioStack

    return IstioStack(app, id_, environment=environment)
