"""Ctrl-C, and the signal that ends a job in CI: one line, and nothing half written."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

_ENDING = (signal.SIGINT, signal.SIGTERM)
# A terminal that is closed ends what runs in it; Terraform then has a minute to give up its lock.
_HANDED_ON = (*_ENDING, signal.SIGHUP)
_unfinished: list[Path] = []
_words = ["nothing was written"]
Process = subprocess.Popen[bytes]


class Interrupted(Exception):  # noqa: N818 - no error
    """A signal came while another program ran, which was told and has ended."""

    def __init__(self, number: int) -> None:
        self.code = 128 + number
        super().__init__("interrupted: Terraform was told, and what it says above is how it is")


def end_in_one_line() -> None:
    """Let a signal end the program with one line and the status that shells expect.

    Python would raise an exception wherever it happens to be, in jsii's threads as well.
    """
    for number in _ENDING:
        signal.signal(number, _end)


def end_now(code: int) -> NoReturn:
    """End without a word: a terminal has told Node.js as well, and jsii would miss it."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def nobody_reads() -> NoReturn:
    """End as other programs do when `head` or a pager has read enough: without a word."""
    os._exit(128 + signal.SIGPIPE)


def too_late_to_end() -> None:
    """Let signals pass: everything is written, and Python is about to end by itself."""
    for number in _ENDING:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def unfinished(folder: Path, words: str = "nothing was written") -> Iterator[None]:
    """Remove the folder when a signal ends the program meanwhile, and say what has not happened."""
    _unfinished.append(folder)
    _words.append(words)
    try:
        yield
    finally:
        _unfinished.remove(folder)
        _words.remove(words)


@contextmanager
def passed_on() -> Iterator[Callable[[Process], Process]]:
    """Pass signals on to another program, and go on until it has ended.

    It must be in a process group of its own: a terminal tells everybody in the group, and Terraform
    takes the second signal for an order to drop everything.

    Yields:
        What to call with the program as soon as it is started.

    Raises:
        Interrupted: a signal came.
    """
    came: list[int] = []
    running: list[Process] = []

    def pass_on(number: int, _frame: FrameType | None) -> None:
        came.append(number)
        for process in running:
            process.send_signal(signal.SIGINT)

    def started(process: Process) -> Process:
        running.append(process)
        for _ in came:
            process.send_signal(signal.SIGINT)
        return process

    before = {number: signal.signal(number, pass_on) for number in _HANDED_ON}
    try:
        yield started
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if came:
        raise Interrupted(came[0])


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
    os.write(2, f"interrupted: {_words[-1]}\n".encode())
    os._exit(128 + number)


def _remove(folder: Path) -> None:
    # Node.js may be writing into it until it notices that nobody listens.
    for _ in range(20):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.05)
