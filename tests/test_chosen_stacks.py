"""Which stacks are meant, by the names that a person gives."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.errors import UserError
from settings import Environment, chosen_stacks, load_environments

DEV = 'environment = "dev"\nnames.resource_group = "dev"\n'
PROD = 'environment = "prod"\n'


def environments(folder: Path, *texts: str) -> list[Environment]:
    files = []
    for number, text in enumerate(texts):
        files.append(folder / f"{number}.toml")
        files[-1].write_text(text)
    return load_environments(files)


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (None, ["prod-aks", "prod-istio"]),
        ([], ["prod-aks", "prod-istio"]),
        (["istio"], ["prod-istio"]),
        (["prod-aks"], ["prod-aks"]),
        (["istio", "prod-aks", "aks"], ["prod-aks", "prod-istio"]),
    ],
)
def test_of_one_environment_in_the_order_of_their_deployment(
    tmp_path: Path, names: Sequence[str] | None, chosen: list[str]
) -> None:
    assert chosen_stacks(environments(tmp_path, PROD), names) == chosen


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (None, ["dev-aks", "dev-istio", "prod-aks", "prod-istio"]),
        (["prod-istio", "dev-aks"], ["dev-aks", "prod-istio"]),
    ],
)
def test_of_several_environments_by_their_whole_names(
    tmp_path: Path, names: Sequence[str] | None, chosen: list[str]
) -> None:
    assert chosen_stacks(environments(tmp_path, DEV, PROD), names) == chosen


def test_a_plain_name_is_none_of_several_environments(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="stack aks: allowed: one of the stacks dev-aks, dev-istio"):
        chosen_stacks(environments(tmp_path, DEV, PROD), ["aks"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the default environment, with the stacks aks, istio"),
        (PROD, "the environment prod, with the stacks prod-aks, prod-istio"),
        ('stacks = ["istio", "aks"]', "the default environment, with the stacks aks, istio"),
        ('stacks = ["istio"]', "the default environment, with the stacks istio"),
    ],
)
def test_an_environment_says_what_it_is(tmp_path: Path, text: str, said: str) -> None:
    (environment,) = environments(tmp_path, text)
    assert str(environment) == f"{tmp_path}/0.toml: good: {said}"
