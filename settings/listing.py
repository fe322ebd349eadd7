"""The whole of an environment's settings, each with where it comes from."""

import json
from collections.abc import Iterator, Mapping

from rules.keys import Location, key_of
from settings.environments import Environment
from settings.let_past import let_past
from settings.table import Table


def listing(environment: Environment) -> Iterator[str]:
    """A line of TOML for each key: its value, and the file or the variable that says it."""
    for location, value in _leaves(environment.settings):
        key = key_of(location)
        source = environment.layers.says(location) or "default"
        yield f"# {key} is unset" if value is None else f"{key} = {toml(value)}  # {source}"


def overridden(environment: Environment) -> Iterator[str]:
    """A line for each argument that is laid over a resource, which nothing here has checked."""
    for address, arguments in environment.settings.overrides.items():
        for location, value in _leaves(arguments):
            source = environment.source_of(("overrides", address))
            yield f"{source}: overrides {address}: {key_of(location)} = {toml(value)}"


def passed(environment: Environment) -> Iterator[str]:
    """A line for each thing that the firewall lets past its managed rules, as it is told to."""
    for location, text in let_past(environment.settings.waf):
        yield f"{environment.source_of(location)}: {key_of(location)} {text}"


def hints(environment: Environment) -> Iterator[str]:
    """A line for each thing that is well, and comes to nothing beside another."""
    front_door = environment.settings.front_door
    if front_door.cache.enabled and front_door.session_affinity:
        key = ("front_door", "cache", "enabled")
        yield (
            f"{environment.source_of(key)}: {key_of(key)} = true keeps nothing while"
            " front_door.session_affinity is true: Front Door caches no answer with its cookie"
        )


def _leaves(value: object, at: Location = ()) -> Iterator[tuple[Location, object]]:
    if isinstance(value, Table):
        for name in type(value).model_fields:
            yield from _leaves(getattr(value, name), (*at, name))
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, (*at, str(name)))
    elif isinstance(value, tuple) and any(isinstance(each, Table) for each in value):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*at, index))
    else:
        yield at, value


def toml(value: object) -> str:
    """A value as a settings file has it."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key_of((str(key),))} = {toml(each)}" for key, each in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(toml(each) for each in value)}]"
    return json.dumps(value, ensure_ascii=False)
