"""Imports of provider bindings that load only the resources that are used.

The __init__ of a binding imports every resource of its provider, 1,527 modules for azurerm, so that
jsii knows all their types. That takes longer than all the rest of a synth. An app needs only the
types that it names: each resource's own module registers them, and loads the provider's assembly.

So the package object is made from its spec, as Python's import system would make it, and its body
is left out. Import lines and types stay what they are:

    from cdktf_cdktf_provider_azurerm.subnet import Subnet

Nothing of jsii or of the bindings is changed. Where a body is not the one we know, the package is
left to the stock import: slower, and right.
"""

import importlib.util
import re
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec

PROVIDERS = (
    "cdktf_cdktf_provider_azurerm",
    "cdktf_cdktf_provider_helm",
    "cdktf_cdktf_provider_kubernetes",
)

# The generator writes the imports of all resources at the end, under this comment.
_LOADS_ALL = re.compile(
    r"\nfrom \._jsii import \*\n"
    r"(?:(?!\nclass |\ndef ).)*"
    r"\n# Loading modules to ensure their types are registered with the jsii runtime library\n"
    r"(?:from \. import \w+\n)+\Z",
    re.DOTALL,
)


def load_only_what_is_used(packages: Sequence[str] = PROVIDERS) -> tuple[str, ...]:
    """Leave out the bodies of these packages; call it before anything imports them.

    Args:
        packages: names of provider bindings.

    Returns:
        the packages whose body is left out. Those that are imported already, are not installed, or
        do more in their __init__ than import their resources, are left alone.
    """
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
