"""Synthesized JSON, of one construct or of the stacks of a settings file."""

import json
from pathlib import Path
from typing import Any

import yaml
from cdktf import TerraformStack, Testing

from settings import load_environments
from stacks.app import synthesize as write_stacks

Json = dict[str, Any]
Stacks = dict[str, Json]


def synth(stack: TerraformStack) -> Json:
    """What a stack with a construct in it synthesizes to."""
    content: Json = json.loads(Testing.synth(stack))
    return content


def synthesize(settings_file: Path, folder: Path) -> Stacks:
    """The stacks of a settings file, written to a folder and read back."""
    write_stacks(load_environments([settings_file]), None, folder)
    return {
        path.parent.name: json.loads(path.read_text())
        for path in sorted(folder.glob("stacks/*/cdk.tf.json"))
    }


def settings_text(folder: Path, text: str) -> Path:
    """A settings file with this text."""
    path = folder / "settings.toml"
    path.write_text(text)
    return path


def values(release: Json) -> Json:
    """The values of a Helm release in synthesized JSON."""
    content: Json = yaml.safe_load(release["values"][0])
    return content
