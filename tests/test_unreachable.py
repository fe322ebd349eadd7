"""Routes for any host, where every host of the gateway has routes of its own."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_settings
from tests.synthesis import settings_text

HOSTS = """
[front_door]
origin_host_name = "shop.contoso.com"
[gateway]
hosts = ["shop.contoso.com", "*.example.com"]
"""
ANY = "[[routes]]\nprefix = '/admin'\nservice = 'admin'\nport = 80\n"
SHOP = "[[routes]]\nhost = 'Shop.contoso.com'\nwithout_domain = true\nservice = 'shop'\nport = 80\n"
REST = "[[routes]]\nhost = '*.example.com'\nwithout_domain = true\nservice = 'rest'\nport = 80\n"


def test_they_and_the_sample_are_named(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        load_settings(settings_text(tmp_path, HOSTS + SHOP + ANY + REST))
    assert [(problem.key, problem.allowed) for problem in refused.value.problems] == [
        (
            "routes[1].host",
            "a host of its own: other routes name every host of gateway.hosts, so that nobody"
            " would reach it",
        ),
        (
            "sample.enabled",
            "false: other routes name every host of gateway.hosts, so that nobody would reach it",
        ),
    ]


@pytest.mark.parametrize(
    "text",
    [
        HOSTS + SHOP + ANY,
        HOSTS + ANY,
        SHOP + ANY + REST,
        "[sample]\nenabled = false\n" + HOSTS + SHOP + REST,
    ],
)
def test_one_host_that_is_left_is_enough(tmp_path: Path, text: str) -> None:
    load_settings(settings_text(tmp_path, text))
