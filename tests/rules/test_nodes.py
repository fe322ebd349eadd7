"""What AKS accepts of labels, taints and prices of nodes."""

import pytest

from rules import RuleError, nodes


@pytest.mark.parametrize(
    "value", ["a", "a" * 63, "A.b_c-9", "contoso.com/team", "a/b", f"{'a' * 253}/b", "agentpool"]
)
def test_a_key_of_a_label_is_accepted(value: str) -> None:
    assert nodes.label_key(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "",
        "a" * 64,
        "-a",
        "a-",
        "a b",
        "/a",
        "a/",
        "a/b/c",
        "Contoso.com/a",
        "é",
        "a१",
        f"{'a' * 254}/b",
        "kubernetes.azure.com/mode",
    ],
)
def test_another_key_of_a_label_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match="a label of Kubernetes"):
        nodes.label_key(value)


@pytest.mark.parametrize("value", ["", "a", "a" * 63, "A.b_c-9", "true", "1"])
def test_a_value_of_a_label_is_accepted(value: str) -> None:
    assert nodes.label_value(value) == value


@pytest.mark.parametrize("value", ["a" * 64, "-a", "a-", "a b", "a/b", "é", "a१", " "])
def test_another_value_of_a_label_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match="up to 63 letters, digits and - _ ."):
        nodes.label_value(value)


@pytest.mark.parametrize(
    "value",
    ["a=b:NoSchedule", "a=:NoExecute", "contoso.com/a=b:PreferNoSchedule", "a.b=c-d:NoSchedule"],
)
def test_a_taint_is_accepted(value: str) -> None:
    assert nodes.taint(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "",
        "a",
        "a:NoSchedule",
        "a=b",
        "a=b:noschedule",
        "a=b:NoSchedule ",
        "a=b=c:NoSchedule",
        "=b:NoSchedule",
        "a=b:NoSchedule:NoExecute",
        "kubernetes.azure.com/a=b:NoSchedule",
    ],
)
def test_another_taint_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match="key=value:effect"):
        nodes.taint(value)


@pytest.mark.parametrize("value", [-1, 0.00001, 1, 100])
def test_a_price_is_accepted(value: float) -> None:
    assert nodes.spot_price(value) == value


@pytest.mark.parametrize("value", [0, -0.5, -2, 0.000009, 100.1, float("inf"), float("nan")])
def test_another_price_is_refused(value: float) -> None:
    with pytest.raises(RuleError, match="a price from 0.00001 to 100 US dollars an hour, or -1"):
        nodes.spot_price(value)


@pytest.mark.parametrize(
    ("pool", "temporary"),
    [("a", "atmp"), ("abcdefghi", "abcdefghitmp"), ("abcdefghijkl", "abcdefghitmp")],
)
def test_a_pool_that_is_replaced_has_another_of_twelve_letters_meanwhile(
    pool: str, temporary: str
) -> None:
    assert nodes.temporary_name(pool) == temporary


@pytest.mark.parametrize(
    ("taint", "keeps_away"),
    [("a=b:NoSchedule", True), ("a=b:NoExecute", True), ("a=b:PreferNoSchedule", False)],
)
def test_pods_are_kept_away_by_all_but_a_wish(taint: str, keeps_away: bool) -> None:
    assert nodes.keeps_pods_away(taint) is keeps_away
