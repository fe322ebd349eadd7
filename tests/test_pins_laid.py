"""Pins that are laid into the stacks, and what is refused."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import UserError
from app.pins.laying import lay_pins
from app.pins.needs import Chart
from app.planned_upgrade import moment
from main import main
from tests.pinned import Project, packed
from tests.synthesis import Json


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The default settings with everything pinned, not to be written to."""
    return Project(tmp_path_factory.mktemp("made"))


@pytest.fixture
def project(made: Project, tmp_path: Path) -> Project:
    """The same, of the test's own."""
    return made.copied(tmp_path / "project")


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def releases(project: Project) -> Json:
    content = json.loads((project.stack("istio") / "cdk.tf.json").read_text())
    found: Json = content["resource"]["helm_release"]
    return found


def refused(project: Project) -> list[str]:
    with pytest.raises(UserError) as error:
        project.lay()
    return str(error.value).splitlines()


def test_without_pins_nothing_is_touched(project: Project, tmp_path: Path) -> None:
    before = files(project.out)
    lay_pins(project.environments, ["aks", "istio"], project.out, tmp_path / "none")
    assert files(project.out) == before


def test_each_stack_has_the_lock_of_the_providers_that_it_requires(project: Project) -> None:
    project.lay()
    locks = {
        name: (project.stack(name) / ".terraform.lock.hcl").read_text() for name in ("aks", "istio")
    }
    named = {
        name: [line.split('"')[1] for line in lock.splitlines() if line.startswith("provider")]
        for name, lock in locks.items()
    }
    assert named == {
        "aks": ["registry.terraform.io/hashicorp/azurerm"],
        "istio": [
            "registry.terraform.io/hashicorp/azurerm",
            "registry.terraform.io/hashicorp/helm",
            "registry.terraform.io/hashicorp/kubernetes",
        ],
    }


