"""Helm reads every text that we write into a chart's values as that text."""

import json
from pathlib import Path

import pytest

from settings.yaml_text import yaml_text
from tests.rendering import helm
from tests.synthesis import Json

TEXTS = """
1e3 1E3 1e+3 1e-3 .5 5. .5e3 0x1F 0X1f -0x1f 0o17 0O7 0b11 0B1 017 0777 08 00 1_000 1_0.5 0_1
+1 -1 +.5 1. y Y n N yes no on off true True TRUE None null NULL ~ NaN Inf .inf -.inf .nan
1:30 12:30:45 2001-01-01 2001-01-01T00:00:00Z = 10.52.192.10 1.31.0 1e400 18446744073709551616
istio-ingress * & ! % @ # - ? : { [ > |
"""


@pytest.fixture
def chart(tmp_path: Path) -> Path:
    """A chart that says which kind each of its texts has."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "Chart.yaml").write_text("apiVersion: v2\nname: kinds\nversion: 1.0.0\n")
    (tmp_path / "templates" / "kinds.yaml").write_text(
        "kinds:\n{{- range .Values.texts }}\n- {{ kindOf . }} {{ toJson . }}\n{{- end }}\n"
    )
    return tmp_path


def test_a_text_stays_a_text(chart: Path) -> None:
    texts = TEXTS.split()
    values: Json = {"texts": texts}
    ended = helm("template", "kinds", str(chart), values=values, written=yaml_text(values))
    assert ended.returncode == 0, ended.stderr
    read = [line.removeprefix("- ") for line in ended.stdout.splitlines() if line[:2] == "- "]
    in_html = {"&": "\\u0026", ">": "\\u003e", "<": "\\u003c"}
    expected = [json.dumps(in_html.get(text, text)).replace("\\\\", "\\") for text in texts]
    assert read == [f"string {text}" for text in expected]


def test_the_name_of_a_private_link_service_is_the_same_in_terraform_and_in_the_chart() -> None:
    assert yaml_text({"azure-pls-name": "1e3"}) == "azure-pls-name: '1e3'\n"
