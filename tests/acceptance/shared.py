"""What is made once for a run, though several processes share the run."""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """The folder, after `make` has filled it; whoever comes second waits and finds it made.

    A `make` that failed is tried again by the next.
    """
    lock_file = folder.parent / f"{folder.name}.lock"
    done = folder.parent / f"{folder.name}.done"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with lock_file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder
