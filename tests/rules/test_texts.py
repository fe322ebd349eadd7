"""What a person reads when a rule refuses a value, the whole of it, in one table."""

import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from rules import RuleError, whole_number

TEXTS = tomllib.loads((Path(__file__).parent / "texts.toml").read_text())["text"]


@pytest.mark.parametrize("text", TEXTS, ids=[f"{text['rule']}-{text['value']}" for text in TEXTS])
def test_a_rule_says_what_it_allows_and_what_to_do(text: dict[str, Any]) -> None:
    module, name = text["rule"].split(".")
    with pytest.raises(RuleError) as refused:
        getattr(import_module(f"rules.{module}"), name)(text["value"])
    assert (refused.value.allowed, refused.value.fix) == (text["allowed"], text["fix"])


def test_a_refusal_is_printed_with_both() -> None:
    with pytest.raises(RuleError) as refused:
        whole_number(3, 7)(8)
    assert str(refused.value) == (
        "allowed: a whole number from 3 to 7; fix: write a number from 3 to 7, without quotes"
    )
