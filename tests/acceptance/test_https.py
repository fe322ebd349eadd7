"""HTTPS to a gateway that is there, step by step on the real azurerm, and back."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.https_steps import steps_too_far
from settings import load_environments
from tests.acceptance.project import ROOT, Synthesized
from tests.acceptance.secrets import keys_in
from tests.acceptance.world import Enter, Kept, World
from tests.test_tls import VAULT, ZONE

ISSUED = {"host_name": "origin.contoso.com", "cert_manager": {"dns_zone": ZONE}}
MOUNTED = {"host_name": "origin.contoso.com", "key_vault": {"vault": VAULT, "name": "origin"}}
GROUP = "azurerm_cdn_frontdoor_origin_group.origin-group"
ORIGIN = "azurerm_cdn_frontdoor_origin.istio-ingress-origin"
ROUTE = "azurerm_cdn_frontdoor_route.route"
NOTE = "terraform_data.forwarding"
IDENTITY = "azurerm_user_assigned_identity."
TRUST = "azurerm_federated_identity_credential."
ROLE = "azurerm_role_assignment."
STAGES = ("listen", "forward", "close")


def _settings(tls: Mapping[str, Any] | None, stage: str = "listen") -> dict[str, str]:
    return {"ISTIO_AKS_GATEWAY__TLS": json.dumps({**tls, "stage": stage})} if tls else {}


def _output(synthesized: Synthesized, tls: Mapping[str, Any] | None, stage: str = "listen") -> Path:
    return synthesized(_settings(tls, stage), only_azure=True)


def _group_of(id_: str) -> str:
    return id_.partition("/providers/")[0]


@pytest.fixture(scope="session")
def listening(kept: Kept, synthesized: Synthesized, with_both: Path) -> Path:
    """Both stacks, and afterwards 443 beside 80."""

    def live(made: World) -> None:
        made.azure.make(_group_of(ZONE), {"location": "westeurope"})
        for name in ("aks", "istio"):
            made.stack(name).apply()

    return kept("listening", _output(synthesized, ISSUED), live, with_both)


@pytest.fixture(scope="session")
def forwarding(kept: Kept, synthesized: Synthesized, listening: Path) -> Path:
    """The same, and afterwards Front Door comes by HTTPS."""
    output = _output(synthesized, ISSUED, "forward")
    return kept("forwarding", output, lambda made: made.stack("istio").apply(), listening)


def test_the_cluster_is_updated_in_place(
    enter: Enter, synthesized: Synthesized, with_both: Path
) -> None:
    world = enter(_output(synthesized, ISSUED), with_both)
    assert world.stack("aks").plan().actions == {"azurerm_kubernetes_cluster.aks": "update"}


def test_the_first_step_makes_the_identity_and_tells_front_door_the_name(
    enter: Enter, synthesized: Synthesized, with_both: Path
) -> None:
    world = enter(_output(synthesized, ISSUED), with_both)
    assert world.stack("istio").plan().actions == {
        f"{IDENTITY}cert-manager-identity": "create",
        f"{TRUST}cert-manager-identity-trust": "create",
        f"{ROLE}cert-manager-identity-dns-zone-contributor": "create",
        ORIGIN: "update",
        NOTE: "create",
    }


def test_the_other_way_has_an_identity_of_the_gateway(
    enter: Enter, synthesized: Synthesized, with_both: Path
) -> None:
    world = enter(_output(synthesized, MOUNTED), with_both)
    world.azure.make(_group_of(VAULT), {"location": "westeurope"})
    stack = world.stack("istio")
    assert stack.plan().actions == {
        f"{IDENTITY}istio-ingress-identity": "create",
        f"{TRUST}istio-ingress-identity-trust": "create",
        f"{ROLE}istio-ingress-identity-key-vault-secrets-user": "create",
        ORIGIN: "update",
        NOTE: "create",
    }
    stack.apply()
    assert stack.plan().actions == {}


def test_the_second_step_has_front_door_come_by_https(
    enter: Enter, synthesized: Synthesized, listening: Path
) -> None:
    world = enter(_output(synthesized, ISSUED, "forward"), listening)
    assert world.stack("istio").plan().actions == {
        GROUP: "update",
        ROUTE: "update",
        NOTE: "delete, create",
    }


def test_the_third_step_asks_nothing_of_azure(
    enter: Enter, synthesized: Synthesized, forwarding: Path
) -> None:
    world = enter(_output(synthesized, ISSUED, "close"), forwarding)
    assert world.stack("istio").plan().actions == {}


def test_the_way_back_is_the_same(enter: Enter, synthesized: Synthesized, forwarding: Path) -> None:
    world = enter(_output(synthesized, ISSUED, "listen"), forwarding)
    stack = world.stack("istio")
    assert stack.plan().actions == {GROUP: "update", ROUTE: "update", NOTE: "delete, create"}
    stack.apply()
    world.project.resynthesize(_output(synthesized, None))
    stack = world.stack("istio")
    assert stack.plan().actions == {
        f"{IDENTITY}cert-manager-identity": "delete",
        f"{TRUST}cert-manager-identity-trust": "delete",
        f"{ROLE}cert-manager-identity-dns-zone-contributor": "delete",
        ORIGIN: "update",
        NOTE: "delete",
    }
    stack.apply()
    assert stack.plan().actions == {}


@pytest.mark.parametrize("name", ["aks", "istio"])
def test_second_plans_are_quiet(
    enter: Enter, synthesized: Synthesized, forwarding: Path, name: str
) -> None:
    world = enter(_output(synthesized, ISSUED, "forward"), forwarding)
    assert world.stack(name).plan().actions == {}


def test_front_door_probes_and_comes_by_https(
    enter: Enter, synthesized: Synthesized, forwarding: Path
) -> None:
    world = enter(_output(synthesized, ISSUED, "forward"), forwarding)
    group = world.azure.resource("/originGroups/MyOriginGroup")["properties"]
    assert group["healthProbeSettings"]["probeProtocol"] == "Https"
    route = world.azure.resource("/routes/MyRoute")["properties"]
    assert route["forwardingProtocol"] == "HttpsOnly"
    origin = world.azure.resource("/origins/IstioOrigin")["properties"]
    assert (origin["hostName"], origin["httpsPort"]) == ("origin.contoso.com", 443)


def test_the_state_says_since_when(
    enter: Enter, synthesized: Synthesized, forwarding: Path
) -> None:
    world = enter(_output(synthesized, ISSUED, "forward"), forwarding)
    state = json.loads(world.stack("istio").state.read_text())
    (note,) = (each for each in state["resources"] if each["type"] == "terraform_data")
    said = note["instances"][0]["attributes"]["output"]["value"]
    assert said["protocol"] == "HttpsOnly"
    age = datetime.now(UTC) - datetime.fromisoformat(said["since"])
    assert 0 <= age.total_seconds() < 3600


def test_the_port_is_not_shut_before_all_of_front_door_knows(
    enter: Enter, synthesized: Synthesized, forwarding: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The states are azurerm's; the release, which needs a cluster, is put in as helm writes it."""
    world = enter(_output(synthesized, ISSUED, "forward"), forwarding)
    whole = synthesized(_settings(ISSUED, "forward"))
    stack = json.loads((whole / "stacks/istio/cdk.tf.json").read_text())
    release = stack["resource"]["helm_release"]["istio-ingress"]
    attributes = {key: release[key] for key in ("name", "values")}
    file = world.stack("istio").state
    state = json.loads(file.read_text())
    state["resources"] += [
        {
            "mode": "managed",
            "type": "helm_release",
            "name": "istio-ingress",
            "instances": [{"attributes": attributes}],
        }
    ]
    file.write_text(json.dumps(state))
    for name, text in _settings(ISSUED, "close").items():
        monkeypatch.setenv(name, text)
    environments = load_environments([ROOT / "settings.toml"])
    (problem,) = steps_too_far(environments, ["istio"], world.project.folder)
    assert problem.key == "gateway.tls.stage"
    assert problem.allowed.startswith("a stage in which the gateway listens on 80, for 45 minutes")


def test_no_state_has_a_key_but_those_of_the_cluster(
    enter: Enter, synthesized: Synthesized, forwarding: Path
) -> None:
    world = enter(_output(synthesized, ISSUED, "forward"), forwarding)
    for name in ("aks", "istio"):
        state = json.loads(world.stack(name).state.read_text())
        assert list(keys_in(state, ("kube_config", "kube_admin_config"))) == []
    # The search finds those of the cluster.
    assert list(keys_in(json.loads(world.stack("aks").state.read_text()))) != []
