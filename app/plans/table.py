"""A plan as a table: for a terminal, for a pipe, and as GitHub's Markdown.

It has no value of the plan in it: addresses, what happens, arguments that are the cause, and what
is known of that.
"""

import sys
from collections import Counter
from collections.abc import Collection, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from app.plans.changes import Action, Change, Json, changed_outputs, changes
from app.plans.guard import LAST_ORIGIN, stopped, summary
from app.plans.risk import names
from app.plans.risks import risks_of
from app.plans.terraform import is_coloured

_STYLES = {
    Action.REPLACED: "bold red",
    Action.DESTROYED: "bold red",
    Action.ROTATED: "yellow",
    Action.ADDED: "green",
}
_HEADS = ("what happens", "to", "for", "see")
# A pipe has no width, and what reads it breaks lines as it likes.
_WIDE = 10_000


def counted(stack: str, plan: Json) -> str:
    """The plan in one line: the counts of what happens, the worst first."""
    counts = Counter(each.action for each in changes(plan))
    told = [f"{counts[action]} {action}" for action in Action if counts[action]]
    if outputs := len(changed_outputs(plan)):
        told.append(f"{outputs} output{'s' if outputs > 1 else ''} changed")
    return f"{stack}: {', '.join(told) or 'nothing changes'}"


def show(stack: str, plan: Json) -> None:
    """Print the table.

    Colours are for a terminal only, and where NO_COLOR is not set.
    """
    console = Console(
        highlight=False,
        width=None if sys.stdout.isatty() else _WIDE,
        force_terminal=is_coloured(),
        color_system="auto" if is_coloured() else None,
    )
    console.print(Text(f"\n{counted(stack, plan)}", style="bold"))
    rows, notes = _rows(plan)
    if not rows:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in _HEADS:
        table.add_column(head, overflow="fold")
    for change, causes, seen in rows:
        style = _STYLES.get(change.action, "")
        cells = [Text(change.action, style=style), Text(_address(change), style=style)]
        table.add_row(*cells, Text(", ".join(causes)), Text(_marks(seen)))
    # What nobody needs takes no room.
    for at in (3, 2):
        if not any(row[at - 1] for row in rows):
            del table.columns[at]
    with console.capture() as captured:
        console.print(table)
        for number, note in enumerate(notes, 1):
            console.print(Padding(Text(f"[{number}] {note}"), (1 if number == 1 else 0, 0, 0, 0)))
    # Blanks that fill a column to its width are of no use at the end of a line.
    print("\n".join(line.rstrip() for line in captured.get().splitlines()))


def markdown(stack: str, plan: Json, allowed: Collection[str] = ()) -> str:
    """The same as GitHub shows it; the first line has the counts."""
    lines = [f"**{counted(stack, plan)}**", ""]
    if refused := list(summary(plan, allowed)):
        lines += [*(f"> {each}" for each in refused), ""]
    rows, notes = _rows(plan)
    if rows:
        lines += [f"| {' | '.join(_HEADS)} |", "|---" * len(_HEADS) + "|"]
    for change, causes, seen in rows:
        is_bad = change.action in (Action.REPLACED, Action.DESTROYED)
        action = f"**{change.action}**" if is_bad else str(change.action)
        for_ = ", ".join(f"`{each}`" for each in causes)
        cells = (action, f"`{_address(change)}`", for_, _marks(seen))
        lines.append(f"| {' | '.join(each.replace('|', chr(92) + '|') for each in cells)} |")
    lines += ["", *(f"\\[{number}] {note}\n" for number, note in enumerate(notes, 1))]
    return "\n".join(lines).rstrip() + "\n"


def not_yet(stack: str, reasons: Sequence[str]) -> str:
    """The Markdown of a stack that cannot be planned yet."""
    return f"**{stack}: not planned yet**\n\n" + "".join(f"{each}\n" for each in reasons)


def _rows(plan: Json) -> tuple[list[tuple[Change, list[str], list[int]]], list[str]]:
    """Each change, the arguments that are the cause, and which notes are about it; the notes."""
    last = {change.address for change, reason in stopped(plan) if reason == LAST_ORIGIN}
    rows: list[tuple[Change, list[str], list[int]]] = []
    notes: list[str] = []
    for change in changes(plan):
        known = risks_of(change)
        causes = [*change.causes, *(path for each in known for path in each.paths(change))]
        sentences = [LAST_ORIGIN] if change.address in last else []
        sentences += [each.sentence for each in known]
        notes += [each for each in sentences if each not in notes]
        rows.append((change, names(causes), [notes.index(each) + 1 for each in sentences]))
    return rows, notes


def _marks(numbers: Sequence[int]) -> str:
    return " ".join(f"[{number}]" for number in numbers)


def _address(change: Change) -> str:
    text = f"{change.moved_from} to {change.address}" if change.moved_from else change.address
    # Where more happens than that, the first column does not say it.
    is_told = change.action is Action.IMPORTED or not change.is_imported
    return text if is_told else f"{text} (imported)"
