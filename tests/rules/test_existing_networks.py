"""Networks that exist, as a user names them, and addresses that Azure chooses."""

import pytest

from rules import RuleError, networks
from rules.networks import NetworkReference

GROUP = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/"
ID = f"{GROUP}my (rg)_1.x/providers/Microsoft.Network/virtualNetworks/hub-1"


@pytest.mark.parametrize(
    ("value", "reference"),
    [
        ("hub", NetworkReference("hub")),
        ("a" * 64, NetworkReference("a" * 64)),
        (
            ID.replace("my (rg)", "my(rg)"),
            NetworkReference("hub-1", "my(rg)_1.x", "11111111-2222-3333-4444-555555555555"),
        ),
    ],
)
def test_a_name_or_an_id_says_what_is_known(value: str, reference: NetworkReference) -> None:
    assert networks.network_reference(value) == value
    assert networks.parsed_reference(value) == reference


@pytest.mark.parametrize(
    "value",
    [
        "",
        "a",
        "a" * 65,
        "-hub",
        "hub.",
        "hub/a",
        "hüb",
        ID,
        f"{GROUP}a/providers/Microsoft.Network/virtualNetworks/",
        f"{GROUP}a/providers/Microsoft.Network/virtualNetworks/hub/subnets/a",
        f"{GROUP}a/providers/Microsoft.Compute/virtualMachines/hub",
        "/subscriptions/a/resourceGroups/a/providers/Microsoft.Network/virtualNetworks/hub",
        "subscriptions/a",
    ],
)
def test_what_is_neither_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match="the name of a virtual network, or its id"):
        networks.network_reference(value)


@pytest.mark.parametrize("value", ["dynamic", "10.0.0.4"])
def test_an_address_may_be_left_to_azure(value: str) -> None:
    assert networks.address_or_dynamic(value) == value


@pytest.mark.parametrize("value", ["", "Dynamic", "10.0.0", "10.0.0.256", "auto"])
def test_another_address_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match='an IPv4 address, or "dynamic"'):
        networks.address_or_dynamic(value)
