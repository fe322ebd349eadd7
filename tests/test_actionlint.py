"""The workflows, judged by actionlint."""

import os
import shutil
import subprocess

import pytest

from tests.rendering import ROOT

BUILT = ROOT / ".tools" / "actionlint" / "actionlint"
MISSING = "WORKFLOWS NOT JUDGED: there is no actionlint; `make .tools/actionlint/.ready` builds it"


def test_actionlint_has_no_complaint() -> None:
    found = str(BUILT) if BUILT.exists() else shutil.which("actionlint")
    if found is None:
        assert not os.environ.get("CI"), MISSING
        pytest.skip(MISSING)
    done = subprocess.run([found], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == ""
