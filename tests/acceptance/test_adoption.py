"""A deployment of the original comes under these stacks, with the states that it wrote itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.original import SETTINGS, Original, original

KEPT = (
    "/managedClusters/istio-aks",
    "/virtualNetworks/istio-aks",
    "/profiles/MyFrontDoor",
    "/origins/IstioOrigin",
    "/privateLinkServices/istio-ingress",
)
OF_AKS = {
    "azurerm_kubernetes_cluster.aks": "update",
    "azurerm_kubernetes_cluster_node_pool.ingress": "update",
    "azurerm_kubernetes_cluster_node_pool.user": "update",
}
OF_ISTIO = {
    "helm_release.ingress-routing": "create",
    "helm_release.istio-base": "update",
    "helm_release.istio-ingress": "update",
    "helm_release.istio-istiod-1-31-0": "create",
    "kubernetes_labels.default-injection": "create",
}
ADOPTED = """\
# A deployment of the original under these stacks: docs/from-the-original.md.
extends = "settings.toml"

[cluster]
agents_size = "Standard_D3_v2"
kubernetes_version = "1.35"

[front_door]
endpoint = "afd-78eb6f7609e84d46" # another one is another URL
origin_host_name = "10.52.192.10"
origin_host_header = "10.52.192.10" # take it away, and applications learn the client's host

[load_balancer]
private_ip_address = "10.52.0.4" # that it has; another one breaks every connection
names_subnet = false # as the original; a name would make the frontend anew

[istio]
in_place = false # the original's control plane has no revision, and stays beside ours
revision = "1-31-0"

[istio.revisions]
1-31-0 = "1.31.0"

[node_pools.ingress]
dedicated = false # take it away when the gateway has moved

[sample]
enabled = false # the original's echoserver was made by hand

[monitoring]
enabled = false # take it away when the original's Prometheus is gone

[adoption]
original = true # take the table away when all of it is deployed
namespaces = ["istio-system", "istio-ingress", "prometheus"]
"""


@pytest.fixture
def there(authority: Authority, tmp_path: Path) -> Iterator[Original]:
    """The original's deployment."""
    with original(authority, tmp_path) as made:
        yield made


def test_it_comes_under_these_stacks_and_nothing_is_made_anew(there: Original) -> None:
    before = {each: there.azure.resource(each)["id"] for each in KEPT}
    done = there.adopt()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-4:] == [
        "adopted.toml: written",
        "terraform.aks.tfstate: written",
        "terraform.istio.tfstate: written",
        "next: read adopted.toml, and go on at step 3 of docs/from-the-original.md",
    ]
    assert (there.folder / "adopted.toml").read_text() == ADOPTED
    assert there.azure.recording.writes() == []
    for name, changes in (("aks", OF_AKS), ("istio", OF_ISTIO)):
        stack = there.stack(name)
        assert stack.plan().actions == changes
        stack.apply()
        assert stack.plan().actions == {}
    assert {each: there.azure.resource(each)["id"] for each in KEPT} == before
    assert [each for each in there.azure.recording.writes() if each.startswith("DELETE")] == []


def test_what_a_plan_would_replace_is_refused_and_nothing_is_written(there: Original) -> None:
    files = sorted(each.name for each in there.folder.iterdir())
    done = there.adopt(SETTINGS + 'overrides."azurerm_kubernetes_cluster.aks".dns_prefix = "b"\n')
    assert done.returncode == 2
    assert (
        'stack aks: azurerm_kubernetes_cluster.aks = "replaced for dns_prefix": allowed: as it is,'
        " or changed in place: it would be cut, or gone; fix: " in done.stderr
    )
    assert sorted(each.name for each in there.folder.iterdir()) == sorted([*files, "settings.toml"])
