import pytest

from rules import RuleError, front_door, regions


@pytest.mark.parametrize("value", ["westeurope", "WestEurope", "West Europe", "west europe"])
def test_a_region_is_taken_as_azure_takes_it(value: str) -> None:
    assert regions.region(value) == "westeurope"


@pytest.mark.parametrize(
    "value",
    ["", "we", "west-europe", "1west", " westeurope", "westeurope ", "a" * 42, "wésteurope"],
)
def test_what_can_be_no_region_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match="an Azure region: letters and digits"):
        regions.region(value)


def test_a_region_that_is_newer_than_the_list_is_taken() -> None:
    assert regions.region("atlantis") == "atlantis"


@pytest.mark.parametrize(
    ("name", "meant"),
    [("westeurop", "westeurope"), ("westeurope", None), ("mars", None), ("westus", None)],
)
def test_a_misspelt_region_is_recognised(name: str, meant: str | None) -> None:
    assert regions.nearest_spelling(name) == meant


def test_every_known_region_is_written_as_azure_keeps_it() -> None:
    assert {regions.region(name) for name in regions.KNOWN} == regions.KNOWN


def test_every_region_with_private_link_is_a_known_one() -> None:
    assert set(front_door.PRIVATE_LINK_REGIONS) <= regions.KNOWN


@pytest.mark.parametrize("value", ["North Europe", "northeurope"])
def test_a_region_with_private_link_is_taken_in_any_spelling(value: str) -> None:
    assert front_door.private_link_region(value) == "northeurope"


def test_a_region_without_private_link_is_refused() -> None:
    with pytest.raises(RuleError, match="a region in which Front Door offers Private Link"):
        front_door.private_link_region("westus")
