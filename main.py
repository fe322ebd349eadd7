"""Synthesizes the stacks of the settings to cdktf.out. Run by `cdktf synth`."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from app.errors import UserError
from app.interruption import end_in_one_line, too_late_to_end
from app.preflight import check_machine, check_terraform, deploy_notes, quieten


def main(arguments: Sequence[str]) -> int:
    """Check the machine and the settings, then write the stacks.

    Returns:
        0, or 2 with a line for each problem and nothing written.
    """
    parser = ArgumentParser(prog="main.py", description=__doc__)
    parser.add_argument("--check", action="store_true", help="check only, and write nothing")
    parser.add_argument("--names", action="store_true", help="name the stacks, and write nothing")
    parser.add_argument("--terraform", action="store_true", help="refuse to go on without it")
    parser.add_argument("--stack", action="append", help="write this stack only; may be repeated")
    wanted = parser.parse_args(arguments)
    quieten()
    try:
        check_machine()
        if wanted.terraform:
            check_terraform()
        from app.output_folder import output_folder, written_whole
        from settings import chosen_stacks, load_environments, settings_files
        from settings.record import check_records, write_records

        environments = load_environments(settings_files())
        stacks = chosen_stacks(environments, wanted.stack)
        folder = output_folder()
        check_records(environments, folder.parent)
        if wanted.names:
            print("\n".join(stacks))
        elif wanted.check:
            print("\n".join(str(each) for each in environments))
            print("".join(f"note: {note}\n" for note in deploy_notes()), end="")
        else:
            # Starts Node.js and takes a second, so only for settings that are well.
            from app.lazy_bindings import load_only_what_is_used

            load_only_what_is_used()
            from stacks.app import synthesize

            with written_whole(folder) as new:
                synthesize(environments, stacks, new)
            write_records(environments, folder.parent)
            print("\n".join(f"{each.source}: read" for each in environments))
            print("\n".join(f"{folder}/stacks/{stack}/cdk.tf.json: written" for stack in stacks))
    except UserError as problems:
        print(problems, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    end_in_one_line()
    code = main(sys.argv[1:])
    too_late_to_end()
    sys.exit(code)
