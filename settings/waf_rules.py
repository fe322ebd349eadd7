"""Settings of single rules of the firewall."""

from collections.abc import Iterator
from typing import Annotated, Literal

from rules import firewall
from settings.table import Entry, Finding, Table, together


class Exclusion(Table):
    """A part of requests that managed rules do not look at."""

    match_variable: Literal[
        "QueryStringArgNames",
        "RequestBodyJsonArgNames",
        "RequestBodyPostArgNames",
        "RequestCookieNames",
        "RequestHeaderNames",
    ]
    """Whose value is left out: arguments, cookies or headers."""
    operator: Literal["Equals", "Contains", "StartsWith", "EndsWith", "EqualsAny"] = "Equals"
    """How the selector is compared with its name; `EqualsAny` leaves them all out."""
    selector: Annotated[str, firewall.selector] | None = None
    """The name, or a part of it; none with `EqualsAny`."""

    @together("operator", "selector")
    def _selector(self) -> Iterator[Finding]:
        if self.operator == "EqualsAny" and self.selector not in (None, "*"):
            yield Finding("selector", 'no value with operator "EqualsAny"', "remove one of the two")
        elif self.operator != "EqualsAny" and self.selector in (None, "*"):
            yield Finding(
                "selector", f'a name with operator "{self.operator}"', 'write it, or "EqualsAny"'
            )


class Scrubbed(Table):
    """What the firewall's log shows as stars."""

    match_variable: Literal[
        "QueryStringArgNames",
        "RequestBodyJsonArgNames",
        "RequestBodyPostArgNames",
        "RequestCookieNames",
        "RequestHeaderNames",
        "RequestIPAddress",
        "RequestUri",
    ]
    """The values of arguments, cookies or headers, the client's address, or the URI."""
    selector: Annotated[str, firewall.selector] | None = None
    """The name of the one argument, cookie or header. Unset: all of them."""

    @together("match_variable", "selector")
    def _selector(self) -> Iterator[Finding]:
        # azurerm refuses it in the plan, with the words of its own code.
        if self.match_variable in ("RequestIPAddress", "RequestUri") and self.selector is not None:
            yield Finding("selector", f"no value with {self.match_variable}", "remove the key")


class ManagedRule(Entry):
    """A managed rule that is to do something else than what Azure has it do."""

    action: Literal["Off", "Log", "AnomalyScoring", "Allow", "Block", "JSChallenge"] | None = None
    """For the default set `Off`, `Log` or `AnomalyScoring`, for bots all but the last of these.
    Unset, with exclusions: `AnomalyScoring`."""
    exclusions: tuple[Exclusion, ...] = ()
    """What this rule does not look at; none for bots."""


class Match(Entry):
    """Which requests a rule is about: those that meet every condition that is written."""

    path: Annotated[str, firewall.path] | None = None
    """Requests whose URI contains it anywhere, in any spelling; with `Allow`, only those whose path
    is it or lies below it, written plainly."""
    addresses: tuple[Annotated[str, firewall.source_range], ...] = ()
    """Clients from these, by the address that connects to Front Door: no header can claim it."""
    except_addresses: tuple[Annotated[str, firewall.source_range], ...] = ()
    """Clients from anywhere else."""
    countries: tuple[Annotated[str, firewall.country], ...] = ()
    """Clients of these countries, by the same address. `ZZ`: addresses that Azure cannot place."""
    except_countries: tuple[Annotated[str, firewall.country], ...] = ()
    """Clients of any other country; name `ZZ` as well, so that nobody is shut out by mistake."""

    @together("addresses", "except_addresses", "countries", "except_countries")
    def _lists(self) -> Iterator[Finding]:
        for kind, most in (
            ("addresses", firewall.MOST_RANGES),
            ("countries", firewall.MOST_COUNTRIES),
        ):
            for key in (kind, f"except_{kind}"):
                values = getattr(self, key)
                if len(set(values)) != len(values):
                    yield Finding(key, "each once", "remove the one that stands twice")
            if len(getattr(self, kind)) + len(getattr(self, f"except_{kind}")) > most:
                named = bool(getattr(self, kind))
                yield Finding(
                    kind if named else f"except_{kind}",
                    f"{most} {kind} in one rule at most",
                    "make another rule for the rest" if named else "block others by name instead",
                )


class RateLimit(Match):
    """A limit on the requests of one client address."""

    requests: Annotated[int, firewall.requests]
    """As many are let through. Each of Front Door's sites counts for itself, so a client gets some
    more, and below 200 in a minute the count is rough."""
    minutes: Annotated[int, firewall.minutes] = 1
    """In so many minutes; what comes later in them is blocked."""
    action: Literal["Block", "Log"] = "Block"
    """What happens to the rest."""


class CustomRule(Match):
    """A rule that comes before the managed ones."""

    priority: Annotated[int, firewall.priority]
    """Lower ones first, each number once. The first that matches and does not log decides. Rate
    limits follow after all of them."""
    action: Literal["Block", "Log", "Allow", "JSChallenge"] = "Block"
    """`Allow` lets requests past rate limits and managed rules; `make check` lists it."""

    @together("path", "addresses", "except_addresses", "countries", "except_countries", "action")
    def _condition(self) -> Iterator[Finding]:
        if self.action == "Allow" and not (self.path or self.addresses):
            yield Finding(
                "action",
                '"Allow" with a path or addresses only: managed rules would look at nobody else',
                "name them, or block the others instead",
            )
        elif not any(getattr(self, key) for key in Match.model_fields if key != "enabled"):
            yield Finding(
                "path",
                "a value, or addresses or countries: Azure refuses a rule about everything",
                "write a condition",
            )
