"""The bytes are the same with stock imports, which load everything and take their time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.synthesis import Stacks
from tests.test_output import content_of

ROOT = Path(__file__).parents[1]
STOCK = """
import sys
from app.preflight import quieten
quieten()
from app.output_folder import output_folder
from settings import load_environments, settings_files
from stacks.app import synthesize
synthesize(load_environments(settings_files()), None, output_folder())
assert "cdktf_cdktf_provider_azurerm.windows_web_app" in sys.modules
"""


@pytest.mark.slow
def test_stock_imports_give_the_same_bytes(tmp_path: Path, output: Path, shipped: Stacks) -> None:
    environment = os.environ | {
        "CDKTF_OUTDIR": str(tmp_path / "out"),
        "SETTINGS": str(ROOT / "settings.toml"),
        "PYTHONPATH": str(ROOT),
        "NODE_OPTIONS": "",
    }
    subprocess.run([sys.executable, "-c", STOCK], cwd=tmp_path, env=environment, check=True)
    assert content_of(tmp_path / "out") == content_of(output)
