"""Pins, judged by Terraform, its helm provider and Helm: taken, laid, taken over, and refused."""

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import UserError
from app.pins import programs
from app.pins.laying import lay_pins, registry_host
from app.pins.needs import Needs, Provider, needs_of, providers_of
from app.pins.registry import RefusedError
from app.pins.store import LOCK_FILE, Pins, hashes_of, read, write
from app.pins.taking import Options, take
from settings import Environment, load_environments
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.messages import Answer, Request, error
from tests.acceptance.azure.server import HttpsServer
from tests.acceptance.charts import chart_repository
from tests.acceptance.project import ROOT, Project, Synthesized
from tests.acceptance.releases import pretend_deployed
from tests.acceptance.terraform.process import TerraformError
from tests.acceptance.terraform.stack import Stack
from tests.acceptance.world import Enter

CHARTS = {"base": "1.31.0", "istiod": "1.31.0", "gateway": "1.31.0"}


def _environment() -> Environment:
    return load_environments([ROOT / "settings.toml"])[0]


@pytest.fixture
def aks(synthesized: Synthesized, tmp_path: Path) -> Stack:
    """The stack aks with the hash of its provider pinned, as this machine has the provider."""
    project = Project.of(synthesized(), tmp_path / "first", {})
    first = Stack(project.folder / "cdktf.out/stacks/aks", project.environment)
    first.init("-backend=false")
    lock = (first.folder / LOCK_FILE).read_text()
    (provider,) = providers_of(json.loads((first.folder / "cdk.tf.json").read_text()))
    block = lock[lock.index("provider ") :]
    write(Pins(providers={(registry_host(), provider): block}), tmp_path / "pins")
    output = tmp_path / "laid"
    shutil.copytree(synthesized(), output)
    lay_pins([_environment()], ["aks"], output, tmp_path / "pins")
    second = Project.of(output, tmp_path / "second", {})
    return Stack(second.folder / "cdktf.out/stacks/aks", second.environment)


def test_terraform_takes_a_provider_that_is_the_one_that_was_pinned(aks: Stack) -> None:
    before = (aks.folder / LOCK_FILE).read_text()
    aks.init("-backend=false", "-lockfile=readonly")
    assert (aks.folder / LOCK_FILE).read_text() == before
    assert before.startswith("# Pinned by `make pins`")


def test_terraform_refuses_a_provider_that_is_another(aks: Stack) -> None:
    lock = aks.folder / LOCK_FILE
    # Other hashes of the same form.
    lock.write_text(re.sub(r'"(h1:|zh:).{8}', r'"\g<1>00000000', lock.read_text()))
    with pytest.raises(TerraformError) as refused:
        aks.init("-backend=false")
    said = "azurerm 4.55.0 doesn't match any of the checksums previously recorded"
    assert said in refused.value.text


@pytest.fixture
def mirror(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, dict[str, bytes]]]:
    """A mirror of providers on localhost with one that can do nothing, and its files."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    files: dict[str, bytes] = {}
    folder = f"/{registry_host()}/hashicorp/azurerm"
    files[f"{folder}/index.json"] = json.dumps({"versions": {"4.55.0": {}}}).encode()
    archives: dict[str, dict[str, str]] = {}
    for platform in programs.PLATFORMS:
        name = f"terraform-provider-azurerm_4.55.0_{platform}.zip"
        packed = tmp_path / name
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("terraform-provider-azurerm_v4.55.0_x5", platform)
        files[f"{folder}/{name}"] = packed.read_bytes()
        archives[platform] = {"url": name}
    files[f"{folder}/4.55.0.json"] = json.dumps({"archives": archives}).encode()

    def answer(request: Request) -> Answer:
        if request.path not in files:
            return error(404, "NotFound", request.path)
        return Answer(200, None if request.method == "HEAD" else files[request.path])

    with HttpsServer(authority, answer) as server:
        yield f"https://{server.host}/", files


def test_terraform_locks_a_provider_for_all_platforms_from_a_mirror(
    mirror: tuple[str, dict[str, bytes]],
) -> None:
    host, block = programs.locked(Provider("hashicorp/azurerm", "4.55.0"), mirror[0])
    assert host == registry_host()
    assert block.startswith(f'provider "{host}/hashicorp/azurerm" {{\n  version     = "4.55.0"\n')
    assert len(hashes_of(block)) == len(programs.PLATFORMS) == 5


def test_a_provider_whose_content_has_changed_is_an_alarm(
    mirror: tuple[str, dict[str, bytes]], tmp_path: Path
) -> None:
    address, files = mirror
    needs = Needs(providers={Provider("hashicorp/azurerm", "4.55.0")})
    options = Options(kinds=["providers"], mirror=address)
    take(needs, options, lambda _: None, tmp_path / "pins")
    (archive,) = [name for name in files if name.endswith("_linux_arm64.zip")]
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("terraform-provider-azurerm_v4.55.0_x5", "another")
    files[archive] = other.read_bytes()
    with pytest.raises(UserError, match="the same version has another content now"):
        take(needs, options, lambda _: None, tmp_path / "pins")


def test_a_platform_that_the_release_does_not_have_is_named(
    mirror: tuple[str, dict[str, bytes]],
) -> None:
    address, files = mirror
    (index,) = [name for name in files if name.endswith("/4.55.0.json")]
    content = json.loads(files[index])
    del content["archives"]["windows_amd64"]
    files[index] = json.dumps(content).encode()
    with pytest.raises(RefusedError, match="windows_amd64"):
        programs.locked(Provider("hashicorp/azurerm", "4.55.0"), address)


def test_pinned_charts_take_over_in_place_and_need_no_repository(
    authority: Authority,
    with_both: Path,
    synthesized: Synthesized,
    enter: Enter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    versions = {name: [version] for name, version in CHARTS.items()}
    with chart_repository(authority, versions | {"kube-prometheus-stack": ["88.5.3"]}) as address:
        settings = {
            "ISTIO_AKS_ISTIO__CHART_REPOSITORY": address,
            "ISTIO_AKS_MONITORING__CHART_REPOSITORY": address,
        }
        output = synthesized(settings)
        world = enter(output, with_both)
        stack = world.stack("istio")
        pretend_deployed(stack, stack.plan())
        environment = _environment()
        with monkeypatch.context() as trusting:
            trusting.setenv("SSL_CERT_FILE", str(authority.file))
            for name in ("CACHE", "CONFIG", "DATA"):
                trusting.setenv(f"HELM_{name}_HOME", str(tmp_path / "helm-of-pins" / name))
            needs = needs_of([environment], output)
            take(needs, Options(kinds=["charts"]), lambda _: None, tmp_path / "pins")
    assert {each.name: each.version for each in read(tmp_path / "pins").charts or ()} == (
        CHARTS | {"kube-prometheus-stack": "88.5.3"}
    )
    laid = tmp_path / "laid"
    shutil.copytree(output, laid)
    lay_pins([environment], ["istio"], laid, tmp_path / "pins")
    world.project.resynthesize(laid)
    # The repository is gone.
    stack = world.stack("istio")
    plan = stack.plan("-refresh=false")
    releases = ("istio-base", "istio-ingress", "istio-istiod", "prometheus")
    assert plan.actions == {f"helm_release.{name}": "update" for name in releases}
    for name in releases:
        assert plan.changed(f"helm_release.{name}") >= {"chart", "repository"}
        assert not plan.changed(f"helm_release.{name}") & {"values", "version"}
    pretend_deployed(stack, plan)
    assert stack.plan("-refresh=false").actions == {}
