"""What the identity that plans may do in the cluster, on the real kube-apiserver with RBAC."""

import json
from collections.abc import Callable

import pytest

from settings.loader import load_settings
from tests.acceptance.project import ROOT, Synthesized
from tests.acceptance.terraform.plan import Plan
from tests.acceptance.terraform.process import TerraformError
from tests.rights.reader import SETTINGS, Deployed, Somebody

Planned = Callable[..., Plan]
RELEASES = ("istio-system", "istio-ingress", "prometheus")
SECRETS = "/api/v1/namespaces/{}/secrets"


@pytest.fixture(scope="module")
def reader(deployed: Deployed) -> Somebody:
    """Who has the roles that `make identities` prints."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SETTINGS.items():
            patch.setenv(name, value)
        deployed.grant(load_settings(ROOT / "settings.toml"), "reader")
    return deployed.somebody("reader")


@pytest.fixture(scope="module")
def nobody(deployed: Deployed) -> Somebody:
    """Who has no role at all."""
    return deployed.somebody("nobody")


@pytest.fixture
def plan(deployed: Deployed, synthesized: Synthesized) -> Callable[..., Plan]:
    """Plans the stack istio as somebody."""

    def as_somebody(who: Somebody, *options: str) -> Plan:
        access = {"method": "kubeconfig", "path": str(who.kubeconfig)}
        settings = SETTINGS | {"ISTIO_AKS_CLUSTER_ACCESS": json.dumps(access)}
        deployed.world.project.resynthesize(synthesized(settings))
        return deployed.world.stack("istio").plan("-lock=false", *options)

    return as_somebody


def test_a_plan_is_quiet(plan: Planned, reader: Somebody) -> None:
    assert plan(reader).actions == {}


def test_without_the_role_a_plan_fails(plan: Planned, nobody: Somebody) -> None:
    with pytest.raises(TerraformError, match="forbidden"):
        plan(nobody)


def test_without_the_role_a_plan_that_looks_at_nothing_is_quiet(
    plan: Planned, nobody: Somebody
) -> None:
    assert plan(nobody, "-refresh=false").actions == {}


@pytest.mark.parametrize("namespace", RELEASES)
def test_every_secret_beside_a_release_is_read(reader: Somebody, namespace: str) -> None:
    assert reader.ask(SECRETS.format(namespace)) == 200


@pytest.mark.parametrize("namespace", ["default", "shop", "kube-system", "kube-public"])
def test_no_other_secret_is_read(reader: Somebody, namespace: str) -> None:
    assert reader.ask(SECRETS.format(namespace)) == 403


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/secrets",
        "/api/v1/namespaces",
        "/api/v1/nodes",
        "/api/v1/namespaces/istio-system/configmaps",
        "/api/v1/namespaces/istio-system/pods",
        "/api/v1/namespaces/shop/pods",
        "/apis/apps/v1/namespaces/default/deployments",
        "/apis/networking.istio.io/v1/virtualservices",
    ],
)
def test_nothing_else_is_listed(reader: Somebody, path: str) -> None:
    assert reader.ask(path) == 403


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (SECRETS.format("istio-system"), {"metadata": {"name": "mine"}}),
        ("/api/v1/namespaces", {"metadata": {"name": "mine"}}),
        ("/api/v1/namespaces/istio-system/serviceaccounts/default/token", {"spec": {}}),
    ],
)
def test_nothing_is_written(reader: Somebody, path: str, body: dict[str, object]) -> None:
    assert reader.ask(path, "POST", body) == 403


def test_nothing_is_deleted(reader: Somebody) -> None:
    assert reader.ask("/api/v1/namespaces/shop", "DELETE") == 403
