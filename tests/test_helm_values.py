"""Values of the charts that a user gives: they win, key by key."""

from pathlib import Path

import pytest
from cdktf import TerraformStack

from constructs.helm_release import ChartArguments, helm_release
from constructs.mesh.mesh import Mesh
from constructs.mesh.monitoring import Monitoring
from settings.gateway import Gateway
from settings.istio import Istio
from tests.gateways import gateway
from tests.synthesis import Json, settings_text, synth, synthesize, values

CHART = ChartArguments(chart="base", version="1.30.3")


def release(stack: TerraformStack, ours: Json, theirs: Json) -> Json:
    helm_release(stack, "a", name="a", namespace="n", chart=CHART, values=ours, user_values=theirs)
    made: Json = synth(stack)["resource"]["helm_release"]["a"]
    return made


def test_a_key_of_the_user_replaces_ours_and_leaves_those_beside_it(stack: TerraformStack) -> None:
    made = release(stack, {"a": {"b": 1, "c": 2}, "d": 3}, {"a": {"b": 9, "e": 8}})
    assert values(made) == {"a": {"b": 9, "c": 2, "e": 8}, "d": 3}


def test_a_list_of_the_user_replaces_ours_as_a_whole(stack: TerraformStack) -> None:
    assert values(release(stack, {"a": [1, 2, 3]}, {"a": [9]})) == {"a": [9]}


def test_a_table_of_the_user_replaces_a_text_of_ours(stack: TerraformStack) -> None:
    assert values(release(stack, {"a": "x"}, {"a": {"b": 1}})) == {"a": {"b": 1}}


def test_values_of_the_user_alone_are_enough(stack: TerraformStack) -> None:
    assert values(release(stack, {}, {"a": 1})) == {"a": 1}


def test_a_release_without_any_has_no_values(stack: TerraformStack) -> None:
    assert "values" not in release(stack, {}, {})


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("${x}", "$${x}"),
        ("%{x}", "%%{x}"),
        ("a ${x} %{y} z", "a $${x} %%{y} z"),
        ("$${x}", "$$${x}"),
        ("$x {y} 100%", "$x {y} 100%"),
    ],
)
def test_terraform_takes_a_text_as_it_stands(
    stack: TerraformStack, text: str, escaped: str
) -> None:
    assert values(release(stack, {}, {"a": [{"b": text}]})) == {"a": [{"b": escaped}]}


def test_terraform_takes_a_key_as_it_stands(stack: TerraformStack) -> None:
    assert values(release(stack, {}, {"${x}": 1})) == {"$${x}": 1}


def test_an_expression_of_ours_stays_one(stack: TerraformStack) -> None:
    assert values(release(stack, {"a": "${var.x}"}, {"b": "${x}"})) == {
        "a": "${var.x}",
        "b": "$${x}",
    }


def test_texts_that_go_would_read_as_numbers_are_quoted(stack: TerraformStack) -> None:
    (text,) = release(stack, {}, {"a": "1e3", "b": "0x1F", "c": "yes", "d": "1_000"})["values"]
    assert text == "a: '1e3'\nb: '0x1F'\nc: 'yes'\nd: '1_000'\n"


def test_a_text_of_several_lines_comes_through(stack: TerraformStack) -> None:
    assert values(release(stack, {}, {"a": "x\n\ty\n"})) == {"a": "x\n\ty\n"}


def test_each_chart_gets_its_own(stack: TerraformStack) -> None:
    options = Istio(base_values={"a": 1}, istiod_values={"b": 2})
    Mesh(stack, "istio", namespace="istio-system", options=options)
    gateway(stack, options=Gateway(values={"c": 3}))
    Monitoring(stack, "prom", name="prom", namespace="prom", user_values={"d": 4})
    made = synth(stack)["resource"]["helm_release"]
    assert {
        name: {key: part for key, part in values(each).items() if key in "abcd"}
        for name, each in made.items()
    } == {"istio-base": {"a": 1}, "istio-istiod": {"b": 2}, "gateway": {"c": 3}, "prom": {"d": 4}}


def test_settings_reach_the_four_charts(tmp_path: Path) -> None:
    text = """
    istio.base_values = {a = 1}
    istio.istiod_values = {meshConfig = {accessLogFile = "", enableTracing = true}}
    gateway.values = {labels = {team = "shop"}}
    monitoring.values = {kubeProxy = {enabled = true}}
    """
    istio = synthesize(settings_text(tmp_path, text), tmp_path / "out")["istio"]
    made = {name: values(each) for name, each in istio["resource"]["helm_release"].items()}
    assert made["istio-base"] == {"a": 1}
    assert made["istio-istiod"]["meshConfig"]["accessLogFile"] == ""
    assert made["istio-istiod"]["meshConfig"]["accessLogFormat"].startswith("[%START_TIME%]")
    assert made["istio-ingress"]["labels"] == {"istio": "ingressgateway", "team": "shop"}
    assert (made["prometheus"]["kubeProxy"], made["prometheus"]["kubeEtcd"]) == (
        {"enabled": True},
        {"enabled": False},
    )
