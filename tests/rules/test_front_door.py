import pytest

from rules import RuleError, front_door


@pytest.mark.parametrize("value", ["/probe", "/probe/", "/a/b", "/A-z_0.~", "/..."])
def test_a_path_of_a_probe_is_accepted(value: str) -> None:
    assert front_door.probe_path(value) == value


@pytest.mark.parametrize(
    "value",
    ["", "/", "probe", "//", "/a//b", "/a b", "/{a}", "/é", "/.", "/./a", "/a/.", "/..", "/a/../"],
)
def test_a_path_that_is_not_the_same_to_all_on_the_way_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match='a path below "/"'):
        front_door.probe_path(value)


def test_front_door_waits_two_minutes_as_azurerm_has_it() -> None:
    assert front_door.response_timeout(front_door.RESPONSE_TIMEOUT_SECONDS) == 120
