"""Deploys to Azure, once, tries what nobody can try without it, destroys, and writes a report.

    SETTINGS=settings.toml make live ARGS="--name live1"

It costs money, says how much, and asks. What it makes has a resource group and a name of its own;
everything is destroyed in the end, also after an error or Ctrl-C. The report has no subscription,
no address of a person and no secret in it; read it, then send it to the maintainers. `python -m
tests.live --compare FILE` says what Azure answered otherwise than the tests' stand-in.
"""

import json
import os
import platform
import re
import sys
import tempfile
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.errors import UserError
from settings import Settings, load_environments, settings_files
from settings.cluster import Existing
from tests.acceptance.azure.certificate import Authority
from tests.live.comparison import differences
from tests.live.exchanges import Exchange, Reader
from tests.live.life import Life
from tests.live.questions import Domain, Questions
from tests.live.report import Report
from tests.live.terraform import Scratch, environment_of_the_user

# List prices in US dollars, West Europe, from memory; azure.microsoft.com/pricing has today's.
COST = """This deploys {stacks} to the subscription {subscription},
into a resource group of its own, {group}, and destroys it again. It takes two to four
hours and costs about 5 to 10 US dollars: Front Door Premium 0.45 an hour (330 a month), four to six
nodes of {size} 0.23 an hour each, load balancer, Private Link and disks 0.10 an hour,
the cluster's tier 0.10 an hour. If it cannot destroy, that goes on until somebody does; it will say
so, and where the states are."""
OVER = {
    "ISTIO_AKS_PROTECT": "false",
    "ISTIO_AKS_BACKEND": '{"type": "local"}',
}


def main(arguments: Sequence[str]) -> int:
    """Run it; 0 where all went well, 1 where something did not, 2 where it did not begin."""
    wanted = _arguments(arguments)
    if wanted.compare:
        print("\n".join(_compared(wanted.compare)) or "Azure answered as the stand-in does.")
        return 0
    settings = _overridden(wanted.name)
    os.environ.update(settings)
    try:
        (environment,) = load_environments(settings_files())
    except UserError as problems:
        print(problems, file=sys.stderr)
        return 2
    subscription = environment.settings.subscription_id or os.environ.get("ARM_SUBSCRIPTION_ID", "")
    if found := list(_problems(environment.settings, subscription)):
        print("\n".join(found), file=sys.stderr)
        return 2
    names = environment.settings.names
    told = {"stacks": " and ".join(environment.stack_ids()), "group": names.resource_group}
    size = environment.settings.cluster.agents_size
    print(COST.format(subscription=subscription, size=size, **told))
    if input(f"Type {wanted.name} to begin: ") != wanted.name:
        print("Nothing was done.")
        return 2
    return _live(wanted, settings, subscription)


def _problems(settings: Settings, subscription: str) -> Iterator[str]:
    """What keeps settings from being tried."""
    if settings.existing != Existing():
        yield "live: [existing]: names what is in use; fix: settings that make all anew"
    if tuple(settings.stacks) != ("aks", "istio"):
        yield 'live: stacks: allowed: ["aks", "istio"], what is tried as a whole; fix: leave it out'
    if not subscription:
        yield "live: ARM_SUBSCRIPTION_ID: not set; fix: az login, then export it"


def _live(wanted: Namespace, settings: dict[str, str], subscription: str) -> int:
    folder = Path(tempfile.mkdtemp(prefix=f"istio-aks-{wanted.name}-"))
    scratch = Scratch(folder, environment_of_the_user() | settings, Reader(subscription))
    upgrade = dict(each.split("=", 1) for each in wanted.upgrade)
    report = Report()
    life = Life(scratch, report, settings, upgrade, stranger=wanted.stranger)
    questions = Questions(life, Domain(*wanted.domain) if wanted.domain else None)
    try:
        if life.begin():
            life.claims()
            questions.ask_all()
    except KeyboardInterrupt:
        print("Interrupted: destroying what is there. Once more leaves it there.")
    finally:
        questions.end()
        life.end()
        file = Path(f"live-{wanted.name}.json")
        report.write(file, machine=platform.platform(), **_requests(scratch))
        print(f"{file}: written; read it before you send it")
    if not report.steps[-1].well:
        print(f"NOT ALL IS DESTROYED, and costs go on: the states are in {folder}")
        return 1
    scratch.remove()
    return 0 if report.well else 1


def _requests(scratch: Scratch) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        lines = differences(scratch.exchanges, Authority.made_in(Path(folder)))
    return {
        "otherwise_than_the_stand_in": lines,
        "requests": [each.as_json() for each in scratch.exchanges],
    }


def _compared(file: Path) -> list[str]:
    content = json.loads(file.read_text())
    with tempfile.TemporaryDirectory() as folder:
        made = [Exchange(**each) for each in content["requests"]]
        return differences(made, Authority.made_in(Path(folder)))


def _overridden(name: str) -> dict[str, str]:
    """Settings that keep the deployment apart from every other."""
    return OVER | {
        "ISTIO_AKS_ENVIRONMENT": name,
        "ISTIO_AKS_NAMES__RESOURCE_GROUP": f"istio-aks-{name}",
        "ISTIO_AKS_NAMES__CLUSTER": f"istio-aks-{name}",
        "ISTIO_AKS_FRONT_DOOR__ENDPOINT": f"istio-aks-{name}",
    }


def _name(text: str) -> str:
    if not re.fullmatch(r"live[a-z0-9]{0,8}", text):
        raise ArgumentTypeError(f"allowed: live, or live and up to 8 letters or digits: {text}")
    return text


def _arguments(arguments: Sequence[str]) -> Namespace:
    parser = ArgumentParser(
        prog="make live", description=__doc__.partition("\n")[0] if __doc__ else ""
    )
    parser.add_argument(
        "--name", type=_name, default="live", help="live, or live and up to 8 letters"
    )
    parser.add_argument(
        "--upgrade",
        action="append",
        default=[],
        metavar="VARIABLE=VALUE",
        help="such as ISTIO_AKS_ISTIO__VERSION=1.30.4; may be repeated",
    )
    parser.add_argument(
        "--stranger",
        metavar="HOST",
        help="a host of another Front Door whose origin is our Private Link Service",
    )
    parser.add_argument(
        "--domain",
        nargs=2,
        metavar=("HOST", "ZONE_ID"),
        help="a host that may be used, and its zone in Azure DNS",
    )
    parser.add_argument("--compare", type=Path, metavar="FILE", help="compare a report only")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
