"""Images by digest: what the real charts and the real istiod make of it, and what is left alone."""

import json
from pathlib import Path

import pytest

from app.pins.needs import needs_of
from settings import load_environments, load_settings
from settings.image_list import image_lines, installed
from stacks.app import synthesize
from tests.image_record import REGISTRY
from tests.pin_record import ANOTHER, OWN, TEXTS, made_up, pinned, record, told
from tests.placement.cases import TLS
from tests.synthesis import Json, settings_text, values
from tests.test_images import NEVER_RUN


@pytest.mark.parametrize("case", TEXTS)
def test_the_record_was_made_with_these_values_and_versions(tmp_path: Path, case: str) -> None:
    assert told(pinned(TEXTS[case], tmp_path)[0]) == record()[case]["told"], (
        "see again: tests/pin_record.py says how"
    )


@pytest.mark.parametrize("case", TEXTS)
def test_every_image_that_the_charts_name_has_its_own_digest(case: str) -> None:
    named = [each for images in record()[case]["images"].values() for each in images]
    run = [each for each in named if not any(name in each for name in NEVER_RUN)]
    assert [each for each in run if not each.endswith(f"@{OWN}")] == []
    assert [each for each in named if each.endswith(f"@{ANOTHER}")] == []
    assert len(run) == 17


def test_istiod_puts_the_proxy_into_pods_by_its_digest() -> None:
    assert record()["published"]["injected"] == [f"docker.io/istio/proxyv2:1.31.0@{OWN}"]
    assert record()["mirrored"]["injected"] == [f"{REGISTRY}/istio/proxyv2:1.31.0-distroless@{OWN}"]


@pytest.mark.parametrize("case", TEXTS)
def test_what_is_pinned_is_what_make_images_prints(tmp_path: Path, case: str) -> None:
    path = settings_text(tmp_path, TEXTS[case])
    environments = load_environments([path])
    synthesize(environments, None, tmp_path / "out")
    needs = needs_of(environments, tmp_path / "out")
    assert needs.images == {str(each) for each in installed(load_settings(path))}
    assert needs.unknown == set()


def test_the_sample_is_pinned_in_the_registry_of_ones_own(tmp_path: Path) -> None:
    stack, _ = pinned(TEXTS["mirrored"], tmp_path)
    (deployment,) = stack["resource"]["kubernetes_deployment_v1"].values()
    (container,) = deployment["spec"]["template"]["spec"]["container"]
    digest = made_up("registry.k8s.io/e2e-test-images/agnhost:2.53")
    assert container["image"] == f"{REGISTRY}/e2e-test-images/agnhost:2.53@{digest}"


def _release(text: str, folder: Path, name: str) -> Json:
    release: Json = pinned(text, folder)[0]["resource"]["helm_release"][name]
    return values(release)


def test_of_two_control_planes_each_has_its_own(tmp_path: Path) -> None:
    text = 'istio.version = "1.30.2"\n[istio.revisions]\n1-31-0 = "1.31.0"'
    for name, version in (("istio-istiod", "1.30.2"), ("istio-istiod-1-31-0", "1.31.0")):
        images = _release(text, tmp_path / name, name)
        pilot, proxy = (f"docker.io/istio/{each}:{version}" for each in ("pilot", "proxyv2"))
        assert images["pilot"]["image"] == f"{pilot}@{made_up(pilot)}"
        assert images["global"]["proxy"]["image"] == f"{proxy}@{made_up(proxy)}"


@pytest.mark.parametrize(
    ("text", "path", "image"),
    [
        ('istio.istiod_values.global.hub = "gcr.io/x"', "global.proxy", "gcr.io/x/proxyv2:1.31.0"),
        (
            'istio.istiod_values.global.tag = "1.31.0-1"',
            "global.proxy",
            "docker.io/istio/proxyv2:1.31.0-1",
        ),
        ('istio.istiod_values.pilot.image = "quay.io/a/b:1"', "pilot", "quay.io/a/b:1"),
        ('istio.istiod_values.image = "quay.io/a/b:1"', "pilot", "quay.io/a/b:1"),
        (
            'istio.istiod_values.pilot.variant = "debug"',
            "pilot",
            "docker.io/istio/pilot:1.31.0-debug",
        ),
    ],
)
def test_another_image_of_the_user_s_is_pinned_as_what_it_is(
    tmp_path: Path, text: str, path: str, image: str
) -> None:
    found = _release(text, tmp_path, "istio-istiod")
    for key in path.split("."):
        found = found[key]
    assert found["image"] == f"{image}@{made_up(image)}"


