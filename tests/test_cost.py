"""What it costs: counted in what is synthesized, priced by the list, nothing made up."""

import io
import re
from pathlib import Path

import pytest

from app.cost import page, tables
from app.cost.lines import Line, lines
from app.cost.price_list import price_list
from app.cost.quota import Need, needs
from app.cost.shown import show
from app.cost.traffic import rates
from app.synthesized import Synthesized, synthesized
from main import main
from settings import load_environments
from tests.synthesis import settings_text
from tools.documents import cost
from tools.shown import shown

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def default() -> Synthesized:
    return shown()["settings.toml"]


@pytest.fixture(scope="module")
def production() -> Synthesized:
    return shown()["settings.production.toml"]


def _of(folder: Path, text: str) -> Synthesized:
    return synthesized(load_environments([settings_text(folder, text)])[0])


def _line(stacks: Synthesized, begin: str) -> Line:
    (found,) = (each for each in lines(stacks) if each.what.startswith(begin))
    return found


def _need(stacks: Synthesized, begin: str) -> Need:
    (found,) = (each for each in needs(stacks) if each.what.startswith(begin))
    return found


def test_the_document_is_that_of_the_code() -> None:
    assert (ROOT / "docs" / "cost.md").read_text() == cost()


def test_nodes_cost_their_hours(default: Synthesized) -> None:
    line = _line(default, "nodes of `user`")
    assert (line.least, line.most) == (1, 5)
    assert line.at_least == pytest.approx(0.230 * 730)
    assert line.at_most == pytest.approx(5 * 0.230 * 730)


def test_the_gateways_pool_has_a_node_for_each_pod_that_must_be_apart(
    default: Synthesized,
) -> None:
    # min_count is 1; the second of min_replicas = 2 waits for a node, which the autoscaler brings.
    line = _line(default, "nodes of `ingress`")
    assert (line.least, line.most) == (2, 2)
    assert line.at_least == pytest.approx(2 * 0.230 * 730)
    assert _line(default, "system disks of `ingress`").at_least == pytest.approx(2 * 19.71)
    assert _need(default, "vCPUs of the region").least == 4 * 4


_WIDE = "node_pools.ingress.max_count = 9\ngateway.max_replicas = 9\n"
_MESH = "node_pools.mesh.dedicated = true\nistio.node_pool = 'mesh'\n"


@pytest.mark.parametrize(
    ("text", "pool", "least"),
    [
        ("gateway.min_replicas = 1", "ingress", 1),
        ("gateway.min_replicas = 1\nnode_pools.ingress.min_count = 0", "ingress", 1),
        # Kept apart as far as min_available needs it, and no further.
        (f"{_WIDE}gateway.min_replicas = 5", "ingress", 2),
        (f"{_WIDE}gateway.min_replicas = 5\ngateway.min_available = 3", "ingress", 4),
        ("node_pools.ingress.max_count = 5\nnode_pools.ingress.min_count = 4", "ingress", 4),
        ("node_pools.ingress.dedicated = false", "ingress", 1),
        # By KEDA's object, where the chart has no autoscaler.
        ("gateway.requests_per_second = 50\ncluster.keda = true", "ingress", 2),
        (f"{_MESH}istio.min_replicas = 2", "mesh", 2),
        (f"{_MESH}istio.min_replicas = 1", "mesh", 1),
    ],
)
def test_nodes_at_least_are_those_that_pods_need(
    tmp_path: Path, text: str, pool: str, least: int
) -> None:
    assert _line(_of(tmp_path, text), f"nodes of `{pool}`").least == least


def test_a_pool_more_is_a_line_more(tmp_path: Path) -> None:
    text = '[node_pools.batch]\nmin_count = 0\nmax_count = 20\nvm_size = "Standard_D8s_v5"'
    line = _line(_of(tmp_path, text), "nodes of `batch`")
    assert line.at_least == 0
    assert line.at_most == pytest.approx(20 * 0.460 * 730)


