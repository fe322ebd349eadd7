"""What `make bench` measures can be measured."""

from pathlib import Path

from settings import load_environments
from tools.bench import environment_files


def test_its_environments_are_accepted_together(tmp_path: Path) -> None:
    assert len(load_environments(environment_files(tmp_path, 3))) == 3
