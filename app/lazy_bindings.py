"""Imports of provider bindings that load only the resources that are used.

A binding comes in two halves, and each would load all resources of its provider, 1,527 for azurerm,
of which the two stacks name about fifteen. That takes longer than all the rest of a synth.

- Python: the __init__ of the package imports every resource, so that jsii knows all their types. An
  app needs only those that it names, and each resource's own module registers them. So the package
  object is made from its spec, as Python's import system would make it, and its body is left out.
- Node.js, in which jsii runs: the entry of the npm package loads every resource too. Beside it lies
  a lazy index, which lazy_bindings.cjs puts in its place.

Import lines and types stay what they are:

    from cdktf_cdktf_provider_azurerm.subnet import Subnet

Nothing of jsii or of the bindings is changed. Where a binding is not the one we know, it is loaded
as always: slower, and right. docs/performance.md says what this gains,
docs/decisions/lazy-bindings.md why it is here.
"""

import importlib.util
import os
import re
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path

PROVIDERS = (
    "cdktf_cdktf_provider_azurerm",
    "cdktf_cdktf_provider_helm",
    "cdktf_cdktf_provider_kubernetes",
)
HOOK = Path(__file__).with_suffix(".cjs")

# The generator writes the imports of all resources at the end, under this comment.
_LOADS_ALL = re.compile(
    r"\nfrom \._jsii import \*\n"
    r"(?:(?!\nclass |\ndef ).)*"
    r"\n# Loading modules to ensure their types are registered with the jsii runtime library\n"
    r"(?:from \. import \w+\n)+\Z",
    re.DOTALL,
)


def load_only_what_is_used(packages: Sequence[str] = PROVIDERS) -> tuple[str, ...]:
    """Call this before anything imports cdktf or a binding.

    Args:
        packages: names of provider bindings.

    Returns:
        the packages whose body is left out. Those that are imported already, are not installed, or
        do more in their __init__ than import their resources, are left alone.
    """
    # Quoted as Node.js reads it: blanks and letters of any alphabet as they are.
    path = str(HOOK).replace("\\", "\\\\").replace('"', '\\"')
    option = f'--require="{path}"'
    options = os.environ.get("NODE_OPTIONS", "")
    if HOOK.exists() and option not in options:
        os.environ["NODE_OPTIONS"] = f"{options} {option}".strip()
    return tuple(name for name in packages if _leave_out_body(name))


def _leave_out_body(name: str) -> bool:
    if name in sys.modules:
        return False
    spec = importlib.util.find_spec(name)
    if spec is None or not _only_loads_all(spec):
        return False
    sys.modules[name] = importlib.util.module_from_spec(spec)
    return True


def _only_loads_all(spec: ModuleSpec) -> bool:
    get_source = getattr(spec.loader, "get_source", None)
    source = get_source(spec.name) if get_source is not None else None
    return source is not None and _LOADS_ALL.search(source) is not None
