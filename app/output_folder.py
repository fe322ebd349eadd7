"""The folder that is synthesized to: it gets everything, or stays as it was."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import Problem, UserError
from app.interruption import unfinished, uninterrupted

# Errors of the system as Node.js words them; a person can do something about these.
_NODE_ERROR = re.compile(r"\b(?:ENOSPC|EDQUOT|EACCES|EPERM|EROFS|ENOTDIR|EIO): ([^,\n]+)")


def output_folder() -> Path:
    """cdktf.out, or what CDKTF_OUTDIR names, as cdktf itself has it."""
    return Path(os.environ.get("CDKTF_OUTDIR") or "cdktf.out")


@contextmanager
def written_whole(folder: Path) -> Iterator[Path]:
    """A folder to write to, whose files replace those of the other at the end, all or none.

    Files of the other that are not written anew stay: Terraform keeps its providers there.

    Raises:
        UserError: when the system refuses to write; the folder is as it was.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Beside it, so that files can be moved and need no room a second time.
        new = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        with unfinished(new):
            try:
                yield new
                _replace(folder, new)
            finally:
                shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise _refused(folder, error.strerror or str(error)) from None
    except Exception as error:
        found = _NODE_ERROR.search(str(error))
        if found is None:
            raise
        raise _refused(folder, found[1]) from None


def _replace(folder: Path, new: Path) -> None:
    files = [path.relative_to(new) for path in sorted(new.rglob("*")) if path.is_file()]
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
    with uninterrupted():
        for file in files:
            os.replace(new / file, folder / file)


def _refused(folder: Path, reason: str) -> UserError:
    return UserError(
        [
            Problem(
                source=str(folder),
                allowed="a folder that can be written to, with room in it",
                fix=f"the system says: {reason[:1].lower()}{reason[1:]}",
            )
        ]
    )
