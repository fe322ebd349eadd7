"""Synthesizes the stacks of the settings to cdktf.out. Run by `cdktf synth`."""

import sys
from collections.abc import Sequence

from machine import check_machine, quieten
from problems import Problems


def main(arguments: Sequence[str]) -> int:
    """Check the machine and the settings, then write the stacks, or not with --check.

    Returns:
        0, or 2 with a line for each problem and nothing written.
    """
    quieten()
    try:
        check_machine()
        from settings import environment_of, load_settings, settings_file

        environment = environment_of(settings_file())
        settings = load_settings(settings_file())
    except Problems as problems:
        print(problems, file=sys.stderr)
        return 2
    if "--check" not in arguments:
        # Starts Node.js and takes seconds, so only for settings that are well.
        from provider_imports import load_only_what_is_used

        load_only_what_is_used()
        from stacks.app import synthesize

        synthesize(settings, environment)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
