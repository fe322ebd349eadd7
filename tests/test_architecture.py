"""The pictures are those of what is synthesized: what is in them, and what is not."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from app.picture import groups, request
from app.picture.kinds import COUNTED, DRAWN, JOINS, WITHIN
from app.picture.mermaid import Flowchart, several
from app.synthesized import Synthesized, synthesized
from main import main
from settings import load_environments
from tests.synthesis import settings_text
from tools.documents import architecture
from tools.order.picture import backwards, words
from tools.order.table import DESTROY_MINUTES, ours
from tools.shown import shown

ROOT = Path(__file__).parents[1]
MOST_NODES = 35


@pytest.fixture(scope="module")
def default() -> Synthesized:
    return shown()["settings.toml"]


@pytest.fixture(scope="module")
def production() -> Synthesized:
    return shown()["settings.production.toml"]


def _of(folder: Path, text: str) -> Synthesized:
    return synthesized(load_environments([settings_text(folder, text)])[0])


def test_the_document_is_that_of_the_code() -> None:
    assert (ROOT / "docs" / "architecture.md").read_text() == architecture()


def test_a_request_goes_from_the_client_to_the_sample(default: Synthesized) -> None:
    drawn = _arrows(str(request(default)))
    way = ["client", "hosts", "group_myorigingroup", "service_istio_ingress"]
    way += [
        "balancer_istio_ingress",
        "gateway_istio_ingress",
        "application_echoserver_default_8080",
    ]
    assert set(pairwise(way)) == {each for each in drawn if each[0] != "plane_istiod"}


def test_arrows_say_the_protocol(default: Synthesized, production: Synthesized) -> None:
    assert "HTTP, private endpoint" in str(request(default))
    assert "port 80" in str(request(default))
    assert "HTTPS, private endpoint" in str(request(production))
    assert "port 443" in str(request(production))


def test_a_request_goes_through_the_firewall(production: Synthesized) -> None:
    arrows = _arrows(str(request(production)))
    assert ("hosts", "firewall") in arrows
    assert ("firewall", "group_myorigingroup") in arrows


def test_a_gateway_is_configured_by_the_control_plane_that_it_follows(tmp_path: Path) -> None:
    text = """
        [istio]
        version = "1.30.4"
        revisions = { "1-31-0" = "1.31.0" }
        [gateway]
        revision = "1-31-0"
        """
    drawn = str(request(_of(tmp_path, text)))
    assert "istiod, Istio 1.30.4" in drawn
    arrows = [each for each in _arrows(drawn) if each[1] == "gateway_istio_ingress"]
    assert arrows == [
        ("balancer_istio_ingress", "gateway_istio_ingress"),
        ("plane_istiod_1_31_0", "gateway_istio_ingress"),
    ]


def test_a_gateway_may_follow_a_tag(tmp_path: Path) -> None:
    text = """
        [istio]
        version = "1.30.4"
        revisions = { "1-31-0" = "1.31.0" }
        tags = { canary = "1-31-0" }
        [gateway]
        revision = "canary"
        """
    arrows = _arrows(str(request(_of(tmp_path, text))))
    assert ("plane_istiod_1_31_0", "gateway_istio_ingress") in arrows
    assert ("plane_istiod", "gateway_istio_ingress") not in arrows


def test_pools_have_their_size_and_zones(production: Synthesized) -> None:
    text = str(request(production))
    assert "3 to 10 of Standard_D4ds_v5<br/>zones 1, 2, 3" in text


def test_kedas_number_of_pods_is_the_gateways(production: Synthesized) -> None:
    assert "gateway istio-ingress<br/>3 to 10 pods" in str(request(production))


def test_each_group_has_a_box(production: Synthesized) -> None:
    titles = re.findall(r'subgraph \w+\["(.+)"\]', str(groups(production)))
    assert titles == [
        "resource group istio-aks-edge",
        "resource group istio-aks",
        "resource group istio-aks-nodes, made by AKS",
    ]


def test_the_nodes_group_is_named_as_aks_does(default: Synthesized) -> None:
    assert "MC_istio-aks_istio-aks_westeurope" in str(groups(default))


def test_what_exists_is_said_to_be_there(production: Synthesized) -> None:
    text = str(groups(production))
    assert "container registry contoso, in platform" in text
    assert "DNS zone contoso.com, in dns" in text


def test_logs_go_to_their_workspace(production: Synthesized) -> None:
    arrows = _arrows(str(groups(production)))
    assert ("cluster", "azurerm_log_analytics_workspace_watch") in arrows
    assert ("front_door", "azurerm_log_analytics_workspace_logs") in arrows


def test_the_way_out_is_the_one_of_the_settings(
    default: Synthesized, production: Synthesized
) -> None:
    assert ("pools", "public_balancer") in _arrows(str(groups(default)))
    assert ("pools", "azurerm_nat_gateway_nat_gateway") in _arrows(str(groups(production)))
    assert "public balancer" not in str(groups(production))


def test_a_private_cluster_is_not_on_the_internet() -> None:
    stacks = synthesized(load_environments([ROOT / "settings.private.toml"])[0])
    assert "private API server" in str(groups(stacks))
    assert ("network", "there") in _arrows(str(groups(stacks)))
    assert "virtual network hub, in hub" in str(groups(stacks))
    assert ("pools", "firewall_10_100_0_4") in _arrows(str(groups(stacks)))
    titles = re.findall(r'subgraph \w+\["(.+)"\]', str(groups(stacks)))
    assert [each.partition(",")[0].split()[-1] for each in titles] == [
        "istio-aks-private-edge",
        "istio-aks-private",
        "istio-aks-private-nodes",
    ]


def test_istio_alone_is_drawn_on_a_cluster_that_is_there(tmp_path: Path) -> None:
    stacks = _of(tmp_path, 'stacks = ["istio"]')
    assert "AKS cluster, already there" in str(request(stacks))
    assert "pool system" not in str(request(stacks))
    assert groups(stacks).nodes > 0


def test_an_edge_alone_has_no_cluster(tmp_path: Path) -> None:
    stacks = _of(tmp_path, 'stacks = ["edge"]')
    assert "virtual network" not in str(request(stacks))
    assert "AKS" not in str(groups(stacks))


def test_many_pools_and_routes_are_put_together(tmp_path: Path) -> None:
    text = "\n".join(f"[node_pools.p{number}]" for number in range(12))
    text += "".join(
        f'\n[[routes]]\nhost = "h{number}.contoso.com"\nservice = "s{number}"\nport = 80'
        "\nwithout_domain = true"
        for number in range(40)
    )
    stacks = _of(tmp_path, f"sample.enabled = false\n{text}")
    assert request(stacks).nodes <= MOST_NODES
    assert groups(stacks).nodes <= MOST_NODES
    assert "and 35 more" in str(request(stacks))
    assert "and 8 more pools" in str(request(stacks))


@pytest.mark.parametrize("name", ["settings.toml", "settings.production.toml"])
def test_a_picture_has_few_nodes(name: str) -> None:
    for chart in (request(shown()[name]), groups(shown()[name])):
        assert 0 < chart.nodes <= MOST_NODES


def test_every_kind_that_is_made_has_its_place(production: Synthesized) -> None:
    known = {*DRAWN, *COUNTED, *WITHIN, *JOINS}
    code = "".join(path.read_text() for path in _sources())
    used = set(re.findall(r"cdktf_cdktf_provider_azurerm\.([a-z0-9_]+) import", code))
    made = {f"azurerm_{each}" for each in used if not each.startswith(("data_", "provider"))}
    assert made - known == set()
    assert {each.kind for each in production.all_made() if each.kind.startswith("azurerm")} <= known


def test_no_colour_is_hard_coded(production: Synthesized) -> None:
    text = str(request(production)) + str(groups(production))
    assert not re.search(r"style |classDef|fill|#[0-9a-f]{6}", text)


def test_signs_of_mermaid_are_escaped() -> None:
    chart = Flowchart()
    chart.node("end", 'a "b" <c> & `d`')
    assert 'end_0["a #quot;b#quot; #lt;c#gt; #amp; #96;d#96;"]' in str(chart)


def test_keys_that_differ_in_signs_are_two_nodes() -> None:
    chart = Flowchart()
    chart.node("a-b", "one")
    chart.node("a b", "two")
    assert 'a_b["one"]' in str(chart)
    assert 'a_b_1["two"]' in str(chart)


def test_several_names_say_how_many_more_there_are() -> None:
    assert several(["a", "b", "c"], 3) == ["a", "b", "c"]
    assert several(["a", "b", "c", "d"], 3) == ["a", "b", "and 2 more"]


def test_a_destroy_goes_the_other_way() -> None:
    gone = backwards(ours(), DESTROY_MINUTES)
    assert list(gone) == ["istio", "aks"]
    ends = {each.name: each.ends for steps in gone.values() for each in steps}
    begins = {each.name: each.begins for steps in gone.values() for each in steps}
    gateway, profile = "helm_release.istio-ingress", "azurerm_cdn_frontdoor_profile.front-door"
    assert begins[gateway] >= ends[profile]
    assert begins["azurerm_kubernetes_cluster.aks"] >= ends[gateway]


def test_an_address_is_said_in_words() -> None:
    assert words("azurerm_kubernetes_cluster_node_pool.user") == "pool user"
    assert words("azurerm_cdn_frontdoor_origin_group.x") == "Front Door origin group x"
    assert words("kubernetes_namespace_v1.x") == "namespace x"


@pytest.mark.skipif(
    "MERMAID_MODULES" not in os.environ,
    reason="on request: MERMAID_MODULES is a node_modules with mermaid 12.3.0 and jsdom",
)
def test_mermaid_reads_every_chart_of_the_documents(tmp_path: Path) -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    charts = [
        chart
        for page in pages
        for chart in re.findall(r"```mermaid\n(.*?)```", page.read_text(), re.DOTALL)
    ]
    script = ROOT / "tests" / "mermaid" / "parse.mjs"
    refused = subprocess.run(
        ["node", str(script), os.environ["MERMAID_MODULES"]],
        input=json.dumps([*charts, "flowchart TB\n a["]),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    # The last is wrong on purpose: it would be seen.
    assert [line.partition(":")[0] for line in refused] == [str(len(charts))]
    assert len(charts) >= 6


def test_the_pictures_are_printed_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings_text(tmp_path, 'environment = "prod"')
    monkeypatch.chdir(tmp_path)
    assert main(["--picture"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("# settings.toml: the environment prod\n")
    assert printed.count("```mermaid\n") == 2
    assert [each.name for each in tmp_path.iterdir()] == ["settings.toml"]


def _arrows(text: str) -> list[tuple[str, str]]:
    return re.findall(r'^    (\w+) -\.?-+>(?:\|".*"\|)? (\w+)$', text, re.MULTILINE)


def _sources() -> Iterator[Path]:
    for folder in ("constructs", "stacks"):
        yield from (ROOT / folder).rglob("*.py")
