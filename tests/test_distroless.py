"""Images with nothing in them but the programs."""

from pathlib import Path

import pytest

from settings import load_settings
from settings.image_list import installed
from tests.refused import assert_refused
from tests.synthesis import Json, settings_text, synthesize, values

TEXT = "istio.distroless = true\nistio.cni = true\n"


def releases(folder: Path, text: str) -> Json:
    istio: Json = synthesize(settings_text(folder, text), folder / "out")["istio"]
    return {
        name: values(each)
        for name, each in istio["resource"]["helm_release"].items()
        if each.get("values")
    }


def test_istiod_gives_them_to_proxies_and_has_one_itself(tmp_path: Path) -> None:
    made = releases(tmp_path, TEXT)
    assert made["istio-istiod"]["global"]["variant"] == "distroless"
    assert made["istio-cni"]["global"]["variant"] == "distroless"


def test_they_are_listed_by_their_own_tags(tmp_path: Path) -> None:
    listed = [each.name for each in installed(load_settings(settings_text(tmp_path, TEXT)))]
    assert [each for each in listed if each.startswith("istio/")] == [
        "istio/install-cni:1.31.0-distroless",
        "istio/pilot:1.31.0-distroless",
        "istio/proxyv2:1.31.0-distroless",
    ]


@pytest.mark.parametrize("key", ["global.variant", "variant", "pilot.variant"])
def test_nothing_else_says_which(tmp_path: Path, key: str) -> None:
    assert_refused(
        settings_text(tmp_path, f"{TEXT}istio.istiod_values.{key} = 'debug'"),
        f"istio.istiod_values.{key}",
        "no value of yours: istio.distroless says it",
    )
