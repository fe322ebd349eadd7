"""What is another in two folders that stacks were synthesized to, and what of it is listed."""

import json
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

LISTED = Path(__file__).with_name("differences.toml")
_NOTHING = object()


@dataclass(frozen=True)
class Difference:
    """A value that is another: in which file, at which key, and what it was and is."""

    file: str
    key: str
    before: object
    after: object

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        return f"{where}: {_shown(self.before)} on cdktf, {_shown(self.after)} on cdktn"

    def covers(self, other: "Difference") -> bool:
        """Whether the other is this one, in one of the files that this is said of."""
        return PurePosixPath(other.file).match(self.file) and (
            (self.key, self.before, self.after) == (other.key, other.before, other.after)
        )


def listed(path: Path = LISTED) -> list[Difference]:
    """The differences that are to be expected."""
    entries = tomllib.loads(path.read_text())["difference"]
    return [
        Difference(each["file"], each["key"], each["before"], each["after"]) for each in entries
    ]


def differences(before: Path, after: Path) -> Iterator[Difference]:
    """Compare two folders: JSON value by value, any other file byte by byte.

    Args:
        before: what was synthesized with cdktf.
        after: the same with cdktn.
    """
    files = {
        path.relative_to(folder).as_posix()
        for folder in (before, after)
        for path in folder.rglob("*")
        if path.is_file()
    }
    for file in sorted(files):
        old, new = before / file, after / file
        if not (old.exists() and new.exists()):
            yield Difference(file, "", _there(old), _there(new))
        elif file.endswith(".json"):
            yield from _values(file, (), json.loads(old.read_text()), json.loads(new.read_text()))
        elif old.read_bytes() != new.read_bytes():
            yield Difference(file, "", _content(old), _content(new))


def unlisted(found: Iterable[Difference], expected: Sequence[Difference]) -> list[Difference]:
    """Those of the differences that are not to be expected."""
    return [each for each in found if not any(one.covers(each) for one in expected)]


def unseen(found: Sequence[Difference], expected: Iterable[Difference]) -> list[str]:
    """A line for each difference that is listed, and nowhere among those that were found."""
    return [
        f"{each}: listed in {LISTED.name}, and seen nowhere"
        for each in expected
        if not any(each.covers(one) for one in found)
    ]


def _values(file: str, key: tuple[str, ...], old: object, new: object) -> Iterator[Difference]:
    if isinstance(old, dict) and isinstance(new, dict):
        for name in sorted(old.keys() | new.keys()):
            yield from _values(file, (*key, name), old.get(name, _NOTHING), new.get(name, _NOTHING))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _values(file, (*key, str(index)), one, other)
    elif (type(old), old) != (type(new), new):
        yield Difference(file, ".".join(key), old, new)


def _there(path: Path) -> object:
    return "a file" if path.exists() else _NOTHING


def _content(path: Path) -> str:
    return path.read_text(errors="replace")


def _shown(value: object) -> str:
    return "nothing" if value is _NOTHING else json.dumps(value, ensure_ascii=False)
