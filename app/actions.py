"""What the program does with settings that are well."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from app.adoption import adopt
from app.bootstrap import script
from app.errors import Problem, UserError
from app.https_steps import refuse_steps_too_far
from app.identities import script as identities_script
from app.lazy_bindings import load_only_what_is_used
from app.order import refuse_too_early, refuse_too_late
from app.output_folder import output_folder, written_whole
from app.pins import store as pins
from app.pins.laying import lay_pins
from app.preflight import deploy_notes
from app.upgrade_plan import next_step
from rules import RuleError
from rules.releases import ISTIO_VERSION
from rules.versions import istio
from settings import Environment, chosen_stacks, load_environments, settings_files
from settings.image_list import image_lines
from settings.listing import hints, listing, overridden, passed
from settings.record import check_records, write_records
from settings.support import supported


@dataclass(frozen=True)
class Deployment:
    """The environments of the settings files, the stacks that are wanted, and where they go."""

    environments: Sequence[Environment]
    stacks: Sequence[str]
    folder: Path

    @classmethod
    def of(cls, stacks: Sequence[str] | None) -> Self:
        """What SETTINGS names; all stacks where none are named.

        Raises:
            UserError: every problem of the settings.
        """
        environments = load_environments(settings_files())
        folder = output_folder()
        deployment = cls(environments, chosen_stacks(environments, stacks), folder)
        check_records(environments, folder.parent)
        return deployment


def name(deployment: Deployment) -> None:
    """Print the ids of the stacks."""
    print("\n".join(deployment.stacks))


def _headed(deployment: Deployment, stack: str | None = None) -> Iterator[Environment]:
    """The environments, those with a stack where one is named, each with a heading printed."""
    for environment in deployment.environments:
        if stack is None or stack in environment.stacks():
            print(f"# {environment.source}: {environment.title}", flush=True)
            yield environment


def show(deployment: Deployment) -> None:
    """Print every setting, with where it comes from."""
    for environment in _headed(deployment):
        print("\n".join(listing(environment)))


def print_images(deployment: Deployment) -> None:
    """Print every image, as a script that brings them into the registry of the settings."""
    digests = pins.read().images
    for environment in _headed(deployment):
        print("\n".join(image_lines(environment, digests)))


def print_pictures(deployment: Deployment) -> None:
    """Print the pictures of every environment, as Markdown that GitHub draws.

    Raises:
        UserError: for an override of a resource that no stack has.
    """
    from app.picture import pages

    for environment in _headed(deployment):
        print(pages(environment))


def print_cost(deployment: Deployment) -> None:
    """Print what every environment costs a month, and the quota that it needs.

    Raises:
        UserError: for an override of a resource that no stack has.
    """
    from app.cost import page
    from app.cost.shown import show

    for environment in _headed(deployment):
        show(page(environment))


def print_bootstrap(deployment: Deployment) -> None:
    """Print the commands that make the account for the states."""
    print("\n".join(script(deployment.environments)))


def print_identities(deployment: Deployment, repository: str) -> None:
    """Print the commands that make the identities of the pipelines of a repository on GitHub."""
    print("\n".join(identities_script(deployment.environments, repository)))


def check(deployment: Deployment) -> None:
    """Say what is good, what goes round our rules, and what a deploy needs that is not here."""
    print("\n".join(str(each) for each in deployment.environments))
    if any(each.settings.overrides for each in deployment.environments):
        # Whether the addresses exist, only the stacks know.
        load_only_what_is_used()
        from stacks.app import synthesize

        with tempfile.TemporaryDirectory() as folder:
            synthesize(deployment.environments, None, Path(folder))
        for environment in deployment.environments:
            print("\n".join(overridden(environment)))
    _check_pins(deployment)
    notes: list[str] = []
    today = datetime.now(UTC).date()
    for environment in deployment.environments:
        for line in passed(environment):
            print(line)
        for each in supported(environment.settings, today):
            line = f"{environment.source}: {each.text}"
            if each.is_urgent:
                notes.append(line)
            else:
                print(line)
        notes += hints(environment)
    for note in (*notes, *deploy_notes()):
        print(f"note: {note}")


def _check_pins(deployment: Deployment) -> None:
    """Refuse pins that do not fit to the settings, and say what there is; nothing without them."""
    found = pins.read()
    if found.is_empty:
        return
    # What is needed, only the stacks know.
    load_only_what_is_used()
    from stacks.app import synthesize

    every = [id_ for each in deployment.environments for id_ in each.stack_ids()]
    with tempfile.TemporaryDirectory() as folder:
        synthesize(deployment.environments, None, Path(folder))
        lay_pins(deployment.environments, every, Path(folder))
    print(f"{pins.FOLDER}: good: {found}")


def diagnose(deployment: Deployment) -> bool:
    """Ask Azure what the environments need, and say what is missing; whether nothing is."""
    from app.doctor import examine, lines_of

    is_well = True
    for environment in deployment.environments:
        outcome = examine(environment, deployment.folder.parent)
        print("\n".join(lines_of(environment, outcome)))
        is_well = is_well and not outcome.missing
    return is_well


def write(deployment: Deployment) -> None:
    """Write the stacks, all or none."""
    # Starts Node.js and takes a second, so only for settings that are well.
    load_only_what_is_used()
    from stacks.app import synthesize

    with written_whole(deployment.folder) as new:
        synthesize(deployment.environments, deployment.stacks, new)
        lay_pins(deployment.environments, deployment.stacks, new)
    write_records(deployment.environments, deployment.folder.parent)
    for environment in deployment.environments:
        print(f"{environment.source}: read")
    for stack in deployment.stacks:
        print(f"{deployment.folder}/stacks/{stack}/cdk.tf.json: written")


def refuse_order(deployment: Deployment, *, destroy: bool) -> None:
    """Refuse stacks that are deployed too early, or destroyed too late.

    Raises:
        UserError: a line for each stack that must come first.
    """
    states = deployment.folder.parent
    if destroy:
        refuse_too_late(deployment.environments, deployment.stacks, states)
    else:
        refuse_too_early(deployment.environments, deployment.stacks, states)
        refuse_steps_too_far(deployment.environments, deployment.stacks, states)


def take_up(states: Sequence[str]) -> None:
    """Bring a deployment of the original under these stacks; write settings and states.

    Args:
        states: the files of the states of its two projects, aks-tf first.

    Raises:
        UserError: a line for each thing that keeps it from being done.
    """
    if missing := [name for name, file in zip(_STATES, states, strict=True) if not file]:
        raise UserError(
            [
                Problem(
                    source=name,
                    allowed=f"the file with the state of the original's {_STATES[name]}",
                    fix="make adopt AKS_STATE=aks.tfstate ISTIO_STATE=istio.tfstate",
                )
                for name in missing
            ]
        )
    aks, istio = map(Path, states)
    print("\n".join(adopt((aks, istio), output_folder().parent)))


_STATES = {"AKS_STATE": "aks-tf", "ISTIO_STATE": "istio-tf"}


def next_upgrade(deployment: Deployment, version: str) -> None:
    """Print the step that comes next on the way to a release of Istio; to ours without one.

    Raises:
        UserError: for a version that is none.
    """
    target = version or ISTIO_VERSION
    try:
        istio(target)
    except RuleError as refused:
        raise UserError(
            [Problem(source="TO", value=target, allowed=refused.allowed, fix=refused.fix)]
        ) from None
    for each in _headed(deployment, "istio"):
        print("\n".join(next_step(each.settings, target).lines()))


def refuse_protected(deployment: Deployment) -> None:
    """Refuse a destroy of what the settings protect, before Terraform starts.

    Raises:
        UserError: a line for each environment of which a stack is wanted.
    """
    problems = [
        Problem(
            source=each.source_of(("protect",)),
            key="protect",
            value=True,
            allowed="false, to destroy anything",
            fix="write protect = false and apply that first with make deploy",
        )
        for each in deployment.environments
        if each.settings.protect and set(each.stack_ids()) & set(deployment.stacks)
    ]
    if problems:
        raise UserError(problems)


# By the option of main.py.
ACTIONS: Mapping[str, Callable[[Deployment], None]] = {
    "names": name,
    "settings": show,
    "images": print_images,
    "picture": print_pictures,
    "cost": print_cost,
    "bootstrap": print_bootstrap,
}
ACTIONS_FOR: Mapping[str, Callable[[Deployment, str], None]] = {
    "identities": print_identities,
    "upgrade-plan": next_upgrade,
}
