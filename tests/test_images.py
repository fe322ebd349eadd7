"""Where images come from: one registry for all of them, and how they get into it."""

from pathlib import Path

import pytest

from main import main
from rules.images import Image, image
from settings import load_environments, load_settings
from settings.image_list import image_lines, installed
from tests.image_record import REGISTRY, TEXTS, identity, record
from tests.placement.cases import TLS
from tests.placement.unchecked import stacks_of
from tests.refused import assert_refused
from tests.rendering import ROOT
from tests.synthesis import Json, settings_text, synthesize, values

# Named by the charts, and run by no pod of ours: the one proves names by HTTP, the other is a part
# that nobody switched on.
NEVER_RUN = ("jetstack/cert-manager-acmesolver", "thanos/thanos")
MIRRORED = f'images.registry = "{REGISTRY}"\n'


def seen(case: str) -> list[str]:
    """What the real charts name, but for what never runs."""
    found = [each for images in record()[case]["images"].values() for each in images]
    return [each for each in found if not any(name in each for name in NEVER_RUN)]


def lines(folder: Path, text: str) -> list[str]:
    (environment,) = load_environments([settings_text(folder, text)])
    return list(image_lines(environment))


@pytest.mark.parametrize("case", TEXTS)
def test_the_record_was_made_with_these_values_and_versions(tmp_path: Path, case: str) -> None:
    assert identity(stacks_of(TEXTS[case], tmp_path)[1]) == record()[case]["identity"], (
        "see again: tests/image_record.py says how"
    )


def test_the_real_charts_name_no_other_registry_then() -> None:
    named = [each for images in record()["mirrored"]["images"].values() for each in images]
    assert [each for each in named if not each.startswith(f"{REGISTRY}/")] == []


def test_they_name_those_that_are_printed_and_no_others(tmp_path: Path) -> None:
    settings = load_settings(settings_text(tmp_path, MIRRORED + TLS))
    sample = f"{REGISTRY}/e2e-test-images/agnhost:2.53"
    printed = [each.in_registry(REGISTRY) for each in installed(settings)]
    assert sorted(printed) == sorted([*seen("mirrored"), sample])


def test_without_a_registry_they_come_from_where_they_are_published(tmp_path: Path) -> None:
    settings = load_settings(settings_text(tmp_path, TLS))
    # The releases of Istio are on Docker Hub too, which stays; their charts name another host.
    others = {str(each) for each in installed(settings) if "/istio/" not in str(each)}
    found = {each for each in seen("published") if "istio" not in each}
    assert others - found == {"registry.k8s.io/e2e-test-images/agnhost:2.53"}
    assert found <= others


def test_the_charts_name_the_images_without_a_shell_that_are_printed(tmp_path: Path) -> None:
    settings = load_settings(settings_text(tmp_path, TEXTS["distroless"]))
    printed = {each.name for each in installed(settings) if each.name.startswith("istio/")}
    named = {f"istio/{each.rpartition('/')[2]}" for each in seen("distroless") if "istio" in each}
    assert named == printed


def test_the_sample_comes_from_it_too(tmp_path: Path) -> None:
    istio = synthesize(settings_text(tmp_path, MIRRORED), tmp_path / "out")["istio"]
    (deployment,) = istio["resource"]["kubernetes_deployment_v1"].values()
    (container,) = deployment["spec"]["template"]["spec"]["container"]
    assert container["image"] == f"{REGISTRY}/e2e-test-images/agnhost:2.53"


def test_a_sample_that_is_there_already_stays_as_it_is_named(tmp_path: Path) -> None:
    text = f'{MIRRORED}sample.image = "{REGISTRY}/shop:1"\nmonitoring.enabled = false\n'
    istio = synthesize(settings_text(tmp_path, text), tmp_path / "out")["istio"]
    (deployment,) = istio["resource"]["kubernetes_deployment_v1"].values()
    (container,) = deployment["spec"]["template"]["spec"]["container"]
    assert container["image"] == f"{REGISTRY}/shop:1"
    assert [each for each in lines(tmp_path, text) if "shop" in each] == []


@pytest.mark.parametrize(
    ("release", "written"),
    [
        ("istio-istiod", {"global": {"hub": f"{REGISTRY}/istio"}}),
        ("cert-manager", {"imageRegistry": REGISTRY}),
        ("prometheus", {"global": {"imageRegistry": REGISTRY}}),
    ],
)
def test_a_chart_is_told_of_it(tmp_path: Path, release: str, written: Json) -> None:
    releases = {
        case: stacks_of(text, tmp_path / case)[1]["resource"]["helm_release"]
        for case, text in TEXTS.items()
    }
    mirrored, published = (values(releases[case][release]) for case in ("mirrored", "published"))
    assert mirrored == published | written


