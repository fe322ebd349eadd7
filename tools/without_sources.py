"""Takes the package index out of a Pipfile.lock, so that pip's own configuration decides."""

import json
import sys
from pathlib import Path

lock = Path(sys.argv[1])
content = json.loads(lock.read_text())
content["_meta"]["sources"] = []
lock.write_text(json.dumps(content, indent=4, sort_keys=True) + "\n")
