"""Long commands for `sh`, broken with backslashes where that changes nothing."""

from collections.abc import Iterator

WIDTH = 110
INDENT = "    "


def broken(command: str) -> str:
    """A command over several lines, none longer than can be read where there is a place to break.

    Between two arguments that is before an option; inside of double quotes it is at any blank,
    and the next line begins at the left, since blanks count there. Single quotes stay whole.

    Args:
        command: one line, with no command substitution that has quotes of its own.
    """
    margin = command[: len(command) - len(command.lstrip())] + INDENT
    lines, line = [], ""
    for piece, is_quoted in _pieces(command):
        if line.strip() and len(line) + len(piece) > WIDTH:
            lines.append(f"{line}\\")
            line = "" if is_quoted else margin
        line += piece
    return "\n".join([*lines, line])


def _pieces(command: str) -> Iterator[tuple[str, bool]]:
    """What stays on one line, with the blank after it; whether it begins inside quotes."""
    begin, quote, began_in = 0, "", ""
    for at, character in enumerate(command):
        if character in "'\"" and quote in ("", character):
            quote = "" if quote else character
        is_option = not quote and command.startswith(" --", at)
        if is_option or (quote == '"' and character == " "):
            yield command[begin : at + 1], bool(began_in)
            begin, began_in = at + 1, quote
    yield command[begin:], bool(began_in)
