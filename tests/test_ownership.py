"""What two environments would both own, in one subscription or in two."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_environments
from tests.test_environments import files
from tests.test_existing import NETWORK

FIRST, SECOND = "11111111-0000-0000-0000-000000000000", "22222222-0000-0000-0000-00000000000A"


@pytest.mark.parametrize(
    ("one", "other", "of_the_machine"),
    [
        (FIRST, SECOND, None),
        (FIRST, None, SECOND),
    ],
)
def test_the_same_group_in_two_subscriptions_is_accepted(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    one: str,
    other: str | None,
    of_the_machine: str | None,
) -> None:
    if of_the_machine:
        monkeypatch.setenv("ARM_SUBSCRIPTION_ID", of_the_machine)
    load_environments(in_subscriptions(tmp_path, one, other))


@pytest.mark.parametrize(
    ("one", "other", "of_the_machine"),
    [
        (SECOND, SECOND.lower(), None),
        (FIRST, None, FIRST),
        (None, None, None),
        # Nobody knows before the deploy which subscription the second will be in.
        (FIRST, None, None),
    ],
)
def test_the_same_group_in_what_may_be_one_subscription_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    one: str | None,
    other: str | None,
    of_the_machine: str | None,
) -> None:
    monkeypatch.delenv("ARM_SUBSCRIPTION_ID", raising=False)
    if of_the_machine:
        monkeypatch.setenv("ARM_SUBSCRIPTION_ID", of_the_machine)
    with pytest.raises(UserError, match='names.resource_group = "istio-aks": allowed: a value'):
        load_environments(in_subscriptions(tmp_path, one, other))


def test_an_endpoint_is_of_the_tenant_whatever_the_subscription(tmp_path: Path) -> None:
    one, other = in_subscriptions(tmp_path, FIRST, SECOND)
    for path in (one, other):
        path.write_text(f"{path.read_text()}\nfront_door.endpoint = 'shop'")
    with pytest.raises(UserError) as refused:
        load_environments([one, other])
    assert [problem.key for problem in refused.value.problems] == ["front_door.endpoint"]


def in_subscriptions(folder: Path, one: str | None, other: str | None) -> list[Path]:
    texts = {
        name: f'environment = "{name}"\n'
        + (f'subscription_id = "{subscription}"' if subscription else "")
        for name, subscription in (("one", one), ("other", other))
    }
    return files(folder, **texts)


def test_a_cluster_and_the_mesh_on_it_may_be_two_environments(tmp_path: Path) -> None:
    load_environments(
        files(
            tmp_path,
            cluster='environment = "cluster"\nstacks = ["aks"]',
            mesh='environment = "mesh"\nstacks = ["istio"]',
        )
    )


@pytest.mark.parametrize("stacks", ["['aks']", "['istio']", "['aks', 'istio']"])
def test_two_clusters_of_one_name_in_a_group_that_exists_are_refused(
    tmp_path: Path, stacks: str
) -> None:
    text = (
        f"environment = '{{0}}'\nstacks = {stacks}\nexisting.resource_group = true\n"
        "names.virtual_network = '{0}'\nfront_door.profile = 'Profile-{0}'"
    )
    with pytest.raises(UserError) as refused:
        load_environments(files(tmp_path, one=text.format("one"), other=text.format("other")))
    assert {problem.key for problem in refused.value.problems} == {"names.cluster"}


def test_two_clusters_of_two_names_may_share_a_group_that_exists(tmp_path: Path) -> None:
    text = (
        "environment = '{0}'\nexisting.resource_group = true\nnames.cluster = '{0}'\n"
        "names.virtual_network = '{0}'\nfront_door.profile = 'Profile-{0}'"
    )
    load_environments(files(tmp_path, one=text.format("one"), other=text.format("other")))


def test_one_network_made_twice_in_a_group_that_exists_is_refused(tmp_path: Path) -> None:
    text = (
        "environment = '{0}'\nexisting.resource_group = true\nnames.cluster = '{0}'\n"
        "front_door.profile = 'Profile-{0}'"
    )
    with pytest.raises(UserError) as refused:
        load_environments(files(tmp_path, one=text.format("one"), other=text.format("other")))
    assert [problem.key for problem in refused.value.problems] == ["names.virtual_network"]


HUB = (
    "environment = '{0}'\nnames.resource_group = '{0}'\n"
    f"existing.virtual_network = '{NETWORK}'\n"
)


def test_the_same_subnets_made_twice_in_a_network_that_exists_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        load_environments(files(tmp_path, one=HUB.format("one"), other=HUB.format("other")))
    assert {problem.key for problem in refused.value.problems} == {"existing.virtual_network"}


def test_subnets_that_exist_may_be_shared(tmp_path: Path) -> None:
    text = HUB + "existing.node_subnet = 'nodes'\nexisting.private_link_subnet = 'links'\n"
    load_environments(files(tmp_path, one=text.format("one"), other=text.format("other")))


def test_a_vault_has_one_owner_whatever_the_subscription(tmp_path: Path) -> None:
    one, other = in_subscriptions(tmp_path, FIRST, SECOND)
    for path in (one, other):
        vault = 'guard = { key_vault = "make", key_vault_name = "contoso-shop" }'
        path.write_text(f"{path.read_text()}\n{vault}")
    with pytest.raises(UserError) as refused:
        load_environments([one, other])
    assert [problem.key for problem in refused.value.problems] == ["guard.key_vault_name"]
