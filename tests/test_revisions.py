from pathlib import Path

import pytest
import yaml
from cdktf import TerraformStack

from constructs.mesh.mesh import Mesh
from constructs.mesh.revision_tags import CHART
from settings.istio import Istio
from settings.loader import load_settings
from tests.refused import assert_refused
from tests.rendering import helm
from tests.synthesis import Json, settings_text, synth, synthesize, values

BESIDE = Istio(version="1.30.4", revisions={"1-31-0": "1.31.0"}, tags={"stable": "default"})


def releases(stack: TerraformStack, options: Istio) -> Json:
    Mesh(stack, "istio", namespace="istio-system", options=options)
    made: Json = synth(stack)["resource"]["helm_release"]
    return made


def test_each_control_plane_is_a_release_of_its_own_version(stack: TerraformStack) -> None:
    made = releases(stack, BESIDE)
    assert {key: (each["name"], each.get("version")) for key, each in made.items()} == {
        "istio-base": ("istio-base", "1.31.0"),
        "istio-istiod": ("istiod", "1.30.4"),
        "istio-istiod-1-31-0": ("istiod-1-31-0", "1.31.0"),
        "istio-tags": ("revision-tags", "1.0.0"),
    }


def test_only_the_one_with_a_revision_is_told_its_name(stack: TerraformStack) -> None:
    made = releases(stack, BESIDE)
    assert "revision" not in values(made["istio-istiod"])
    assert values(made["istio-istiod-1-31-0"])["revision"] == "1-31-0"


def test_the_control_plane_that_is_followed_checks_objects(stack: TerraformStack) -> None:
    made = releases(stack, BESIDE.model_copy(update={"revision": "1-31-0"}))
    assert values(made["istio-base"]) == {"defaultRevision": "1-31-0"}


def test_a_control_plane_that_is_away_has_no_release(stack: TerraformStack) -> None:
    options = Istio(in_place=False, revisions={"1-31-0": "1.31.0"}, revision="1-31-0")
    assert set(releases(stack, options)) == {"istio-base", "istio-istiod-1-31-0"}


def webhooks(tags: Json) -> list[Json]:
    done = helm("template", "revision-tags", str(CHART), "-n", "istio-system", values=tags)
    assert done.returncode == 0, done.stderr
    return [each for each in yaml.safe_load_all(done.stdout) if each]


def test_a_tag_sends_pods_to_the_istiod_behind_it() -> None:
    tags = {"tags": {"stable": {"revision": "1-31-0", "service": "istiod-1-31-0"}}}
    (made,) = webhooks(tags)
    assert made["metadata"]["name"] == "istio-revision-tag-stable"
    assert made["metadata"]["labels"] == {
        "app": "sidecar-injector",
        "istio.io/rev": "1-31-0",
        "istio.io/tag": "stable",
    }
    assert {each["clientConfig"]["service"]["name"] for each in made["webhooks"]} == {
        "istiod-1-31-0"
    }


STEP = """
istio = { version = "1.30.4", revisions = { 1-31-0 = "1.31.0" } }
namespaces.shop = { revision = "1-31-0" }
gateway.revision = "1-31-0"
"""


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Json:
    folder = tmp_path_factory.mktemp("moved")
    made: Json = synthesize(settings_text(folder, STEP), folder / "out")["istio"]["resource"]
    return made


def test_a_namespace_that_follows_a_revision_asks_for_it(moved: Json) -> None:
    labels = moved["kubernetes_namespace_v1"]["shop-namespace"]["metadata"]["labels"]
    assert labels == {"istio.io/rev": "1-31-0"}


def test_the_others_stay_with_the_one_without_a_revision(moved: Json) -> None:
    labels = moved["kubernetes_labels"]["default-injection"]["labels"]
    assert labels == {"istio-injection": "enabled"}


def test_the_gateway_follows_with_its_release(moved: Json) -> None:
    gateway = moved["helm_release"]["istio-ingress"]
    assert (gateway["version"], values(gateway)["revision"]) == ("1.31.0", "1-31-0")


KNOWN = 'a control plane or a tag of istio: "default", "1-31-0"'


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        (
            "istio.in_place = false",
            "istio.in_place",
            "true where there are no istio.revisions: the mesh needs a control plane",
        ),
        (
            'istio.revisions.default = "1.31.0"',
            "istio.revisions",
            'names other than "default", which is that of istio.version',
        ),
        (
            'istio = { version = "1.28.3", revisions = { next = "1.31.0" } }',
            "istio.revisions.next",
            "at most 2 minor versions away from default, 1.28.3: Istio supports no more in one"
            " step",
        ),
        (
            'istio.revision = "1-31-0"',
            "istio.revision",
            'a control plane or a tag: "default"',
        ),
        ('istio.tags.stable = "1-31-0"', "istio.tags.stable", 'a control plane: "default"'),
        (
            'istio = { revisions = { next = "1.31.0" }, tags = { next = "default" } }',
            "istio.tags.next",
            "a name that no control plane has",
        ),
        (
            'istio = { revisions = { 1-31-0 = "1.31.0" } }\ngateway.revision = "1-32-0"',
            "gateway.revision",
            KNOWN,
        ),
        (
            'istio = { revisions = { 1-31-0 = "1.31.0" } }\nnamespaces.shop.revision = "x"',
            "namespaces.shop.revision",
            KNOWN,
        ),
        (
            'istio = { version = "1.30.4", revisions = { next = "1.31.0" }, '
            'chart_repository = "docs" }',
            "istio.chart_repository",
            "an address where there is more than one release: a folder holds one",
        ),
    ],
)
def test_is_refused(tmp_path: Path, text: str, key: str, allowed: str) -> None:
    assert_refused(settings_text(tmp_path, text), key, allowed)


def test_two_minor_versions_may_stand_beside_each_other(tmp_path: Path) -> None:
    text = 'istio = { version = "1.29.7", revisions = { next = "1.31.0" } }'
    assert load_settings(settings_text(tmp_path, text)).istio.newest_version == "1.31.0"
