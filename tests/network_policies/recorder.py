"""Ask real evaluators of network policies and write tests/recorded/network-policies.json.

    MESH_BINARIES=FOLDER .venv/bin/python -m tests.network_policies.recorder

The folder holds two small programs that read what `given` makes from the standard input and write a
list of true and false. cyclonus-answers asks matcher.BuildNetworkPolicies(...).IsTrafficAllowed of
the Go module github.com/mattfenwick/cyclonus 0.5.6; cilium-answers asks policy.LookupFlow of
github.com/cilium/cilium 1.18.6 about rules of k8s.ParseNetworkPolicy and CiliumNetworkPolicy.Parse,
with the option allow-localhost off, so that nothing comes in that no policy names.
"""

import json
import subprocess

from tests.mesh.kubernetes import program
from tests.network_policies.seen import ENGINES, PROGRAMS, RECORD, asked, given, identity, named


def main() -> None:
    """Ask both about every case."""
    seen = {}
    for engine in ENGINES:
        done = subprocess.run(
            [program(PROGRAMS[engine])],
            input=json.dumps(given(engine)),
            capture_output=True,
            text=True,
            check=True,
        )
        answers = json.loads(done.stdout)
        said = dict(zip(map(named, asked(engine)), answers, strict=True))
        seen[engine] = {"identity": identity(engine), "allowed": said}
    RECORD.write_text(json.dumps(seen, indent=1) + "\n")


if __name__ == "__main__":
    main()
