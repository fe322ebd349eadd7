"""Values of a Helm chart as text, so that Helm reads what was meant."""

import re
from collections.abc import Mapping
from typing import Any

import yaml


def yaml_text(values: Mapping[str, Any]) -> str:
    """Values as YAML, in the order they are given, so that Helm reads every text as a text."""
    text: str = yaml.dump(dict(values), Dumper=_Dumper, sort_keys=False, width=1000)
    return text


class _Dumper(yaml.SafeDumper):
    """Quotes what Python's YAML leaves bare and Go's YAML, in Helm, reads as something else."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        """Write what stands in two places twice: a reader of a plan looks for no anchors."""
        return True


# Numbers such as 1e3, 0o17, 0x1F and 1_000, and the short forms of true and false (go-yaml,
# resolve.go).
_READ_OTHERWISE_BY_GO = re.compile(
    r"[-+]?(\.\d+|\d[\d_]*(\.[\d_]*)?)([eE][-+]?\d+)?|[-+]?0[bBoOxX][\da-fA-F_]+|[yYnN]", re.ASCII
)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "'" if _READ_OTHERWISE_BY_GO.fullmatch(text) else None
    # Without a style the dumper chooses, and quotes where Python would read something else.
    plain = yaml.SafeDumper.represent_str(dumper, text)
    return yaml.ScalarNode(plain.tag, text, style=style) if style else plain


_Dumper.add_representer(str, _represent_text)
