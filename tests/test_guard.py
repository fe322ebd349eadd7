import pytest
from cdktf import TerraformStack, TerraformVariable

from constructs.guard import guard
from rules import names, whole_number


def test_returns_a_value_that_the_rule_takes() -> None:
    assert guard("Pool count", 3, whole_number(1, 5)) == 3


def test_names_subject_value_and_fix() -> None:
    with pytest.raises(ValueError) as refused:
        guard("Pool count", 7, whole_number(1, 5, "nodes"))
    assert str(refused.value) == (
        "Pool count = 7: allowed: a whole number from 1 to 5 nodes;"
        " fix: write a number from 1 to 5, without quotes"
    )


def test_leaves_what_only_terraform_knows(stack: TerraformStack) -> None:
    variable = TerraformVariable(stack, "name", type="string").string_value
    assert guard("Pool name", variable, names.node_pool) == variable


def test_leaves_a_number_that_only_terraform_knows(stack: TerraformStack) -> None:
    variable = TerraformVariable(stack, "count", type="number").number_value
    assert guard("Pool count", variable, lambda _: whole_number(1, 5, "nodes")(9)) == variable


def test_leaves_values_that_belong_together_when_one_is_unknown(stack: TerraformStack) -> None:
    pair = (TerraformVariable(stack, "name", type="string").string_value, "10.0.0.0/16")
    assert guard("Pool range", pair, lambda _: names.node_pool("Not a name")) == pair
