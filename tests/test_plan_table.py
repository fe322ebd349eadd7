"""The table at the end of a plan, in a pipe and as Markdown; in a terminal in tests/acceptance."""

from typing import Any

import pytest
import yaml

from app.plans import table
from tests.recorded_plans import FOLDER, recorded

Json = dict[str, Any]
NAMES = sorted(file.stem for file in FOLDER.glob("*.json"))
ROTATED = (
    "[1] azurerm makes a temporary pool, deletes the pool with its nodes and makes it anew: pods"
    " move twice, without a drain; quota for both is needed"
)


def shown(name: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    table.show("aks", recorded(name))
    return capsys.readouterr().out.splitlines()


def test_in_a_pipe_each_resource_and_each_note_has_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert shown("pools-rotated", capsys) == [
        "",
        "aks: 2 rotated, 1 changed in place",
        "what happens      to                                            for"
        "                                see",
        "rotated           azurerm_kubernetes_cluster.aks"
        "                default_node_pool.os_disk_size_gb  [1]",
        "rotated           azurerm_kubernetes_cluster_node_pool.user     vm_size"
        "                            [1]",
        "changed in place  azurerm_kubernetes_cluster_node_pool.ingress",
        "",
        ROTATED,
    ]


def test_columns_that_nobody_needs_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown("moved-imported-forgotten", capsys) == [
        "",
        "aks: 1 imported, 1 moved, 1 forgotten, 1 output changed",
        "what happens  to",
        "imported      terraform_data.imported",
        "moved         terraform_data.old_name to terraform_data.new_name",
        "forgotten     terraform_data.forgotten",
    ]


def test_what_is_imported_and_changed_is_told_as_both(capsys: pytest.CaptureFixture[str]) -> None:
    change = {"actions": ["update"], "importing": {"id": "x"}, "before": {}, "after": {"tags": {}}}
    resource = {"address": "kubernetes_namespace_v1.x", "mode": "managed", "change": change}
    table.show("istio", {"resource_changes": [resource | {"type": "kubernetes_namespace_v1"}]})
    assert capsys.readouterr().out.splitlines()[1:] == [
        "istio: 1 changed in place",
        "what happens      to",
        "changed in place  kubernetes_namespace_v1.x (imported)",
    ]


def test_where_nothing_changes_a_line_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    table.show("aks", {})
    assert capsys.readouterr().out == "\naks: nothing changes\n"


@pytest.mark.parametrize("variable", ["FORCE_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE"])
@pytest.mark.parametrize("name", NAMES)
def test_a_pipe_gets_no_escape_codes(
    name: str, variable: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(variable, "1")
    monkeypatch.setenv("COLUMNS", "20")
    lines = shown(name, capsys)
    assert "\x1b" not in "".join(lines)
    assert len(lines) < 20


def test_markdown_has_the_counts_what_is_refused_and_the_notes() -> None:
    assert table.markdown("istio", recorded("load-balancer-address")) == (
        "**istio: 2 changed in place**\n"
        "\n"
        "> Refused unless `ALLOW` has it: `helm_release.istio-ingress`\n"
        "\n"
        "| what happens | to | for | see |\n"
        "|---|---|---|---|\n"
        "| changed in place | `azurerm_cdn_frontdoor_origin.istio-ingress-origin` |  |  |\n"
        "| changed in place | `helm_release.istio-ingress` | `azure-load-balancer-ipv4` | [1] |\n"
        "\n"
        "\\[1] the cloud controller builds load balancer address and Private Link Service anew:"
        " every connection of Front Door is gone, and no later plan says so. Then make the origin"
        " anew (`-replace`) and approve it. Harmless only where it names the address and subnet"
        " that are there already\n"
    )


def test_what_is_allowed_is_not_refused_in_markdown() -> None:
    text = table.markdown(
        "istio", recorded("load-balancer-address"), ["helm_release.istio-ingress"]
    )
    assert "Refused" not in text


@pytest.mark.parametrize("name", NAMES)
def test_neither_has_a_value_of_the_plan(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    plan = recorded(name)
    for each in plan["resource_changes"]:
        for when in ("before", "after"):
            each["change"][when] = _hidden(each["change"][when])
    table.show("stack", plan)
    text = table.markdown("stack", plan) + capsys.readouterr().out
    assert len(text.splitlines()) > 6
    assert "SECRET" not in text


def _hidden(value: Any, key: str = "") -> Any:
    """The same with other texts; of a release of Helm, those within the values of the chart."""
    if isinstance(value, dict):
        return {name: _hidden(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_hidden(inner, key) for inner in value]
    if key == "values":
        return yaml.safe_dump(_hidden(yaml.safe_load(value)))
    keeps = not isinstance(value, str) or key in ("chart", "name")
    return value if keeps else f"SECRET {value}"


def test_a_stack_that_cannot_be_planned_yet_says_why() -> None:
    assert table.not_yet("istio", ["stack istio: can be planned after aks"]) == (
        "**istio: not planned yet**\n\nstack istio: can be planned after aks\n"
    )
