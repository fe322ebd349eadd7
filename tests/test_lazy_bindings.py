"""What a synth loads of the provider bindings."""

import ast
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from app.lazy_bindings import load_only_what_is_used

ROOT = Path(__file__).parents[1]
BINDINGS = ("azurerm", "helm", "kubernetes")

# Says at the end what Node.js has loaded of the providers' resources. jsii runs as two processes,
# of which one loads nothing.
NODE_WITNESS = r"""
const { writeFileSync } = require("node:fs");
const RESOURCE = /provider-(azurerm|helm|kubernetes).*[\\/]lib[\\/]([\w-]+)[\\/]/;
process.on("exit", () => {
  const found = Object.keys(require.cache).map((file) => file.match(RESOURCE)).filter(Boolean);
  const names = found.map((each) => `${each[1]}.${each[2].replaceAll("-", "_")}`);
  if (names.length) writeFileSync(process.env.WITNESS, JSON.stringify([...new Set(names)]));
});
"""
PYTHON_WITNESS = """
import json, runpy, sys
try:
    runpy.run_path(sys.argv.pop(1), run_name="__main__")
except SystemExit as ended:
    assert ended.code == 0
loaded = {tuple(name.split(".")[:2]) for name in sys.modules if "." in name}
print(json.dumps(sorted(
    f"{package.removeprefix('cdktf_cdktf_provider_')}.{module}"
    for package, module in loaded
    if package.startswith("cdktf_cdktf_provider_") and module != "_jsii"
)))
"""


def imported_by_us() -> set[str]:
    """The resource modules that the code names in its import lines."""
    found = set()
    for path in [*(ROOT / "stacks").rglob("*.py"), *(ROOT / "constructs").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                package, _, module = node.module.partition(".")
                if package.startswith("cdktf_cdktf_provider_"):
                    found.add(f"{package.removeprefix('cdktf_cdktf_provider_')}.{module}")
    return found


def synthesize(folder: Path, *arguments: str) -> tuple[set[str], set[str]]:
    """What Python and what Node.js have loaded after a synth."""
    (folder / "witness.cjs").write_text(NODE_WITNESS)
    environment = os.environ | {
        "NODE_OPTIONS": f'--require="{folder}/witness.cjs"',
        "WITNESS": str(folder / "node.json"),
        "CDKTF_OUTDIR": str(folder / "out"),
        "SETTINGS": str(ROOT / "settings.toml"),
        "PYTHONPATH": str(ROOT),
    }
    ended = subprocess.run(
        [sys.executable, "-c", PYTHON_WITNESS, str(ROOT / "main.py"), *arguments],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = ended.stdout.splitlines()[-1]
    return set(json.loads(loaded)), set(json.loads((folder / "node.json").read_text()))


def test_only_the_resources_in_our_import_lines_are_loaded(tmp_path: Path) -> None:
    python, node = synthesize(tmp_path)
    assert python == imported_by_us()
    assert node <= imported_by_us()
    assert "azurerm.kubernetes_cluster" in node


def test_the_stack_aks_loads_no_other_provider(tmp_path: Path) -> None:
    python, _ = synthesize(tmp_path, "--stack", "aks")
    assert {name.split(".")[0] for name in python} == {"azurerm"}
    assert [path.name for path in (tmp_path / "out" / "stacks").iterdir()] == ["aks"]


def test_the_three_bindings_are_the_ones_we_know() -> None:
    # In a process of its own: here they are imported already.
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            "from app.lazy_bindings import load_only_what_is_used as load; print(load())",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.strip() == str(tuple(f"cdktf_cdktf_provider_{name}" for name in BINDINGS))


KNOWN = """
    from ._jsii import *

    __all__ = ["red", "blue"]

    # Loading modules to ensure their types are registered with the jsii runtime library
    from . import red
    from . import blue
"""
ANOTHER_COMMENT = KNOWN.replace("Loading modules", "Importing modules")
MORE_AT_THE_END = KNOWN + "    red.colour = 'red'\n"
A_CLASS_OF_ITS_OWN = KNOWN.replace("__all__", "class Colour: ...\n\n    __all__")


def package(folder: Path, name: str, body: str) -> str:
    """A binding with two resources and this __init__."""
    (folder / name / "_jsii").mkdir(parents=True)
    (folder / name / "__init__.py").write_text(textwrap.dedent(body))
    (folder / name / "_jsii" / "__init__.py").touch()
    for module in ("red", "blue"):
        (folder / name / f"{module}.py").write_text("from ._jsii import *\ncolour = __name__\n")
    return name


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_a_binding_of_the_known_form_loads_what_is_named(folder: Path) -> None:
    name = package(folder, "binding_of_known_form", KNOWN)
    assert load_only_what_is_used([name]) == (name,)
    from binding_of_known_form import red  # type: ignore[import-not-found]

    assert red.colour == "binding_of_known_form.red"
    assert "binding_of_known_form.blue" not in sys.modules


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("binding_with_another_comment", ANOTHER_COMMENT),
        ("binding_with_more_at_the_end", MORE_AT_THE_END),
        ("binding_with_a_class", A_CLASS_OF_ITS_OWN),
    ],
)
def test_a_binding_of_another_form_is_imported_as_always(
    folder: Path, name: str, body: str
) -> None:
    package(folder, name, body)
    assert load_only_what_is_used([name]) == ()
    __import__(name)
    assert f"{name}.blue" in sys.modules


def test_a_binding_that_is_not_installed_is_left_alone() -> None:
    assert load_only_what_is_used(["binding_that_is_nowhere"]) == ()


def test_options_of_node_that_are_set_already_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NODE_OPTIONS", "--max-old-space-size=4096")
    load_only_what_is_used([])
    load_only_what_is_used([])
    hook = json.dumps(str(ROOT / "app" / "lazy_bindings.cjs"))
    assert os.environ["NODE_OPTIONS"] == f"--max-old-space-size=4096 --require={hook}"
