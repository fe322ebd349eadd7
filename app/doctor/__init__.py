"""What Azure can be asked before an apply: what is missing, each with the command that mends it.

A file here holds the questions of one idea; each question is asked by itself and at the same time
as others. Nothing is changed anywhere.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from app.doctor import (
    backend,
    ids,
    kubernetes,
    machine,
    names,
    permissions,
    providers,
    quota,
    sizes,
)
from app.doctor.azure import Azure, NotAnsweredError
from app.doctor.login import sign_in
from app.doctor.site import Question, Site
from app.errors import Problem, UserError
from settings import Environment

CHECKS = (machine, backend, providers, sizes, quota, kubernetes, permissions, names, ids)
AT_ONCE = 8


@dataclass
class Outcome:
    """What came of it, in lines."""

    asked: int
    missing: Sequence[str]
    unknown: Sequence[str]


def examine(environment: Environment, folder: Path) -> Outcome:
    """Ask everything that follows from an environment's settings.

    Args:
        environment: whose settings they are.
        folder: where local states lie.
    """
    named = environment.settings.subscription_id or os.environ.get("ARM_SUBSCRIPTION_ID")
    try:
        login = sign_in(named)
    except UserError as problems:
        return Outcome(0, [str(each) for each in problems.problems], [])
    azure = Azure(login)
    site = Site(environment, azure, (named or login.subscription).lower(), folder)
    missing = [] if named else [_unnamed(login.subscription)]
    if found := _subscription(site):
        return Outcome(1, [*map(str, missing), str(found)], [])
    questions = [each for check in CHECKS for each in check.questions(site)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(_answered, questions))
    lines = [str(each) for each in (*missing, *(one for found, _ in answers for one in found))]
    unknown = [f"could not be asked: {words}" for _, words in answers if words]
    # Two questions may come to the same, such as two pools of one size.
    return Outcome(len(questions), list(dict.fromkeys(lines)), list(dict.fromkeys(unknown)))


def _answered(question: Question) -> tuple[list[Problem], str]:
    try:
        return list(question()), ""
    except NotAnsweredError as error:
        return [], str(error)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        # Azure's answers are of many versions; one that we cannot read is no reason to stop.
        return [], f"an answer of Azure's has another form: {type(error).__name__}: {error}"


def _subscription(site: Site) -> Problem | None:
    """What is the matter with the subscription, or with the way there."""
    allowed = "a subscription that whoever is signed in can see and use"
    fix = "run `az login` as somebody who can, or name another subscription"
    try:
        found = site.azure.get(site.root, "2022-12-01")
    except NotAnsweredError as error:
        return Problem(source=f"subscription {site.subscription}", allowed=allowed, fix=f"{error}")
    if found is None:
        return Problem(source=f"subscription {site.subscription}", allowed=allowed, fix=fix)
    if found.get("state") not in (None, "Enabled"):
        allowed = f"Enabled; it is {found['state']}, in which nothing can be made"
        return Problem(source=f"subscription {site.subscription}", allowed=allowed, fix=fix)
    return None


def _unnamed(subscription: str) -> Problem:
    return Problem(
        source="ARM_SUBSCRIPTION_ID",
        allowed="an id, where subscription_id is not set: azurerm does not take that of the CLI",
        fix=f"`export ARM_SUBSCRIPTION_ID={subscription}`",
    )


def lines_of(environment: Environment, outcome: Outcome) -> Iterator[str]:
    """What a person is told."""
    yield from outcome.missing
    yield from outcome.unknown
    missing = len(outcome.missing)
    told = "nothing is missing" if not missing else f"{missing} missing"
    unknown = f", {len(outcome.unknown)} could not be asked" if outcome.unknown else ""
    yield f"{environment.source}: {outcome.asked} questions asked: {told}{unknown}"
