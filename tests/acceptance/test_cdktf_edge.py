"""`cdktf deploy` of four stacks: an edge, a cluster with its mesh, and the traffic between them."""

from pathlib import Path

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.stand_in import running
from tests.acceptance.command_line import run_cdktf, write_app
from tests.acceptance.project import ROOT

SETTINGS = f"""
extends = "{ROOT / "settings.toml"}"
stacks = ["edge", "aks", "istio", "traffic"]
waf.mode = "Prevention"
[domains."shop.contoso.com"]
"""


def test_four_stacks_are_deployed_and_destroyed_in_their_order(
    authority: Authority, tmp_path: Path
) -> None:
    write_app(tmp_path)
    (tmp_path / "prod.toml").write_text(SETTINGS)
    stacks = ("edge", "aks", "istio", "traffic")
    with running(authority) as azure:
        environment = azure.environment | {
            "SETTINGS": "prod.toml",
            "PYTHONPATH": str(ROOT),
            "CI": "1",
            "DISABLE_VERSION_CHECK": "1",
        }
        run_cdktf(tmp_path, environment, "deploy", "--parallelism=1", stacks=stacks)
        writes = [each for each in azure.recording.writes() if each.startswith("PUT")]
        assert writes[0].endswith("/resourceGroups/istio-aks-edge")
        order = [each.rpartition("/")[2] for each in writes]
        assert order.index("wafMyFrontDoor") < order.index("istio-aks") < order.index("IstioOrigin")
        assert order[-1] == "MyRoute"
        run_cdktf(tmp_path, environment, "destroy", "--parallelism=1", stacks=stacks)
        deleted = [each for each in azure.recording.writes() if each.startswith("DELETE")]
        assert deleted[0].endswith("/routes/MyRoute")
        assert deleted[-1].endswith("/resourceGroups/istio-aks-edge")
        assert azure.store.ids() == []
