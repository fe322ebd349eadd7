"""`make doctor` knows what is deployed already."""

import shutil
from pathlib import Path

from tests.acceptance.azure.resource_manager import SUBSCRIPTION
from tests.acceptance.doctor import examine
from tests.acceptance.project import ROOT
from tests.acceptance.world import World

ROOT_ID = f"/subscriptions/{SUBSCRIPTION}"


def test_what_our_states_have_is_no_miss(deployed_aks: World) -> None:
    shutil.copy(ROOT / "settings.toml", deployed_aks.project.folder)
    text = (ROOT / "settings.toml").read_text()
    found = examine(deployed_aks.azure, deployed_aks.project.folder, text)
    assert (found.status, found.missing) == (0, [])


def test_without_the_state_the_cluster_is_somebody_elses(
    deployed_aks: World, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    found = examine(deployed_aks.azure, elsewhere)
    assert [each.split(" = ")[0] for each in found.missing] == [
        "settings.toml: names.resource_group",
        "settings.toml: names.cluster",
    ]


def test_rights_at_the_groups_that_are_there_are_enough(deployed_aks: World) -> None:
    azure, folder = deployed_aks.azure, deployed_aks.project.folder
    azure.subscription.permissions[ROOT_ID] = [{"actions": ["*/read"]}]
    azure.subscription.permissions[f"{ROOT_ID}/resourceGroups/istio-aks"] = [{"actions": ["*"]}]
    assert examine(azure, folder).status == 0


def test_the_nodes_that_are_there_count_once(deployed_aks: World) -> None:
    azure, folder = deployed_aks.azure, deployed_aks.project.folder
    azure.scale("/agentPools/user", 4)
    azure.subscription.limits["standardDSv5Family"] = 60
    assert examine(azure, folder).status == 0
    azure.subscription.used["standardDSv5Family"] = 1
    (line,) = examine(azure, folder).missing
    assert "60 for all pools at their max_count, surge included, and 1 that others use" in line


def test_the_version_that_the_cluster_has_counts(deployed_aks: World) -> None:
    azure, folder = deployed_aks.azure, deployed_aks.project.folder
    azure.change("/managedClusters/istio-aks", currentKubernetesVersion="1.31.2")
    (line,) = examine(azure, folder).missing
    assert "supports Kubernetes 1.31.2, which the cluster has; this one supports 1.32" in line
    assert examine(azure, folder, 'cluster.kubernetes_version = "1.36"').status == 0


def test_a_state_that_cannot_be_read_is_a_line(deployed_aks: World) -> None:
    azure, folder = deployed_aks.azure, deployed_aks.project.folder
    (folder / "terraform.aks.tfstate").write_text("no state")
    found = examine(azure, folder)
    assert found.status == 0
    assert found.lines[0].startswith("could not be asked: stack aks: allowed: a state that can be")
