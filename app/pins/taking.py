"""Takes pins: what stacks need is asked for, compared with what was pinned before, and kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from app.errors import Problem, UserError
from app.output_folder import written_whole
from app.pins import programs, registry
from app.pins.archives import archive, sha256_of
from app.pins.needs import Chart, Needs, Provider
from app.pins.registry import RefusedError
from app.pins.store import (
    FOLDER,
    Pins,
    hashes_of,
    names,
    read,
    write,
)
from rules.images import image

KINDS = ("providers", "charts", "images")
T = TypeVar("T")
_REACH = "run make pins where its registry can be reached"
_REACH_CHART = f"{_REACH}, after helm registry login where it wants one"
_REACH_PROVIDER = f'{_REACH}, or with a mirror of it: ARGS="--mirror PLACE"'
_OTHER_MIRROR = "bring it into the mirror, or run make pins without --mirror"


@dataclass(frozen=True, kw_only=True)
class Options:
    """How pins are taken.

    Args:
        kinds: which; the others stay as they are.
        renew: whether another hash than before is taken for the same version or tag.
        prune: whether what these settings do not need is taken away.
        mirror: where providers come from, a folder or an https:// address; else the registry.
    """

    kinds: Iterable[str] = KINDS
    renew: bool = False
    prune: bool = False
    mirror: str | None = None


@dataclass
class Run:
    """What a run has found so far."""

    options: Options
    say: Callable[[str], None]
    problems: list[Problem] = field(default_factory=list)

    def asked(self, what: object, ask: Callable[[], T], fix: str = _REACH) -> T | None:
        """What a registry says; None, and a problem with this fix, where it says nothing."""
        try:
            found = ask()
        except RefusedError as refused:
            allowed = f"one that can be had here; {refused}"
            self.problems.append(Problem(source=str(what), allowed=allowed, fix=fix))
            return None
        self.say(f"{what}: read")
        return found

    def accepts(self, what: object, before: str, now: str) -> bool:
        """Whether a hash may take the place of another; a problem where it may not."""
        if before == now or self.options.renew:
            return True
        self.problems.append(
            Problem(
                source=str(what),
                key="hash",
                value=now,
                allowed=f"{before}, as it was pinned: the same version has another content now",
                fix="find out why; then make pins ARGS=--renew takes the new one",
            )
        )
        return False


def take(needs: Needs, options: Options, say: Callable[[str], None], folder: Path = FOLDER) -> Pins:
    """Ask for the hash of everything, and write them; all or none.

    Args:
        needs: what the stacks need.
        options: how.
        say: prints a line.
        folder: where the pins lie.

    Returns:
        what is pinned now.

    Raises:
        UserError: a line for each thing that cannot be had, or that has changed.
    """
    _refuse_no_mirror(options.mirror)
    run = Run(options, say)
    before = read(folder)
    archives: dict[str, bytes] = {}
    pins = Pins(
        providers=_providers(run, needs, before) if _wants(run, "providers") else before.providers,
        charts=_charts(run, needs, before, archives) if _wants(run, "charts") else before.charts,
        images=_images(run, needs, before) if _wants(run, "images") else before.images,
    )
    if run.problems:
        raise UserError(run.problems)
    with written_whole(folder) as new:
        write(pins, new)
        (new / "charts").mkdir(exist_ok=True)
        for name, content in archives.items():
            (new / "charts" / name).write_bytes(content)
    _remove_others(pins, folder)
    return pins


def not_needed(pins: Pins, needs: Needs) -> Iterator[str]:
    """What is pinned and these stacks do not need."""
    yield from (str(each) for _, each in pins.providers or {} if each not in needs.providers)
    yield from (str(each) for each in pins.charts or {} if each not in needs.charts)
    yield from (f"image {each}" for each in pins.images or {} if each not in needs.images)


def _refuse_no_mirror(mirror: str | None) -> None:
    if mirror is None or mirror.startswith("https://") or Path(mirror).is_dir():
        return
    raise UserError(
        [
            Problem(
                source="--mirror",
                value=mirror,
                allowed="a folder that is there, or an https:// address",
                fix="fill one with terraform providers mirror, or run make pins without it",
            )
        ]
    )


def _wants(run: Run, kind: str) -> bool:
    return kind in run.options.kinds


def _kept(run: Run, before: Mapping[T, str] | None, needed: Callable[[T], bool]) -> dict[T, str]:
    """What was pinned before and stays: other settings may need it."""
    return {
        key: value for key, value in (before or {}).items() if needed(key) or not run.options.prune
    }


def _providers(run: Run, needs: Needs, before: Pins) -> dict[tuple[str, Provider], str]:
    pinned = _kept(run, before.providers, lambda key: key[1] in needs.providers)
    for each in sorted(needs.providers):
        fix = _REACH_PROVIDER if run.options.mirror is None else _OTHER_MIRROR
        found = run.asked(each, partial(programs.locked, each, run.options.mirror), fix)
        if found is None:
            continue
        host, block = found
        old = pinned.get((host, each))
        gone = _gone(old, block) if old is not None else []
        if gone and not run.accepts(each, ", ".join(gone), ", ".join(sorted(hashes_of(block)))):
            continue
        # A mirror knows fewer than the registry, whose hashes stay.
        if old is None or gone or hashes_of(block) > hashes_of(old):
            pinned[host, each] = block
    return pinned


def _gone(old: str, new: str) -> list[str]:
    """The hashes that are not there any more, of the schemes that are."""
    had, has = hashes_of(old), hashes_of(new)
    schemes = {each.partition(":")[0] for each in has}
    return sorted(each for each in had - has if each.partition(":")[0] in schemes)


def _charts(run: Run, needs: Needs, before: Pins, archives: dict[str, bytes]) -> dict[Chart, str]:
    pinned = _kept(run, before.charts, lambda key: key in needs.charts)
    for each in sorted(needs.charts):
        content = run.asked(each, partial(programs.pulled, each), _REACH_CHART)
        if content is None:
            continue
        sha256 = sha256_of(content)
        if run.accepts(each, pinned.get(each, sha256), sha256):
            pinned[each] = sha256
            archives[archive(each, sha256)] = content
    return pinned


def _images(run: Run, needs: Needs, before: Pins) -> dict[str, str]:
    pinned = _kept(run, before.images, lambda key: key in needs.images)
    for each in sorted(needs.images):
        digest = run.asked(f"image {each}", partial(registry.digest_of, image(each)))
        if digest is not None and run.accepts(f"image {each}", pinned.get(each, digest), digest):
            pinned[each] = digest
    return pinned


def _remove_others(pins: Pins, folder: Path) -> None:
    """Take away files of pins that are no more; files of other people stay."""
    belonging = set(names(pins))
    for pattern in ("charts/*.tgz", "providers/*/*/*/*.lock.hcl"):
        for file in folder.glob(pattern):
            if file.relative_to(folder).as_posix() not in belonging:
                file.unlink()
