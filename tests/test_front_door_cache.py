"""Front Door's cache, and what it compresses."""

from pathlib import Path

import pytest

from settings import load_environments
from settings.listing import hints
from tests.synthesis import Json, settings_text, synthesize

ON = "front_door.cache.enabled = true\n"


def _route(folder: Path, text: str, stack: str = "istio") -> Json:
    stacks = synthesize(settings_text(folder, text), folder / "out")
    made: Json = stacks[stack]["resource"]["azurerm_cdn_frontdoor_route"]["route"]
    return made


def test_nothing_is_cached_where_nothing_is_said(tmp_path: Path) -> None:
    assert "cache" not in _route(tmp_path, "")


def test_switched_on_no_two_queries_share_an_answer(tmp_path: Path) -> None:
    assert _route(tmp_path, ON)["cache"] == {
        "query_string_caching_behavior": "UseQueryString",
        "compression_enabled": True,
        "content_types_to_compress": [
            "application/javascript",
            "application/json",
            "application/xml",
            "image/svg+xml",
            "text/css",
            "text/html",
            "text/javascript",
            "text/plain",
            "text/xml",
        ],
    }


def test_all_of_it_can_be_set(tmp_path: Path) -> None:
    text = """
    [front_door.cache]
    enabled = true
    query_string_caching_behavior = "IncludeSpecifiedQueryStrings"
    query_strings = ["page", "size"]
    compression_enabled = false
    """
    assert _route(tmp_path, text)["cache"] == {
        "query_string_caching_behavior": "IncludeSpecifiedQueryStrings",
        "query_strings": ["page", "size"],
        "compression_enabled": False,
    }


def test_what_stands_in_for_a_cluster_is_not_cached(tmp_path: Path) -> None:
    text = """
    stacks = ["edge", "traffic"]
    front_door.cache.enabled = true
    traffic.maintenance_host = "down.contoso.com"
    origins.IstioOrigin.enabled = false
    """
    assert "cache" not in _route(tmp_path, text, "traffic")


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        (ON, 1),
        (f"{ON}front_door.session_affinity = false", 0),
        ("front_door.session_affinity = true", 0),
    ],
)
def test_a_cache_beside_session_affinity_is_hinted_at(
    tmp_path: Path, text: str, notes: int
) -> None:
    (environment,) = load_environments([settings_text(tmp_path, text)])
    assert len(list(hints(environment))) == notes
