"""What Terraform, OpenTofu and Helm say of an error, in one line."""

import re
import textwrap

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# Of the boxes that Terraform draws.
_FRAME = {ord(each): " " for each in "│╷╵"}
_BEGIN = re.compile(r"^ *(Error|Warning): ", re.MULTILINE)


def last_error(text: str, longest: int = 300) -> str:
    """The last error of what a program says, without colours, frames and warnings.

    Args:
        text: all that it says.
        longest: how many characters at most; cut between two words.
    """
    plain = _COLOUR.sub("", text).translate(_FRAME)
    begins = list(_BEGIN.finditer(plain))
    ends = [*(each.start() for each in begins[1:]), len(plain)]
    errors = [
        plain[each.end() : end]
        for each, end in zip(begins, ends, strict=False)
        if each[1] == "Error"
    ]
    return textwrap.shorten(errors[-1] if errors else plain, longest, placeholder=" …")
