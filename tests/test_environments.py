"""Several environments side by side in one app."""

import json
from pathlib import Path

import pytest
from cdktf import App

from app.errors import UserError
from settings import load_environments
from stacks.app import build
from tests.synthesis import Json

DEV = """
environment = "dev"
[names]
resource_group = "dev"
[network]
address_space = "10.60.0.0/16"
node_subnet = "10.60.0.0/18"
private_link_subnet = "10.60.192.0/24"
[load_balancer]
private_ip_address = "10.60.192.20"
[private_link_service]
nat_ip_addresses = ["10.60.192.10"]
"""
PROD = 'environment = "prod"\n[names]\nresource_group = "prod"\n'


def files(folder: Path, **texts: str) -> list[Path]:
    paths = []
    for name, text in texts.items():
        paths.append(folder / f"{name}.toml")
        paths[-1].write_text(text)
    return paths


def synthesized(folder: Path, **texts: str) -> Path:
    app = App(outdir=str(folder / "out"))
    build(app, load_environments(files(folder, **texts)))
    app.synth()
    return folder / "out"


def stack(output: Path, name: str) -> Json:
    content: Json = json.loads((output / "stacks" / name / "cdk.tf.json").read_text())
    return content


def test_each_has_a_pair_of_stacks_named_after_it(tmp_path: Path) -> None:
    output = synthesized(tmp_path, dev=DEV, prod=PROD)
    manifest = json.loads((output / "manifest.json").read_text())
    assert {name: made["dependencies"] for name, made in manifest["stacks"].items()} == {
        "dev-aks": [],
        "dev-istio": ["dev-aks"],
        "prod-aks": [],
        "prod-istio": ["prod-aks"],
    }


def test_each_has_its_own_names_and_ranges(tmp_path: Path) -> None:
    output = synthesized(tmp_path, dev=DEV, prod=PROD)
    subnets = {
        name: stack(output, f"{name}-aks")["resource"]["azurerm_subnet"]["plc"]["address_prefixes"]
        for name in ("dev", "prod")
    }
    assert subnets == {"dev": ["10.60.192.0/24"], "prod": ["10.52.192.0/24"]}


def test_outputs_keep_their_names(tmp_path: Path) -> None:
    output = synthesized(tmp_path, dev=DEV, prod=PROD)
    assert "url" in stack(output, "dev-istio")["output"]


def test_state_is_the_same_alone_and_among_others(tmp_path: Path) -> None:
    together = stack(synthesized(tmp_path, dev=DEV, prod=PROD), "prod-aks")
    (tmp_path / "alone").mkdir()
    alone = stack(synthesized(tmp_path / "alone", prod=PROD), "prod-aks")
    expected = {"local": {"path": "../../../terraform.prod.aks.tfstate"}}
    assert together["terraform"]["backend"] == expected
    assert alone["terraform"]["backend"] == expected


def test_a_stack_is_the_same_alone_and_among_others(tmp_path: Path) -> None:
    together = stack(synthesized(tmp_path, dev=DEV, prod=PROD), "prod-istio")
    (tmp_path / "alone").mkdir()
    assert stack(synthesized(tmp_path / "alone", prod=PROD), "prod-istio") == together


def test_a_moved_and_renamed_file_keeps_stacks_and_states(tmp_path: Path) -> None:
    (tmp_path / "moved").mkdir()
    before = synthesized(tmp_path, prod=PROD)
    after = synthesized(tmp_path / "moved", settings=PROD)
    for name in ("prod-aks", "prod-istio"):
        assert stack(after, name) == stack(before, name)


def test_the_default_environment_stands_beside_others_under_its_plain_names(tmp_path: Path) -> None:
    output = synthesized(tmp_path, settings="", dev=DEV)
    assert sorted(path.name for path in (output / "stacks").iterdir()) == [
        "aks",
        "dev-aks",
        "dev-istio",
        "istio",
    ]


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        (
            {"dev": "", "prod": ""},
            ["prod.toml: environment = null: allowed: a name other than that of"],
        ),
        (
            {"dev": 'environment = "same"', "prod": 'environment = "same"'},
            ['prod.toml: environment = "same": allowed: a name other than that of'],
        ),
        (
            {"dev": "", "prod": 'environment = "prod"\nnames.cluster = "other"'},
            ['prod.toml: names.resource_group = "istio-aks": allowed: a value other than that of'],
        ),
        (
            {
                "dev": 'front_door.endpoint = "shop"',
                "prod": 'environment = "prod"\nnames.resource_group = "prod"\n'
                'front_door.endpoint = "Shop"',
            },
            ['prod.toml: front_door.endpoint = "Shop": allowed: a value other than that of'],
        ),
        (
            {
                "dev": 'stacks = ["istio"]',
                "prod": 'environment = "prod"\nstacks = ["istio"]\n'
                'private_link_service.name = "other"',
            },
            [
                'prod.toml: names.cluster = "istio-aks": allowed: a value other than that of',
                'prod.toml: front_door.profile = "MyFrontDoor": allowed: a value other than that',
            ],
        ),
        (
            {
                name: f'environment = "{name}"\nnames.resource_group = "{name}"\n[backend]\n'
                'type = "azurerm"\n'
                'storage_account_name = "tfstate"\ncontainer_name = "state"\naks_key = "same"'
                for name in ("dev", "prod")
            },
            ['prod.toml: backend.aks_key = "same": allowed: a value other than that'],
        ),
        (
            {"dev": "stacks = []", "prod": "colour = 1"},
            ["dev.toml: stacks = []: allowed:", "prod.toml: colour = 1: allowed:"],
        ),
    ],
)
def test_clashes_and_problems_of_all_files_are_listed(
    tmp_path: Path, texts: dict[str, str], lines: list[str]
) -> None:
    with pytest.raises(UserError) as refused:
        load_environments(files(tmp_path, **texts))
    found = [line.removeprefix(f"{tmp_path}/") for line in str(refused.value).splitlines()]
    assert len(found) == len(lines)
    for line, expected in zip(found, lines, strict=True):
        assert line.startswith(expected)


def test_the_same_file_twice_is_refused(tmp_path: Path) -> None:
    (path,) = files(tmp_path, prod=PROD)
    with pytest.raises(UserError, match='environment = "prod": allowed: a name other than'):
        load_environments([path, path])


def test_a_key_that_is_the_default_of_the_other_stack_is_refused(tmp_path: Path) -> None:
    (path,) = files(
        tmp_path,
        prod='environment = "prod"\n[backend]\ntype = "azurerm"\n'
        'storage_account_name = "tfstate"\ncontainer_name = "state"\n'
        'aks_key = "prod.istio.tfstate"',
    )
    with pytest.raises(
        UserError, match='backend.istio_key = "prod.istio.tfstate": allowed: a value'
    ):
        load_environments([path])
