"""The output is written whole or not at all."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.errors import UserError
from app.output_folder import written_whole

ROOT = Path(__file__).parents[1]
SLOW = """
import sys, time
from pathlib import Path
from app.interruption import end_in_one_line
from app.output_folder import written_whole
end_in_one_line()
with written_whole(Path(sys.argv[1])) as new:
    (new / "half").write_text("half")
    print("writing", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """An output of before, with what Terraform keeps in it."""
    folder = tmp_path / "out"
    (folder / "stacks/aks/.terraform").mkdir(parents=True)
    (folder / "stacks/aks/cdk.tf.json").write_text("before")
    return folder


def files(folder: Path) -> dict[str, str]:
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_text() for path in found}


def test_what_was_written_replaces_what_was_there(before: Path) -> None:
    with written_whole(before) as new:
        (new / "stacks/aks").mkdir(parents=True)
        (new / "stacks/aks/cdk.tf.json").write_text("after")
        (new / "manifest.json").write_text("after")
    assert files(before) == {"manifest.json": "after", "stacks/aks/cdk.tf.json": "after"}
    assert (before / "stacks/aks/.terraform").is_dir()
    assert [path.name for path in before.parent.iterdir()] == ["out"]


def test_a_parent_that_is_missing_is_made(tmp_path: Path) -> None:
    with written_whole(tmp_path / "a/b/out") as new:
        (new / "manifest.json").write_text("here")
    assert files(tmp_path / "a/b/out") == {"manifest.json": "here"}


def write_half(folder: Path, error: Exception) -> None:
    with written_whole(folder) as new:
        (new / "manifest.json").write_text("half")
        raise error


@pytest.mark.parametrize(
    "error",
    [
        OSError(28, "No space left on device"),
        RuntimeError("Error: ENOSPC: no space left on device, write"),
    ],
)
def test_a_full_disk_leaves_all_as_it_was(before: Path, error: Exception) -> None:
    with pytest.raises(UserError) as refused:
        write_half(before, error)
    assert str(refused.value) == (
        f"{before}: allowed: a folder that can be written to, with room in it;"
        " fix: the system says: no space left on device"
    )
    assert files(before.parent) == {"out/stacks/aks/cdk.tf.json": "before"}


def test_a_mistake_of_ours_is_not_dressed_up(before: Path) -> None:
    with pytest.raises(RuntimeError, match="ours"), written_whole(before):
        raise RuntimeError("ours")


def test_a_file_in_the_place_of_the_folder_gives_one_line(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with (
        pytest.raises(UserError, match="allowed: a folder that can be written to"),
        written_whole(tmp_path / "out") as new,
    ):
        (new / "manifest.json").write_text("here")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_with_one_line_and_leaves_all_as_it_was(
    before: Path, number: signal.Signals
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, str(before)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    process.send_signal(number)
    _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (128 + number, "interrupted: nothing was written\n")
    assert files(before.parent) == {"out/stacks/aks/cdk.tf.json": "before"}


@pytest.mark.parametrize("seconds", [0.3, 0.8])
def test_ctrl_c_during_a_synth_gives_one_line(before: Path, seconds: float) -> None:
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "main.py")],
        env=os.environ | {"SETTINGS": str(ROOT / "settings.toml"), "CDKTF_OUTDIR": str(before)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)
    if process.returncode == 0:
        return  # It was quicker.
    assert (process.returncode, said) == (130, "interrupted: nothing was written\n")
    assert files(before.parent) == {"out/stacks/aks/cdk.tf.json": "before"}
