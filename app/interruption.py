"""Ctrl-C, and the signal that ends a job in CI: one line, and nothing half written."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

_ENDING = (signal.SIGINT, signal.SIGTERM)
_unfinished: list[Path] = []


def end_in_one_line() -> None:
    """Let a signal end the program with one line and the status that shells expect.

    Python would raise an exception wherever it happens to be, in jsii's threads as well.
    """
    for number in _ENDING:
        signal.signal(number, _end)


def too_late_to_end() -> None:
    """Let signals pass: everything is written, and Python is about to end by itself."""
    for number in _ENDING:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def unfinished(folder: Path) -> Iterator[None]:
    """Remove the folder when a signal ends the program meanwhile."""
    _unfinished.append(folder)
    try:
        yield
    finally:
        _unfinished.remove(folder)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let signals wait: for steps that belong together and take no time."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(number: int, _frame: FrameType | None) -> None:
    for folder in _unfinished:
        _remove(folder)
    os.write(2, b"interrupted: nothing was written\n")
    os._exit(128 + number)


def _remove(folder: Path) -> None:
    # Node.js may be writing into it until it notices that nobody listens.
    for _ in range(20):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.05)
