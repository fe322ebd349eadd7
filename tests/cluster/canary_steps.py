"""The steps of docs/upgrade.md as settings, with a tag that moves before them, and ways back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from tests.cluster.istiods import NEW, OLD

NAME, TAG = "1-31-0", "stable"


@dataclass(frozen=True)
class Step:
    """A step: the settings, and what is there when it is applied.

    Args:
        title: the step.
        settings: what differs from settings.toml.
        proxies: the release of the proxy that pods get, in the namespaces default and shop and in
            that of the gateway.
        planes: the release of each control plane.
    """

    title: str
    settings: Mapping[str, str]
    proxies: tuple[str, str, str]
    planes: Mapping[str, str]


_BOTH = {"default": OLD, NAME: NEW}
_BESIDE: Mapping[str, object] = {"revisions": {NAME: NEW}}


def _settings(
    istio: Mapping[str, object], default: str = "", shop: str = "", gateway: str = ""
) -> dict[str, str]:
    """The settings of a step: what `istio` says, and what namespaces and gateway follow."""
    followed = {"default": default, "shop": shop}
    namespaces = {name: {"revision": each} if each else {} for name, each in followed.items()}
    values = {
        "ISTIO_AKS_ISTIO__VERSION": OLD,
        "ISTIO_AKS_NAMESPACES": json.dumps(namespaces),
        **{f"ISTIO_AKS_ISTIO__{key.upper()}": _text(value) for key, value in istio.items()},
    }
    return values | ({"ISTIO_AKS_GATEWAY__REVISION": gateway} if gateway else {})


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _tagged(revision: str, follows: str = TAG) -> dict[str, str]:
    return _settings({**_BESIDE, "tags": {TAG: revision}}, follows, follows)


_REST = {**_BESIDE, "revision": NAME}
_OLD, _NEW = (OLD, OLD, OLD), (NEW, NEW, NEW)
_SHOP = _settings(_BESIDE, NAME, NAME)
_GATEWAY = _settings(_BESIDE, NAME, NAME, NAME)
STEPS = (
    Step("before", _settings({}), _OLD, {"default": OLD}),
    Step("beside", _settings(_BESIDE), _OLD, _BOTH),
    Step("a tag", _tagged("default", ""), _OLD, _BOTH),
    Step("it is followed", _tagged("default"), _OLD, _BOTH),
    Step("the tag moves", _tagged(NAME), (NEW, NEW, OLD), _BOTH),
    Step("the tag moves back", _tagged("default"), _OLD, _BOTH),
    Step("it is left", _tagged("default", ""), _OLD, _BOTH),
    Step("no tag", _settings(_BESIDE), _OLD, _BOTH),
    Step("default", _settings(_BESIDE, NAME), (NEW, OLD, OLD), _BOTH),
    Step("shop", _SHOP, (NEW, NEW, OLD), _BOTH),
    Step("gateway", _GATEWAY, _NEW, _BOTH),
    Step("gateway back", _SHOP, (NEW, NEW, OLD), _BOTH),
    Step("gateway again", _GATEWAY, _NEW, _BOTH),
    Step("rest", _settings(_REST, NAME, NAME, NAME), _NEW, _BOTH),
    Step("the old one goes", _settings({**_REST, "in_place": False}), _NEW, {NAME: NEW}),
    Step("the old one comes back", _settings(_REST, NAME, NAME, NAME), _NEW, _BOTH),
)
