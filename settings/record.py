"""A record beside the states: which group and cluster the name of an environment stands for.

Terraform knows a state by its name only. Two settings files that carry the same name, used one
after the other, would have the second replace what the first deployed, and neither Terraform nor
Azure would object.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.errors import Problem, UserError
from settings.environments import STACKS, Environment
from settings.terraform import LocalBackend

DEFAULT_FILE = "settings.toml"


def check_records(environments: Sequence[Environment], folder: Path) -> None:
    """Refuse an environment whose name stands for another deployment here.

    Args:
        environments: what is to be synthesized.
        folder: where the states lie.

    Raises:
        UserError: a line for each such environment.
    """
    problems = [problem for each in environments for problem in _problems(each, folder)]
    if problems:
        raise UserError(problems)


def write_records(environments: Sequence[Environment], folder: Path) -> None:
    """Note what each environment's name stands for."""
    for environment in environments:
        text = json.dumps(_described(environment), indent=2) + "\n"
        file = folder / _file_name(environment)
        if not file.exists() or file.read_text() != text:
            file.write_text(text)


def _problems(environment: Environment, folder: Path) -> Iterator[Problem]:
    noted = _read(folder / _file_name(environment))
    described = _described(environment)
    # A subscription may come from the environment, and is then noted by neither or by one only.
    differs = any(
        noted.get(key) and name and noted[key].lower() != name.lower()
        for key, name in described.items()
    )
    if differs and _may_be_deployed(environment, folder):
        yield Problem(
            source=str(environment.source),
            key="environment",
            value=environment.settings.environment,
            allowed=f"a name for this deployment alone: {environment.title} is the cluster"
            f" {noted['cluster']} of the group {noted['resource_group']} here, says"
            f" {_file_name(environment)}",
            fix='write environment = "a name of its own"; delete that file only if what it names is'
            " gone, or is to be replaced",
        )
    elif not environment.name and (former := _former_name(environment, folder)):
        yield Problem(
            source=str(environment.source),
            key="environment",
            value=environment.settings.environment,
            allowed=f'"{former}", after which the states of this file are named:'
            f" terraform.{former}.aks.tfstate",
            fix=f'write environment = "{former}"',
        )


def _described(environment: Environment) -> dict[str, str | None]:
    settings = environment.settings
    return {
        "subscription_id": settings.subscription_id,
        "resource_group": settings.names.resource_group,
        "cluster": settings.names.cluster,
    }


def _file_name(environment: Environment) -> str:
    return ".".join(filter(None, ("terraform", environment.name, "environment.json")))


def _read(file: Path) -> dict[str, str]:
    try:
        content = json.loads(file.read_text())
        return {key: str(content[key]) for key in ("resource_group", "cluster")} | {
            key: content[key] for key in ("subscription_id",) if content.get(key)
        }
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _may_be_deployed(environment: Environment, folder: Path) -> bool:
    if not isinstance(environment.settings.backend, LocalBackend):
        return True  # Its state is elsewhere, and is not asked for.
    return any(_has_resources(folder / f"terraform.{environment.state(s)}") for s in STACKS)


def _former_name(environment: Environment, folder: Path) -> str | None:
    # Before environments had names, states were named after the file.
    name = environment.source.stem
    is_ours = environment.source.name == DEFAULT_FILE
    states = [] if is_ours else [folder / f"terraform.{name}.{stack}.tfstate" for stack in STACKS]
    return name if any(_has_resources(state) for state in states) else None


def _has_resources(state: Path) -> bool:
    try:
        return bool(json.loads(state.read_text())["resources"])
    except FileNotFoundError:
        return False
    except (OSError, ValueError, KeyError, TypeError):
        return True  # Not to be read: rather too careful.
