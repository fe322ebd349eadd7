"""What was seen of each shape, and what istiod was given for it."""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from copy import deepcopy
from functools import cache
from pathlib import Path

from tests.gateway_recording import FRONT_DOOR_ID, identity, releases_of
from tests.mesh.shapes import Shape, Values
from tests.synthesis import Json, Stacks, settings_text, synthesize, values

ROOT = Path(__file__).parents[2]
RECORDED = Path(__file__).parents[1] / "recorded" / "mesh"
# What our JSON refers to and only Terraform knows.
_KNOWN_LATER = {
    r"\$\{kubernetes_namespace_v1\.([a-z-]+)-namespace\.metadata\[0\]\.name\}": r"\1",
    r"\$\{(?:data\.)?azurerm_cdn_frontdoor_profile\.front-door\.resource_guid\}": FRONT_DOOR_ID,
    r"\$\{var\.front_door_id\}": FRONT_DOOR_ID,
}


def recorded(shape: str) -> Json:
    """What was seen of a shape."""
    content: Json = json.loads((RECORDED / f"{shape}.json").read_text())
    return content


def stack_of(shape: Shape) -> Json:
    """The stack of a shape that has the mesh in it."""
    made = _of_program(shape.program) if shape.program else _of_settings(shape.settings)
    return deepcopy(made)


def given(stack: Json, shape: Shape) -> Json:
    """What istiod is given: its version, a hash of charts and values, and what was changed."""
    same = identity(stack)
    ours = values_of(stack)
    changed = shape.changed(ours)
    if changed != ours:
        text = json.dumps(changed, sort_keys=True)
        same["changed_sha256"] = hashlib.sha256(text.encode()).hexdigest()
    if shape.tells_the_id:
        same["fault"] = True
    return same


def values_of(stack: Json) -> Values:
    """The values of each release of the mesh, with what Terraform will know put in its place."""
    return {
        name: known(values(release) if "values" in release else {})
        for name, release in releases_of(stack).items()
    }


def known(part: Json) -> Json:
    """The same, with what Terraform will know put in its place."""
    text = json.dumps(part)
    for pattern, later in _KNOWN_LATER.items():
        text = re.sub(pattern, later, text)
    content: Json = json.loads(text)
    return content


def istio_of(stacks: Stacks) -> Json:
    """The stack istio, whatever the environment is called."""
    return next(each for name, each in stacks.items() if name.endswith("istio"))


@cache
def _of_settings(text: str) -> Json:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        return istio_of(synthesize(settings_text(folder, text), folder / "out"))


@cache
def _of_program(module: str) -> Json:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", module],
            cwd=ROOT,
            env=os.environ | {"CDKTF_OUTDIR": folder},
            check=True,
            capture_output=True,
        )
        (file,) = Path(folder).glob("stacks/*/cdk.tf.json")
        content: Json = json.loads(file.read_text())
    return content
