"""The chart as Helm renders it, for every switch."""

import hashlib
from copy import deepcopy

import cloudcoil.models.istio.networking.v1 as networking
import cloudcoil.models.istio.security.v1 as security
import pytest
import yaml
from pydantic import BaseModel

from tests.rendering import CHART, helm, of_kind, render
from tests.synthesis import Json

ID = "8d1f2a34-0000-4000-8000-0123456789ab"
VALUES: Json = {"originLock": {"enabled": True, "frontDoorId": ID}}
ROUTES: Json = {
    "routes": [
        {
            "name": "shop.contoso.com",
            "namespace": "istio-ingress",
            "host": "shop.contoso.com",
            "rules": [{"prefix": "/", "service": "shop.web.svc.cluster.local", "port": 80}],
        }
    ]
}
SWITCHES = {
    "shipped": VALUES,
    "unlocked": {"originLock": {"enabled": False, "frontDoorId": ""}},
    "strict": VALUES | {"mutualTls": {"strict": True, "namespace": "istio-system"}},
    "routes": VALUES | ROUTES,
    "hosts": VALUES | {"gateway": {"hosts": ["*.contoso.com", "contoso.com"]}},
    "probe": VALUES | {"probe": {"path": "/up", "method": "HEAD"}},
}
MODELS: dict[str, type[BaseModel]] = {
    "Gateway": networking.Gateway,
    "VirtualService": networking.VirtualService,
    "AuthorizationPolicy": security.AuthorizationPolicy,
    "PeerAuthentication": security.PeerAuthentication,
}


def unknown_keys(written: object, understood: object, path: str = "") -> list[str]:
    """Keys that a schema did not take: its models drop what they do not know."""
    if isinstance(written, dict) and isinstance(understood, dict):
        return [
            found
            for key, part in written.items()
            for found in (
                unknown_keys(part, understood[key], f"{path}.{key}")
                if key in understood
                else [f"{path}.{key}"]
            )
        ]
    if isinstance(written, list) and isinstance(understood, list):
        return [
            found
            for index, part in enumerate(written)
            for found in unknown_keys(part, understood[index], f"{path}[{index}]")
        ]
    return [] if written == understood else [path]


@pytest.mark.parametrize("switch", SWITCHES)
def test_lints_clean(switch: str) -> None:
    ended = helm("lint", "--strict", str(CHART), values=SWITCHES[switch])
    assert ended.returncode == 0, ended.stdout
    assert "[WARNING]" not in ended.stdout
    assert "[ERROR]" not in ended.stdout


@pytest.mark.parametrize("switch", SWITCHES)
def test_every_object_fits_the_schemas_of_istio(switch: str) -> None:
    for each in render(SWITCHES[switch]):
        model = MODELS[each["kind"]].model_validate(each)
        understood = model.model_dump(by_alias=True, exclude_none=True, mode="json")
        assert unknown_keys(each, understood) == []


def test_the_check_against_the_schemas_sees_a_wrong_key() -> None:
    (policy,) = of_kind(render(VALUES), "AuthorizationPolicy")
    wrong = deepcopy(policy)
    wrong["spec"]["rules"][0]["to"][0]["operation"]["notPath"] = ["/probe"]
    model = security.AuthorizationPolicy.model_validate(wrong)
    understood = model.model_dump(by_alias=True, exclude_none=True, mode="json")
    assert unknown_keys(wrong, understood) == [".spec.rules[0].to[0].operation.notPath"]


@pytest.mark.parametrize(
    ("switch", "kinds"),
    [
        ("shipped", ["AuthorizationPolicy", "Gateway", "VirtualService"]),
        ("unlocked", ["Gateway", "VirtualService"]),
        ("strict", ["AuthorizationPolicy", "Gateway", "PeerAuthentication", "VirtualService"]),
        ("routes", ["AuthorizationPolicy", "Gateway", "VirtualService", "VirtualService"]),
    ],
)
def test_each_switch_makes_its_objects(switch: str, kinds: list[str]) -> None:
    assert sorted(each["kind"] for each in render(SWITCHES[switch])) == kinds


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"originLock": {"enabled": True, "frontDoorId": ""}}, "frontDoorId"),
        (VALUES | {"colour": "red"}, "colour"),
        (VALUES | {"probe": {"path": "probe"}}, "path"),
        (VALUES | {"probe": {"method": "POST"}}, "method"),
        (VALUES | {"gateway": {"hosts": []}}, "hosts"),
        (VALUES | {"gateway": {"hosts": ["https://contoso.com"]}}, "hosts"),
        (VALUES | {"routes": [{"host": "*"}]}, "routes"),
    ],
)
def test_the_schema_of_the_chart_refuses(values: Json, message: str) -> None:
    ended = helm("template", "x", str(CHART), values=values)
    assert ended.returncode != 0
    assert message in ended.stderr


def test_version_belongs_to_the_content() -> None:
    # Terraform upgrades the release when the version changes, and only then. If this fails, raise
    # `version` in Chart.yaml and write both down here.
    content = hashlib.sha256()
    for path in sorted(path for path in CHART.rglob("*") if path.is_file()):
        content.update(path.relative_to(CHART).as_posix().encode() + path.read_bytes())
    version = yaml.safe_load((CHART / "Chart.yaml").read_text())["version"]
    assert (version, content.hexdigest()[:16]) == ("1.0.0", "2aaf93b07a79931a")
