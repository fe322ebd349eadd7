"""What an environment costs a month by list prices, and the quota that it needs, as Markdown."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.cost.lines import Line, lines
from app.cost.price_list import UNKNOWN, Price, price_list
from app.cost.quota import needs
from app.cost.traffic import rates
from app.synthesized import Synthesized, synthesized
from settings import Environment

__all__ = ["document", "page", "tables"]


def page(environment: Environment) -> str:
    """The tables of an environment, and where the prices come from.

    Raises:
        UserError: for an override of a resource that no stack has.
    """
    stacks = synthesized(environment)
    region = environment.settings.cluster.region
    return "".join([*_elsewhere(region), *tables(stacks), *_sources([stacks])])


def document(shown: Mapping[str, Synthesized]) -> str:
    """The tables of several settings files, and where the prices come from."""
    parts: list[str] = []
    for name, stacks in shown.items():
        parts += [f"\n## `{name}`\n", *tables(stacks, "###")]
    return "".join([*parts, *_sources(shown.values())])


def tables(stacks: Synthesized, mark: str = "##") -> Iterator[str]:
    """What is paid with nothing going through, what grows with traffic, the quota."""
    yield f"\n{mark} With nothing going through\n\n"
    yield "| what | how many | USD a month at least | at `max_count` | price | lowered by |\n"
    yield "|---|---|---|---|---|---|\n"
    found = lines(stacks)
    for each in found:
        yield _row(
            each.what,
            _number(each.least, each.most),
            _money(each.at_least),
            _money(each.at_most),
            _origin(each.price),
            each.lowered_by,
        )
    yield _sum(found)
    yield f"\n{mark} What grows with traffic\n\n"
    yield "| what | USD | for each | price | lowered by |\n|---|---|---|---|---|\n"
    for rate in rates(stacks):
        amount = UNKNOWN if rate.price.amount is None else f"{rate.price.amount:g}"
        yield _row(rate.what, amount, rate.price.per, _origin(rate.price), rate.lowered_by)
    if not (needed := list(needs(stacks))):
        return
    yield f"\n{mark} Quota\n\n"
    yield "| what | at least | at `max_count`, with an upgrade's surge | there are |\n"
    yield "|---|---|---|---|\n"
    for need in needed:
        yield _row(need.what, f"{need.least:,}", f"{need.most:,}", need.of)


def _sum(found: list[Line]) -> str:
    least = sum(each.at_least or 0 for each in found)
    most = sum(each.at_most or 0 for each in found)
    missing = sum(each.at_least is None for each in found)
    without = f", without {missing} of which no price is known" if missing else ""
    words = f"**together{without}**"
    return _row(words, "", f"**{_money(least)}**", f"**{_money(most)}**", "", "")


def _elsewhere(region: str) -> Iterator[str]:
    """A word about the prices of one region that stand here for another."""
    prices = price_list()
    if region != prices.region:
        yield f"\nNote: the prices are those of {prices.region}, and `cluster.region` is {region}:"
        yield " no prices of it are known here, so it may cost more or less.\n"


def _sources(shown: Iterable[Synthesized]) -> Iterator[str]:
    """Who says the prices that the tables of these stacks have in them."""
    prices = price_list()
    used: set[str] = set()
    for stacks in shown:
        found = [*(each.price for each in lines(stacks)), *(each.price for each in rates(stacks))]
        used |= {each.source for each in found if each.amount is not None}
    yield "\n## Where the prices come from\n\n"
    yield f"Prices of {prices.region} where nothing else is said, in {prices.currency}; an hour's"
    yield f" price times {prices.hours}.\n\n"
    yield "| price | of | says who |\n|---|---|---|\n"
    for name, each in prices.sources.items():
        if name in used:
            yield _row(f"`{name}`", each["date"].isoformat(), _link(each))


def _link(source: Mapping[str, Any]) -> str:
    return f"[{source['says']}]({source['address']})"


def _origin(price: Price) -> str:
    if price.amount is None:
        return ""
    other = "" if price.region == price_list().region else f", {price.region}"
    return f"`{price.source}`{other}"


def _number(least: int, most: int) -> str:
    return f"{least}" if least == most else f"{least} to {most}"


def _money(amount: float | None) -> str:
    return UNKNOWN if amount is None else f"{amount:,.2f}"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |\n"
