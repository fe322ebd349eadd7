"""The stack istio of settings that no cross rule was asked about: some are refused."""

import json
from pathlib import Path

from settings.environments import Environment
from settings.layers import Layers
from settings.model import Settings
from settings.table import DEFERRED
from stacks.app import synthesize
from tests.synthesis import Json, settings_text


def settings_of(source: str | Path, folder: Path) -> Environment:
    """Settings of a text or a file, each value checked by itself only."""
    path = source if isinstance(source, Path) else settings_text(folder, source)
    layers = Layers(path)
    settings = Settings.model_validate(layers.merged(), context=DEFERRED)
    return Environment(source=path, settings=settings, layers=layers)


def stacks_of(source: str | Path, folder: Path) -> tuple[Settings, Json]:
    """The settings of a text or a file, and the JSON of the stack istio."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = settings_of(source, folder)
    synthesize([environment], None, folder)
    path = folder / "stacks" / environment.stack_id("istio") / "cdk.tf.json"
    content: Json = json.loads(path.read_text())
    return environment.settings, content
