"""The chart of the origin's certificate, as Helm renders it."""

import pytest
import yaml

from constructs.ingress.origin_certificate import CHART
from settings.yaml_text import yaml_text
from tests.rendering import helm
from tests.synthesis import Json

MOUNTED: Json = {"vault": "v", "certificate": "a", "tenant": "t", "clientId": "c"}
ZONE: Json = {"name": "contoso.com", "resourceGroup": "dns", "subscription": "s"}
ISSUED: Json = {"hostName": "a.contoso.com", "server": "https://a/", "zone": ZONE, "clientId": "c"}


def rendered(values: Json) -> list[Json]:
    """The objects of these values, of a release of any name."""
    ended = helm(
        "template",
        "mounted",
        str(CHART),
        "--namespace=istio-ingress",
        values={},
        written=yaml_text(values),
    )
    assert ended.returncode == 0, ended.stderr
    return [each for each in yaml.safe_load_all(ended.stdout) if each]


def test_all_of_it_is_called_as_the_gateway_looks_for_it() -> None:
    objects = rendered({"issued": ISSUED}) + rendered({"mounted": MOUNTED})
    named = [
        (each["kind"], each["metadata"].get("namespace", ""), each["metadata"]["name"])
        for each in objects
    ]
    assert sorted(named) == [
        ("Certificate", "istio-ingress", "origin-certificate"),
        ("ClusterIssuer", "", "origin-certificate"),
        ("SecretProviderClass", "istio-ingress", "origin-certificate"),
    ]


@pytest.mark.parametrize(
    "name", ["origin", "2024", "true", "null", "1e3", "0x1F", "-", "2024-01-01"]
)
def test_a_certificate_of_the_vault_may_have_any_name(name: str) -> None:
    (spec,) = rendered({"mounted": MOUNTED | {"certificate": name}})
    (made,) = spec["spec"]["secretObjects"]
    assert [each["objectName"] for each in made["data"]] == [name, name]
    (inner,) = yaml.safe_load(spec["spec"]["parameters"]["objects"])["array"]
    assert yaml.safe_load(inner) == {"objectName": name, "objectType": "secret"}


def test_the_secret_has_the_name_that_the_gateway_looks_for() -> None:
    (made,) = rendered({"mounted": MOUNTED})
    (asked,) = (each for each in rendered({"issued": ISSUED}) if each["kind"] == "Certificate")
    (secret,) = made["spec"]["secretObjects"]
    assert secret["secretName"] == "origin-certificate"
    assert asked["spec"]["secretName"] == "origin-certificate"
