"""Several environments side by side in one app."""

import json
from pathlib import Path

import pytest
from cdktf import App

from problems import Problems
from settings import load_environments
from stacks.app import build
from tests.synthesis import Json

DEV = '[names]\nresource_group = "dev"\n[network]\naddress_space = "10.60.0.0/16"\n' + (
    'system_subnet = "10.60.0.0/18"\nplc_subnet = "10.60.192.0/24"\n'
    '[load_balancer]\naddress = "10.60.192.20"\n'
    '[private_link_service]\nnat_address = "10.60.192.10"\n'
)
PROD = '[names]\nresource_group = "prod"\n'


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
    alone = stack(synthesized(tmp_path / "alone", prod=PROD), "aks")
    expected = {"local": {"path": "../../../terraform.prod.aks.tfstate"}}
    assert together["terraform"]["backend"] == expected
    assert alone["terraform"]["backend"] == expected


def test_resources_are_the_same_alone_and_among_others(tmp_path: Path) -> None:
    together = stack(synthesized(tmp_path, dev=DEV, prod=PROD), "prod-istio")
    (tmp_path / "alone").mkdir()
    alone = stack(synthesized(tmp_path / "alone", prod=PROD), "istio")
    for name, release in together["resource"]["helm_release"].items():
        assert (
            release["values" if "values" in release else "name"]
            == (
                alone["resource"]["helm_release"][name]["values" if "values" in release else "name"]
            )
        )


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        (
            {"dev": "", "prod": ""},
            ['prod.toml: names.cluster = "istio-aks": allowed: a value other than that of'],
        ),
        (
            {
                name: f'[names]\nresource_group = "{name}"\n[backend]\ntype = "azurerm"\n'
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
    with pytest.raises(Problems) as refused:
        load_environments(files(tmp_path, **texts))
    found = [line.removeprefix(f"{tmp_path}/") for line in str(refused.value).splitlines()]
    assert len(found) == len(lines)
    for line, expected in zip(found, lines, strict=True):
        assert line.startswith(expected)


def test_the_same_file_twice_is_refused(tmp_path: Path) -> None:
    (path,) = files(tmp_path, prod=PROD)
    with pytest.raises(Problems, match="the file's name"):
        load_environments([path, path])


def test_a_key_that_is_the_default_of_the_other_stack_is_refused(tmp_path: Path) -> None:
    (path,) = files(
        tmp_path,
        prod='[backend]\ntype = "azurerm"\nstorage_account_name = "tfstate"\n'
        'container_name = "state"\naks_key = "prod.istio.tfstate"',
    )
    with pytest.raises(
        Problems, match='backend.istio_key = "prod.istio.tfstate": allowed: a value'
    ):
        load_environments([path])
