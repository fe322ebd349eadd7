"""Routes from a host and a path to a service, and what must not happen among them."""

from collections.abc import Sequence

from rules import RuleError, is_path, names, rule

ANY_HOST = "*"
# Stands for the star in the name of a VirtualService; names of Kubernetes have 253 characters.
WILDCARD = "wildcard"
LONGEST_NAME = 253


@rule('`"*"`, a host name, or `*.` and a domain')
def host(value: str) -> str:
    """A rule for the hosts that a Gateway or a VirtualService takes (Istio's own validation).

    Returns it in lower case, as clients send it: istiod compares letter by letter.
    """
    if value != ANY_HOST:
        try:
            names.host(value.removeprefix("*."))
        except RuleError:
            raise RuleError(
                '"*", a host name such as "www.contoso.com", or "*." before one',
                "write the host alone, without scheme, port or path",
            ) from None
        if len(virtual_service_name(value)) > LONGEST_NAME:
            raise RuleError(
                f'"*." before a domain of {LONGEST_NAME - len(WILDCARD) - 1} characters at most',
                "name the hosts one by one",
            )
        if value.rpartition(".")[2].isdigit():
            raise RuleError("a host name, not an address", 'write a name, or "*" for all hosts')
    return value.lower()


def virtual_service_name(host_: str) -> str:
    """What the VirtualService of a host is called: any-host, wildcard.contoso.com, or the host."""
    return "any-host" if host_ == ANY_HOST else host_.replace("*", WILDCARD)


@rule(
    "the beginning of a path, in ASCII, without spaces, `?`, `#`, `*` and the parts `.` and `..`",
    r"/.*",
)
def prefix(value: str) -> str:
    """A rule for the beginning of a path."""
    if not is_path(value) or {".", ".."} & set(value.split("/")):
        raise RuleError(
            'the beginning of a path: it starts with "/", in ASCII, without spaces, ?, #, * and'
            " parts that are . or .., which Envoy resolves",
            'write "/" for all paths, or a prefix such as "/shop/"',
        )
    return value


def covers(pattern: str, name: str) -> bool:
    """Whether requests for a host, or for all hosts of a pattern, are within another pattern."""
    pattern, name = pattern.lower(), name.lower()
    if pattern in (ANY_HOST, name):
        return True
    return pattern.startswith("*.") and name.endswith(pattern[1:])


def outermost(hosts: Sequence[str]) -> list[str]:
    """The hosts that no other of them covers, in lower case, each once."""
    lower = list(dict.fromkeys(each.lower() for each in hosts))
    return [
        each for each in lower if not any(covers(other, each) for other in lower if other != each)
    ]


def unnamed_hosts(gateway_hosts: Sequence[str], named: Sequence[str]) -> list[str]:
    """The hosts of a gateway for which routes for "*" are asked; empty where there are none.

    istiod makes of "*" every host of the gateway, and joins the routes of all who claim a host
    (pilot, core/gateway.go): without this a route for "*" would take requests of a named host.

    Args:
        gateway_hosts: the hosts the gateway answers for.
        named: the hosts that routes name.
    """
    taken = {each.lower() for each in named}
    return [each for each in outermost(gateway_hosts) if each not in taken]


def shadows(route_prefix: str, probe_path: str) -> bool:
    """Whether a route would take the probe's requests.

    A route for all paths does not: Istio tries it last (pilot, SortVHostRoutes).
    """
    return route_prefix != "/" and probe_path.startswith(route_prefix)
