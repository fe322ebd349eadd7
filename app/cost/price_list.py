"""The list of prices, prices.toml, and what it says of itself."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("prices.toml")
UNKNOWN = "not known"


@dataclass(frozen=True)
class Price:
    """A price for one thing; None where nobody was found to say it."""

    amount: float | None
    per: str
    source: str
    region: str

    def of_a_month(self) -> float | None:
        """What one of it costs a month."""
        if self.amount is None or self.per != "hour":
            return self.amount
        return self.amount * price_list().hours


@dataclass(frozen=True)
class Node:
    """A size of nodes: its price, and what it counts against the quotas."""

    price: Price
    vcpus: int
    family: str


class PriceList:
    """All prices.

    Args:
        content: the file.
    """

    def __init__(self, content: dict[str, Any]) -> None:
        self._content = content
        self.region: str = content["region"]
        self.currency: str = content["currency"]
        self.hours: int = content["hours_in_a_month"]
        self.sources: dict[str, dict[str, Any]] = content["sources"]

    def price(self, name: str) -> Price:
        """The price of a name.

        Raises:
            KeyError: for a name that is not in the file.
        """
        return self._price(self._content["prices"][name])

    def node(self, vm_size: str) -> Node | None:
        """A size, in whatever case; None where the file has none of the name."""
        names = {name.lower(): each for name, each in self._content["nodes"].items()}
        found = names.get(vm_size.lower())
        if found is None:
            return None
        price = self._price(self._content["prices"]["node"] | {"price": found["price"]})
        return Node(price, found["vcpus"], found.get("family", f"the family of {vm_size}"))

    def disk(self, size: int) -> tuple[str, Price]:
        """The tier of a premium disk of so many GB, and its price."""
        for name, found in self._content["disks"].items():
            if size <= found["up_to"]:
                return name, self._price(found | {"per": "month"})
        return f"{size} GB", self.price("system-disk")

    def names(self) -> list[str]:
        """The names of all prices."""
        return list(self._content["prices"])

    def _price(self, found: dict[str, Any]) -> Price:
        region = found.get("region", self.region)
        return Price(found.get("price"), found["per"], found.get("source", ""), region)


@cache
def price_list() -> PriceList:
    """The list as it is shipped."""
    return PriceList(tomllib.loads(FILE.read_text()))