def test_opentofu_gets_the_hashes_of_its_own_registry_or_is_refused(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", "/usr/local/bin/tofu")
    assert refused(project)[0] == (
        "provider hashicorp/azurerm 4.55.0 of registry.opentofu.org: allowed: one that"
        " pins/providers has the hashes of; fix: run make pins where the registries can be"
        " reached, and commit what it writes"
    )


def test_helm_gets_the_archives_that_were_pinned_and_no_repository(project: Project) -> None:
    project.lay()
    remote = {
        name: release
        for name, release in releases(project).items()
        if not release["chart"].startswith("assets/")
    }
    assert sorted(remote) == ["istio-base", "istio-ingress", "istio-istiod", "prometheus"]
    pinned = [file.read_bytes() for file in project.pins.glob("charts/*.tgz")]
    for release in remote.values():
        assert "repository" not in release
        assert (project.stack("istio") / release["chart"]).read_bytes() in pinned


def test_another_content_of_the_same_version_has_another_path(
    project: Project, tmp_path: Path
) -> None:
    other = Project(tmp_path / "other", pack=lambda chart: packed(chart, description="changed"))
    project.lay()
    before = releases(project)["istio-istiod"]["chart"]
    other.lay()
    assert releases(other)["istio-istiod"]["chart"] != before


def test_a_release_has_the_version_that_its_archive_says(tmp_path: Path) -> None:
    project = Project(tmp_path, pack=lambda chart: packed(chart, version=f"v{chart.version}"))
    project.lay()
    assert releases(project)["istio-istiod"]["version"] == "v1.31.0"


def test_an_archive_that_was_changed_is_refused(project: Project) -> None:
    (file,) = project.pins.glob("charts/istiod-*.tgz")
    content = file.read_bytes()
    file.write_bytes(content + b"\0")
    (line,) = refused(project)
    assert line.startswith(f'{file}: sha256 = "')
    assert line.endswith(
        ", pinned in charts.json; fix: somebody has changed the file: take it from the last commit"
    )


def test_an_archive_that_is_missing_is_refused(project: Project) -> None:
    (file,) = project.pins.glob("charts/istiod-*.tgz")
    file.unlink()
    (line,) = refused(project)
    assert line.startswith(f"{file}: allowed: the chart istiod 1.31.0 of https://blob.istio.io/")


def test_another_version_than_was_pinned_is_refused(project: Project, tmp_path: Path) -> None:
    later = Project(tmp_path / "next", 'istio.version = "1.31.1"\nmonitoring.enabled = false')
    later.pins = project.pins
    lines = refused(later)
    assert (
        "chart istiod of https://blob.istio.io/istio-release/charts: version ="
        ' "1.31.1": allowed: one that pins/charts.json has: 1.31.0; fix: run make pins where the'
        " registries can be reached, and commit what it writes"
    ) in lines
    assert (
        "image docker.io/istio/pilot:1.31.1: allowed: one that pins/images.json has the digest of;"
        " fix: run make pins where the registries can be reached, and commit what it writes"
    ) in lines
    assert len(lines) == 5


def test_a_provider_that_is_not_pinned_is_refused_once(project: Project, tmp_path: Path) -> None:
    later = Project(tmp_path / "next", 'providers.azurerm = "4.81.0"')
    later.pins = project.pins
    (line,) = refused(later)
    assert line.startswith("provider hashicorp/azurerm 4.81.0 of registry.terraform.io: allowed:")


@pytest.mark.parametrize(
    ("kind", "untouched"),
    [
        ("providers", ".terraform.lock.hcl"),
        ("charts.json", "charts"),
    ],
)
def test_a_kind_that_is_not_there_is_not_pinned(
    project: Project, kind: str, untouched: str
) -> None:
    path = project.pins / kind
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    project.lay()
    assert not (project.stack("istio") / untouched).exists()


@pytest.mark.parametrize(
    ("file", "text", "allowed"),
    [
        ("charts.json", "{", "a file as make pins writes it"),
        ("charts.json", "{}", "a file as make pins writes it"),
        ("charts.json", '[{"name": "a"}]', "repository, name, version and sha256 of each chart"),
        ("images.json", '{"a": "sha256:0"}', "a digest sha256:... for each image"),
        (
            "providers/registry.terraform.io/hashicorp/azurerm/4.55.0.lock.hcl",
            'provider "registry.terraform.io/evil/azurerm" {\n  version     = "4.55.0"\n}\n',
            "the block of Terraform's lock file for this provider and version",
        ),
    ],
)
def test_a_file_that_was_damaged_is_refused(
    project: Project, file: str, text: str, allowed: str
) -> None:
    (project.pins / file).write_text(text)
    (line,) = refused(project)
    assert line == (
        f"{project.pins / file}: allowed: {allowed}; fix: take it from the last commit, or delete"
        " it and run make pins where registries can be reached"
    )


def test_a_lock_that_is_no_text_or_a_folder_is_refused(project: Project) -> None:
    (lock,) = project.pins.glob("providers/*/hashicorp/azurerm/*")
    lock.write_bytes(b"\xff\xfe")
    folder = lock.with_name("4.81.0.lock.hcl")
    folder.mkdir()
    lines = refused(project)
    assert [
        line.partition(": allowed: the block of Terraform's lock file")[0] for line in lines
    ] == [
        str(lock),
        str(folder),
    ]


def test_every_file_that_was_damaged_has_a_line(project: Project) -> None:
    (lock,) = project.pins.glob("providers/*/hashicorp/azurerm/*")
    files = [project.pins / "charts.json", project.pins / "images.json", lock]
    for file in files:
        file.write_text("{broken")
    assert [line.partition(": allowed:")[0] for line in refused(project)] == list(map(str, files))


@pytest.mark.parametrize(
    ("pack", "reason"),
    [
        (lambda chart: packed(chart)[:40], "Compressed file ended before"),
        (lambda chart: packed(chart, version=None), "its Chart.yaml says no version"),
        (lambda chart: packed(chart, version=1.31), "its Chart.yaml says no version"),
        (lambda _: b"no archive", "not a gzip file"),
    ],
)
def test_an_archive_that_was_pinned_and_is_no_chart_is_refused(
    tmp_path: Path, pack: Callable[[Chart], bytes], reason: str
) -> None:
    lines = refused(Project(tmp_path, pack=pack))
    assert len(lines) == 4
    for line in lines:
        assert line.startswith(str(tmp_path))
        assert ": allowed: the chart " in line
        assert reason in line


def test_a_refusal_leaves_what_was_synthesized_before_as_it_is(
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(project.pins.parent)
    monkeypatch.setenv("SETTINGS", str(project.environments[0].source))
    monkeypatch.setenv("CDKTF_OUTDIR", str(tmp_path / "written"))
    assert main([]) == 0
    before = files(tmp_path / "written")
    assert any(name.endswith(".tgz") for name in before)
    (file,) = project.pins.glob("charts/istiod-*.tgz")
    file.write_bytes(b"")
    assert main([]) == 2
    assert files(tmp_path / "written") == before
    assert "pins/charts/istiod-1.31.0-" in capsys.readouterr().err


def test_the_guard_of_upgrades_knows_a_control_plane_by_its_archive(project: Project) -> None:
    project.lay()
    found = releases(project)
    plan = {
        "resource_changes": [
            {"type": "helm_release", "mode": "managed", "change": {"after": found[name]}}
            for name in ("istio-istiod", "istio-ingress")
        ]
    }
    assert moment(plan, "after").planes == {"default": "1.31.0"}


def test_make_check_refuses_pins_that_do_not_fit_and_counts_those_that_do(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project.pins.parent)
    monkeypatch.setenv("SETTINGS", str(project.environments[0].source))
    assert main(["--check"]) == 0
    assert "pins: good: providers: 3, charts: 4, images: 12\n" in capsys.readouterr().out
    (project.pins / "images.json").write_text("{}")
    assert main(["--check"]) == 2
    assert "image docker.io/istio/pilot:1.31.0: allowed: " in capsys.readouterr().err