def test_what_is_printed_is_a_script_for_the_registry(tmp_path: Path) -> None:
    text = 'images.registry = "contoso.azurecr.io"\nmonitoring.enabled = false\n'
    assert lines(tmp_path, text) == [
        "az acr import --name contoso --source docker.io/istio/pilot:1.31.0"
        " --image istio/pilot:1.31.0",
        "az acr import --name contoso --source docker.io/istio/proxyv2:1.31.0"
        " --image istio/proxyv2:1.31.0",
        "az acr import --name contoso --source registry.k8s.io/e2e-test-images/agnhost:2.53"
        " --image e2e-test-images/agnhost:2.53",
    ]


@pytest.mark.parametrize(
    ("registry", "line"),
    [
        (
            "contoso.azurecr.io/mirror",
            "az acr import --name contoso --source registry.k8s.io/a/b:1 --image mirror/a/b:1",
        ),
        # With a label of its domain, a hash stands behind the name.
        (
            "contoso-a1b2c3.azurecr.io",
            "az acr import --name contoso --source registry.k8s.io/a/b:1 --image a/b:1",
        ),
        ("registry.contoso.com", "# copy registry.k8s.io/a/b:1 to registry.contoso.com/a/b:1"),
        (None, "# registry.k8s.io/a/b:1"),
    ],
)
def test_of_each_registry_the_line_that_fills_it(
    tmp_path: Path, registry: str | None, line: str
) -> None:
    text = f'images.registry = "{registry}"\n' if registry else ""
    text += 'sample.image = "registry.k8s.io/a/b:1"\nmonitoring.enabled = false\n'
    assert line in lines(tmp_path, text)


def test_the_document_for_firewalls_names_every_registry(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "production.md").read_text()
    section = text.partition("## What a firewall must let through")[2].partition("\n## ")[0]
    published = {image(each).host for each in seen("published")}
    printed = {each.host for each in installed(load_settings(settings_text(tmp_path, TLS)))}
    assert [host for host in sorted(published | printed) if f"`{host}`" not in section] == []


def test_an_image_by_its_digest_is_imported_without_a_tag(tmp_path: Path) -> None:
    digest = f"sha256:{'a' * 64}"
    text = 'images.registry = "contoso.azurecr.io"\nmonitoring.enabled = false\n'
    found = lines(tmp_path, f'{text}sample.image = "quay.io/a/b@{digest}"')
    assert f"az acr import --name contoso --source quay.io/a/b@{digest} --repository a/b" in found


def test_of_a_version_that_is_not_known_it_says_so(tmp_path: Path) -> None:
    assert "not known here" in lines(tmp_path, 'monitoring.version = "88.5.2"')[-1]


def test_without_the_stack_istio_there_is_none(tmp_path: Path) -> None:
    assert lines(tmp_path, 'stacks = ["aks"]') == []


def test_they_are_printed_below_the_name_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = settings_text(tmp_path, "monitoring.enabled = false")
    monkeypatch.setenv("SETTINGS", str(path))
    assert main(["--images"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"# {path}: the default environment",
        "# docker.io/istio/pilot:1.31.0",
        "# docker.io/istio/proxyv2:1.31.0",
        "# registry.k8s.io/e2e-test-images/agnhost:2.53",
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('istio.istiod_values.global.hub = "gcr.io/x"', "istio.istiod_values.global.hub"),
        (
            'monitoring.values.global.imageRegistry = "quay.io"',
            "monitoring.values.global.imageRegistry",
        ),
        (
            f'{TLS}values.imageRegistry = "quay.io"',
            "gateway.tls.cert_manager.values.imageRegistry",
        ),
    ],
)
def test_no_value_names_another_registry(tmp_path: Path, text: str, key: str) -> None:
    assert_refused(
        settings_text(tmp_path, MIRRORED + text),
        key,
        f"no value where images.registry is {REGISTRY}",
    )
    load_settings(settings_text(tmp_path, text))


@pytest.mark.parametrize(
    "value",
    [
        "https://contoso.azurecr.io",
        "contoso.azurecr.io/",
        "Contoso.azurecr.io",
        "contoso",
        "",
        "a b",
    ],
)
def test_what_is_no_registry_is_refused(tmp_path: Path, value: str) -> None:
    assert_refused(
        settings_text(tmp_path, f"images.registry = '{value}'"),
        "images.registry",
        "the host name of a registry in small letters",
    )


@pytest.mark.parametrize(
    ("reference", "host", "name"),
    [
        ("quay.io/a/b:1", "quay.io", "a/b:1"),
        ("a/b:1", "docker.io", "a/b:1"),
        ("busybox:1", "docker.io", "library/busybox:1"),
        ("localhost/a:1", "localhost", "a:1"),
        ("localhost:5000/a:1", "localhost:5000", "a:1"),
    ],
)
def test_an_image_without_a_host_is_docker_hub_s(reference: str, host: str, name: str) -> None:
    assert image(reference) == Image(host, name)


def test_dashboards_are_fetched_by_an_image_that_is_printed(tmp_path: Path) -> None:
    curl = "# docker.io/curlimages/curl:8.21.0"
    assert curl in lines(tmp_path, "monitoring.dashboards = true")
    assert curl not in lines(tmp_path, "")
