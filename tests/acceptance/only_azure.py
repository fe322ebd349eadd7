"""The app as `cdktf` runs it, with the stack istio reduced to what it asks of Azure."""

import os
import sys
from pathlib import Path

from main import main
from tests.acceptance.project import azure_half

if __name__ == "__main__":
    code = main(sys.argv[1:])
    if code == 0 and Path(os.environ["CDKTF_OUTDIR"], "stacks/istio").exists():
        azure_half(Path(os.environ["CDKTF_OUTDIR"]))
    sys.exit(code)
