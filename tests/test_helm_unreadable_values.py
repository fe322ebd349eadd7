"""Values of the charts that Helm, Terraform or cdktf would not read as they stand."""

from pathlib import Path

import pytest

from tests.refused import assert_refused
from tests.synthesis import settings_text


@pytest.mark.parametrize(
    ("value", "allowed"),
    [
        ("1979-05-27", "texts, numbers, true, false, lists and tables"),
        ("07:32:00", "texts, numbers, true, false, lists and tables"),
        ("[1979-05-27T07:32:00Z]", "texts, numbers, true, false, lists and tables"),
        ("nan", "numbers"),
        ("[[-nan]]", "numbers"),
        ("inf", "numbers"),
        ("-inf", "numbers"),
        ('"a\\u0000b"', "text without control characters"),
        ('{b = ["\\u001b[31m"]}', "text without control characters"),
        ('{"a\\u0007" = 1}', "text without control characters"),
        ('"TfToken[x"', 'text without "TfToken["'),
        ('{"TfToken[x" = 1}', 'text without "TfToken["'),
    ],
)
@pytest.mark.parametrize(
    "key", ["istio.base_values", "istio.istiod_values", "gateway.values", "monitoring.values"]
)
def test_what_no_chart_can_read_is_refused(
    tmp_path: Path, key: str, value: str, allowed: str
) -> None:
    assert_refused(settings_text(tmp_path, f"{key}.a = {value}"), key, allowed)


@pytest.mark.parametrize("value", ["3", "[]", "'x'"])
def test_values_are_a_table(tmp_path: Path, value: str) -> None:
    path = settings_text(tmp_path, f"gateway.values = {value}")
    assert_refused(path, "gateway.values", "a table")