def test_the_size_of_the_settings_is_priced_in_any_case(tmp_path: Path) -> None:
    line = _line(_of(tmp_path, 'cluster.agents_size = "standard_d2s_v5"'), "nodes of `user`")
    assert line.at_least == pytest.approx(0.115 * 730)


@pytest.mark.parametrize(
    "pool",
    ['vm_size = "Standard_L8s_v3"', "spot = true", 'vm_size = "Standard_L8s_v3"\nspot = true'],
)
def test_what_nobody_was_found_to_say_is_not_known(tmp_path: Path, pool: str) -> None:
    stacks = _of(tmp_path, f"[node_pools.batch]\n{pool}")
    line = next(each for each in lines(stacks) if "`batch`" in each.what and "nodes" in each.what)
    assert line.at_least is None
    assert line.at_most is None
    assert f"| {line.what} | 1 to 5 | not known | not known |" in "".join(tables(stacks))


@pytest.mark.parametrize(
    ("pool", "tier", "price"),
    [
        ('vm_size = "Standard_D4s_v5"', "P10", 19.71),
        ('vm_size = "Standard_D8s_v5"', "P15", None),
        ('vm_size = "Standard_D16s_v5"', "P20", 73.22),
        ("os_disk_size_gb = 65", "P10", 19.71),
        ("os_disk_size_gb = 64", "P6", None),
        ("os_disk_size_gb = 2048", "2048 GB", None),
    ],
)
def test_system_disks_go_by_their_size_or_by_the_vcpus(
    tmp_path: Path, pool: str, tier: str, price: float | None
) -> None:
    line = _line(_of(tmp_path, f"[node_pools.batch]\n{pool}"), "system disks of `batch`")
    assert line.what == f"system disks of `batch`, {tier}"
    assert line.price.amount == price


def test_ephemeral_disks_cost_nothing(production: Synthesized) -> None:
    assert not [each for each in lines(production) if "system disks" in each.what]


def test_defender_counts_vcpus(production: Synthesized) -> None:
    line = _line(production, "Defender")
    assert (line.least, line.most) == (9 * 4, 20 * 4)


def test_defender_is_not_priced_where_a_size_is_not_known(tmp_path: Path) -> None:
    workspace = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/p/providers"
    workspace += "/Microsoft.OperationalInsights/workspaces/security"
    text = f'guard.defender_workspace = "{workspace}"\nnode_pools.user.vm_size = "Standard_L8s_v3"'
    line = _line(_of(tmp_path, text), "Defender")
    assert line.at_least is None
    assert (line.least, line.most) == (4, 12)


def test_the_way_out_is_what_the_settings_say(
    default: Synthesized, production: Synthesized
) -> None:
    assert _line(default, "load balancer for ways out").most == 1
    assert _line(production, "NAT gateway").most == 1
    assert not [each for each in lines(default) if "NAT" in each.what]
    assert not [each for each in lines(production) if "ways out" in each.what]


def test_istio_alone_pays_for_no_nodes(tmp_path: Path) -> None:
    stacks = _of(tmp_path, 'stacks = ["istio"]')
    assert not [each for each in lines(stacks) if "nodes" in each.what]
    assert list(needs(stacks)) == []
    assert _line(stacks, "Front Door Premium").at_least == 330


def test_the_sum_is_that_of_what_is_known(default: Synthesized) -> None:
    known = [each.at_least for each in lines(default) if each.at_least is not None]
    assert f"| **{sum(known):,.2f}** |" in "".join(tables(default))
    assert "without 1 of which no price is known" in "".join(tables(default))


def test_logs_are_paid_for_where_there_are_some(
    default: Synthesized, production: Synthesized
) -> None:
    assert not [each for each in rates(default) if "logs" in each.what]
    assert [
        each.price.amount for each in rates(production) if each.what == "logs that come in"
    ] == [2.99]


def test_quota_has_the_surge_of_an_upgrade(production: Synthesized) -> None:
    # 5, 5 and 10 nodes, and a third more of each pool, rounded up, of four vCPUs.
    need = _need(production, "vCPUs of standardDDSv5Family")
    assert (need.least, need.most) == (9 * 4, (5 + 2 + 5 + 2 + 10 + 4) * 4)
    assert _need(production, "vCPUs of the region").most == need.most


