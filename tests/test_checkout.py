"""A checkout in a folder whose name has blanks, quotes and letters outside ASCII."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.synthesis import Stacks

ROOT = Path(__file__).parents[1]
FOLDERS = ("app", "constructs", "rules", "settings", "stacks")
SAYS_ITS_ARGUMENTS = """#!/bin/sh
for each in "$@"; do echo "[$each]"; done
"""
# Its plans change nothing.
TERRAFORM = """#!/bin/sh
case $1 in
    version) echo Terraform v1.11.4; exit ;;
    show) echo '{}'; exit ;;
esac
echo "[${PWD##*/}]"
for each in "$@"; do
    case $each in -out=*) : > "${each#-out=}" ;; *) echo "[$each]" ;; esac
done
"""
RUNS_OUR_PYTHON = f"""#!/bin/sh
exec "{sys.executable}" "$@"
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The program in such a folder, with stubs of the programs that make calls."""
    folder = tmp_path / 'Übung "1" 試'
    folder.mkdir()
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in [*ROOT.glob("*.py"), *ROOT.glob("*.cjs"), ROOT / "settings.toml"]:
        shutil.copy(file, folder)
    shutil.copy(ROOT / "Makefile", folder)
    for program, text in (
        (".venv/bin/python", RUNS_OUR_PYTHON),
        ("node_modules/.bin/cdktf", SAYS_ITS_ARGUMENTS),
        ("terraform", TERRAFORM),
    ):
        (folder / program).parent.mkdir(parents=True, exist_ok=True)
        (folder / program).write_text(text)
        (folder / program).chmod(0o755)
    return folder


def make(folder: Path, *arguments: str, **environment: str) -> list[str]:
    """What the programs that make calls say, with everything set up."""
    outer = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    ended = subprocess.run(
        ["make", "--assume-old=setup", *arguments],
        cwd=folder,
        env=outer | {"PATH": f"{folder}:{os.environ['PATH']}", "NODE_OPTIONS": ""} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout.splitlines()


def test_it_is_synthesized_as_anywhere_else(checkout: Path, output: Path, shipped: Stacks) -> None:
    assert make(checkout, "synth") == [
        "settings.toml: read",
        "cdktf.out/stacks/aks/cdk.tf.json: written",
        "cdktf.out/stacks/istio/cdk.tf.json: written",
    ]
    for stack in shipped:
        file = f"stacks/{stack}/cdk.tf.json"
        assert (checkout / "cdktf.out" / file).read_bytes() == (output / file).read_bytes()


def test_a_plan_gets_the_folder_of_the_environment_and_the_whole_path_of_its_variables(
    checkout: Path,
) -> None:
    (checkout / "settings.toml").write_text('environment = "prod"')
    (checkout / "my vars").write_text("")
    said = make(checkout, "plan", "VAR_FILE=my vars", "STACK=aks")
    assert said[-8:] == [
        "[prod-aks]",
        "[plan]",
        "[-no-color]",
        "[-input=false]",
        "[-detailed-exitcode]",
        f"[-var-file={checkout}/my vars]",
        "",
        "prod-aks: nothing changes",
    ]


def test_a_deploy_plans_every_stack_of_the_settings_in_their_order(checkout: Path) -> None:
    (checkout / "b.toml").write_text('environment = "b"\nnames.resource_group = "b"')
    (checkout / "my vars").write_text("")
    said = make(checkout, "deploy", "VAR_FILE=my vars", SETTINGS="b.toml,settings.toml")
    planned = [said[at - 1] for at, line in enumerate(said) if line == "[plan]"]
    assert planned == ["[b-aks]", "[b-istio]", "[aks]", "[istio]"]
    assert said.count(f"[-var-file={checkout}/my vars]") == 4


def test_a_destroy_gets_every_stack_of_the_settings_in_their_order(checkout: Path) -> None:
    (checkout / "b.toml").write_text('environment = "b"\nnames.resource_group = "b"')
    said = make(checkout, "destroy", "VAR_FILE=my vars", SETTINGS="b.toml,settings.toml")
    assert said[-7:] == [
        "[destroy]",
        "[b-aks]",
        "[b-istio]",
        "[aks]",
        "[istio]",
        "[--parallelism=1]",
        f"[--var-file={checkout}/my vars]",
    ]


# What a shell would run, or take apart, in every way in which a value can be quoted.
CRAFTED = (
    "contoso/`touch run`",
    "contoso/$(touch run)",
    'contoso/me"; touch run; "',
    "contoso/me'; touch run; '",
    '1.32.0" --check "',
    "shop *",
)


@pytest.mark.parametrize("value", CRAFTED)
@pytest.mark.parametrize(
    ("target", "names", "said"),
    [
        ("identities", ["REPOSITORY"], ["[--identities]", "[{}]"]),
        ("upgrade-plan", ["TO"], ["[--upgrade-plan]", "[{}]"]),
        ("adopt", ["AKS_STATE", "ISTIO_STATE"], ["[--terraform]", "[--adopt]", "[{}]", "[{}]"]),
        ("synth", ["STACK"], ["[--stack]", "[{}]"]),
        ("plan", ["STACK"], ["[--plan]", "[{}]", "[--stack]", "[{}]", "[--]"]),
    ],
)
def test_what_is_given_to_make_reaches_the_program_and_is_not_run(
    checkout: Path, target: str, names: list[str], said: list[str], value: str
) -> None:
    (checkout / ".venv/bin/python").write_text(SAYS_ITS_ARGUMENTS)
    given = [f"{name}={value.replace('$', '$$')}" for name in names]
    assert make(checkout, target, *given) == ["[main.py]", *(each.format(value) for each in said)]
    assert make(checkout, target, **dict.fromkeys(names, value))[1:] == [
        each.format(value) for each in said
    ]
    assert not (checkout / "run").exists()


@pytest.mark.parametrize(
    ("target", "before"),
    [("plan", ["[--plan]", "[aks]"]), ("deploy", ["[--deploy]"])],
)
def test_addresses_reach_the_program_one_by_one_with_their_quotes(
    checkout: Path, target: str, before: list[str]
) -> None:
    (checkout / ".venv/bin/python").write_text(SAYS_ITS_ARGUMENTS)
    addresses = ['helm_release.a["b"]', "`touch", "run`", "$(touch${IFS}run)", "*"]
    said = make(checkout, target, ALLOW=" ".join(addresses))
    each = [line for address in addresses for line in ("[--allow]", f"[{address}]")]
    assert said == ["[main.py]", *before, *each, "[--]"]
    assert make(checkout, target, ALLOW=" ") == ["[main.py]", *before, "[--]"]
    assert not (checkout / "run").exists()


def test_stacks_reach_a_destroy_one_by_one_and_are_not_run(checkout: Path) -> None:
    (checkout / ".venv/bin/python").write_text(SAYS_ITS_ARGUMENTS)
    said = make(checkout, "destroy", STACKS='a"b `touch run`')
    wanted = ["[--stack]", '[a"b]', "[--stack]", "[`touch]", "[--stack]", "[run`]"]
    assert said[:10] == ["[main.py]", "[--check]", "[--terraform]", "[--destroy]", *wanted]
    assert not (checkout / "run").exists()


def test_schemas_say_one_line_of_what_is_well_and_all_of_what_is_not(checkout: Path) -> None:
    judge = checkout / ".tools/schemas/bin/check-jsonschema"
    judge.parent.mkdir(parents=True)
    judge.write_text('#!/bin/sh\necho "ok -- validation done"\n')
    judge.chmod(0o755)
    ready = "--assume-old=.tools/schemas/.ready"
    (checkout / ".tools/schemas/.ready").touch()
    assert make(checkout, ready, "schemas") == [
        "Workflows, Azure's pipeline and Dependabot's configuration fit their schemas."
    ]
    judge.write_text(
        '#!/bin/sh\ncase $* in *dependabot*) echo "Schema error in it"; exit 1 ;; esac\n'
    )
    with pytest.raises(AssertionError, match="Schema error in it"):
        make(checkout, ready, "schemas")
