"""Whether whoever is signed in may do what the stacks do.

Deny assignments, and conditions on a role, are not looked at: only Azure weighs those.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from app.doctor.azure import Json
from app.doctor.needs import Need, needs
from app.doctor.site import Question, Site
from app.errors import Problem

# Microsoft.Authorization, Permissions_ListForResourceGroup; the same answers at a subscription and
# at a resource.
PERMISSIONS = "2022-04-01"
_OF_A_GROUP = "/subscriptions/ID/resourceGroups/NAME".count("/")


def questions(site: Site) -> Iterator[Question]:
    """One for each place."""
    by_scope: defaultdict[str, list[Need]] = defaultdict(list)
    for each in dict.fromkeys(needs(site)):
        by_scope[each.scope].append(each)
    for scope, wanted in by_scope.items():
        yield partial(_allowed, site, scope, wanted)


def _allowed(site: Site, scope: str, wanted: Sequence[Need]) -> Iterator[Problem]:
    path = "providers/Microsoft.Authorization/permissions"
    if scope != site.root and site.azure.get(f"{scope}/{path}", PERMISSIONS) is None:
        if not scope.startswith(f"{site.root}/resourceGroups/") or scope.count("/") != _OF_A_GROUP:
            # What is not there is a line of its own, of whoever looks for it.
            return
        # A group that is to be made.
        scope = site.root
    granted = list(site.azure.values(f"{scope}/{path}", PERMISSIONS))
    by_role: defaultdict[str, list[str]] = defaultdict(list)
    for each in wanted:
        if not allows(granted, each.action):
            by_role[each.role].append(each.action)
    for role, actions in by_role.items():
        yield Problem(
            source=f"rights on {scope}",
            allowed=f"{', '.join(actions)}, which whoever is signed in may not",
            fix=site.azure.login.granting(role, scope),
        )


def allows(granted: Iterable[Json], action: str, *, data: bool = False) -> bool:
    """Whether one of the roles allows it: in its actions, and not in its notActions.

    Args:
        granted: the roles, as Azure shows what they permit.
        action: what is to be done.
        data: whether it is done to what is in a resource, of which other lists speak.
    """
    some, none = ("dataActions", "notDataActions") if data else ("actions", "notActions")
    return any(
        _matches(each.get(some), action) and not _matches(each.get(none), action)
        for each in granted
    )


def _matches(patterns: Iterable[str] | None, action: str) -> bool:
    return any(
        re.fullmatch(re.escape(each).replace(r"\*", ".*"), action, re.IGNORECASE)
        for each in patterns or ()
    )
