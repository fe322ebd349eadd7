"""Our programs of the shell say how they are called, where they are called without arguments."""

import subprocess

import pytest

from tests.rendering import ROOT
from tools import documents


@pytest.mark.parametrize(
    ("program", "usage"),
    [
        ("tools/sbom", "sbom FOLDER"),
        ("tools/install-helm", "install-helm FOLDER PYTHON"),
        ("tools/install-go-tool", "install-go-tool NAME FOLDER"),
        ("tools/pipeline/install-terraform", "install-terraform VERSION FOLDER"),
        ("tools/pipeline/as-connection", "as-connection COMMAND [ARGUMENT ...]"),
    ],
)
def test_a_program_without_its_arguments_says_its_usage(program: str, usage: str) -> None:
    done = subprocess.run([ROOT / program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"usage: {usage}\n")


def test_an_option_that_there_is_not_writes_no_document(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        documents.main(["--nope"])
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "unrecognized arguments: --nope" in said.err