@pytest.mark.parametrize(
    ("text", "release", "unknown"),
    [
        (
            'monitoring.values.grafana.image.tag = "13.3.0"',
            "prometheus",
            "helm_release.prometheus: grafana.image.sha",
        ),
        (
            f'{TLS}values.webhook.image.repository = "quay.io/a/b"',
            "cert-manager",
            "helm_release.cert-manager: webhook.image.digest",
        ),
        ('monitoring.version = "88.5.2"', "prometheus", "helm_release.prometheus"),
    ],
)
def test_an_image_that_nobody_knows_gets_no_digest_of_another_and_is_named(
    tmp_path: Path, text: str, release: str, unknown: str
) -> None:
    environments = load_environments([settings_text(tmp_path, text)])
    synthesize(environments, None, tmp_path / "out")
    assert needs_of(environments, tmp_path / "out").unknown == {unknown}
    found = _release(text, tmp_path / "pinned", release)
    if ": " in unknown:
        *above, last = unknown.partition(": ")[2].split(".")
        for key in above:
            found = found[key]
        assert last not in found


def test_an_image_that_the_user_pins_is_left_as_it_is(tmp_path: Path) -> None:
    sha = "a" * 64
    text = f'monitoring.values.grafana.image = {{ tag = "13.3.0", sha = "{sha}" }}\n'
    text += f'sample.image = "quay.io/a/b@sha256:{sha}"'
    stack, _ = pinned(text, tmp_path)
    found = values(stack["resource"]["helm_release"]["prometheus"])
    assert found["grafana"]["image"] == {"tag": "13.3.0", "sha": sha}
    (deployment,) = stack["resource"]["kubernetes_deployment_v1"].values()
    (container,) = deployment["spec"]["template"]["spec"]["container"]
    assert container["image"] == f"quay.io/a/b@sha256:{sha}"


@pytest.mark.parametrize(
    ("registry", "line"),
    [
        (
            "contoso.azurecr.io",
            "az acr import --name contoso --source docker.io/istio/pilot@DIGEST"
            " --image istio/pilot:1.31.0",
        ),
        (
            "registry.contoso.com",
            "# copy docker.io/istio/pilot@DIGEST to registry.contoso.com/istio/pilot:1.31.0",
        ),
        (None, "# docker.io/istio/pilot:1.31.0@DIGEST"),
    ],
)
def test_a_pinned_image_is_brought_by_its_digest_and_keeps_its_tag(
    tmp_path: Path, registry: str | None, line: str
) -> None:
    text = f'images.registry = "{registry}"\n' if registry else ""
    (environment,) = load_environments([settings_text(tmp_path, text)])
    digest = made_up("istio/pilot")
    lines = list(image_lines(environment, {"docker.io/istio/pilot:1.31.0": digest}))
    assert line.replace("DIGEST", digest) in lines


def test_all_other_values_stay_as_they_are_written(tmp_path: Path) -> None:
    text = 'istio.istiod_values.odd = { a = "1e3", b = "yes", c = "0o17", d = "2026-01-01",'
    text += ' e = "${x}", f = 1.5, g = "é", h = "null", i = ["y", "~"], j = "0x1F" }\n'
    environments = load_environments([settings_text(tmp_path, text)])
    synthesize(environments, None, tmp_path / "out")
    stack = json.loads((tmp_path / "out/stacks/istio/cdk.tf.json").read_text())
    laid, _ = pinned(text, tmp_path / "pinned")
    for name in ("istio-istiod", "prometheus"):
        (before,) = stack["resource"]["helm_release"][name]["values"]
        (after,) = laid["resource"]["helm_release"][name]["values"]
        assert set(before.splitlines()) - set(after.splitlines()) == set()
        added = set(after.splitlines()) - set(before.splitlines())
        assert all("@sha256:" in line or "sha" in line or line.endswith(":") for line in added)