def test_spot_nodes_have_a_quota_of_their_own_and_no_surge(tmp_path: Path) -> None:
    stacks = _of(tmp_path, "[node_pools.batch]\nspot = true\nmin_count = 0\nmax_count = 7")
    assert _need(stacks, "vCPUs of spot nodes").most == 7 * 4
    assert _need(stacks, "vCPUs of the region").most == 60


def test_addresses_are_those_of_nodes_and_their_pods(
    default: Synthesized, production: Synthesized
) -> None:
    need = _need(default, "addresses of nodes and pods")
    # One node of the pool system with 100 pods, two of ingress and one of user with 30.
    assert need.least == 101 + 2 * 31 + 31
    assert need.most == 6 * 101 + 3 * 31 + 6 * 31
    assert need.of == "16,379"
    assert _need(production, "addresses of nodes in").most == 28


def test_the_cost_is_printed_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings_text(tmp_path, 'stacks = ["edge"]')
    monkeypatch.chdir(tmp_path)
    assert main(["--cost"]) == 0
    printed = capsys.readouterr().out
    assert "| **together** |  | **330.00** | **330.00** |" in printed
    assert "Quota" not in printed
    assert [each.name for each in tmp_path.iterdir()] == ["settings.toml"]


def test_a_region_without_prices_here_is_told(tmp_path: Path) -> None:
    (elsewhere,) = load_environments([settings_text(tmp_path, 'cluster.region = "eastus"')])
    assert page(elsewhere).startswith(
        "\nNote: the prices are those of westeurope, and `cluster.region` is eastus:"
        " no prices of it are known here, so it may cost more or less.\n"
    )
    (here,) = load_environments([settings_text(tmp_path, 'cluster.region = "westeurope"')])
    assert "Note:" not in page(here)


def test_sources_are_those_of_the_prices_above(tmp_path: Path) -> None:
    (edge,) = load_environments([settings_text(tmp_path, 'stacks = ["edge"]')])
    above, _, sources = page(edge).partition("## Where the prices come from")
    named = re.findall(r"^\| `([\w-]+)`", sources, re.M)
    assert named == ["front-door"]
    assert set(re.findall(r"`(front-door|karpenter|infracost)`", above)) == {"front-door"}


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_in_a_terminal_the_tables_fit_and_nothing_is_cut_off(
    default: Synthesized, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")
    terminal = _Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    show("".join(tables(default)))
    printed = terminal.getvalue()
    assert max(map(len, printed.splitlines())) == 80
    assert "1,173.88" in printed
    assert not {"…", "|", "`", "*"} & set(printed)


def test_a_pipe_gets_the_markdown(default: Synthesized, capsys: pytest.CaptureFixture[str]) -> None:
    text = "".join(tables(default))
    show(text)
    assert capsys.readouterr().out == f"{text}\n"


def test_every_price_says_who_says_it_and_when() -> None:
    prices = price_list()
    for name in prices.names():
        price = prices.price(name)
        assert price.per, name
        # Nodes have their prices by size.
        if price.amount is not None or name == "node":
            assert price.source in prices.sources, name
    for source in prices.sources.values():
        assert source["address"].startswith("https://")
        assert source["date"].year >= 2023


def test_settings_that_lower_a_line_are_documented() -> None:
    documented = (ROOT / "docs" / "settings.md").read_text()
    lowered = [each.lowered_by for stacks in shown().values() for each in lines(stacks)]
    lowered += [each.lowered_by for stacks in shown().values() for each in rates(stacks)]
    keys = {key for text in lowered for key in re.findall(r"`([\w.]+)", text)}
    general = {re.sub(r"^node_pools\.\w+", "node_pools.NAME", key) for key in keys}
    assert len(general) > 10
    for key in general - {"min_count", "max_count", "vm_size"}:
        assert re.search(
            rf"^(\| `{re.escape(key)}\b|## `\[{re.escape(key)}\])", documented, re.M
        ), key
