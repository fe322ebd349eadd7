"""What it costs, as it is printed: tables that fit into a terminal, and Markdown for a pipe."""

import sys
from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import Markdown, TableElement
from rich.table import Table


class _Folded(TableElement):
    """A table whose longest words go on in the next line; rich would cut them off."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for each in super().__rich_console__(console, options):
            if isinstance(each, Table):
                for column in each.columns:
                    column.overflow = "fold"
            yield each


class _Page(Markdown):
    elements: ClassVar = {**Markdown.elements, "table_open": _Folded}


def show(markdown: str) -> None:
    """Print a page: drawn where somebody looks at a terminal, as it is where a program reads it."""
    if sys.stdout.isatty():
        Console().print(_Page(markdown))
    else:
        sys.stdout.write(f"{markdown}\n")
