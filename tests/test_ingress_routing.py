import os
import re
import shutil
from pathlib import Path

import pytest
from cdktf import App, TerraformStack

from constructs.ingress import ingress_routing
from constructs.ingress.ingress_routing import IngressRouting
from constructs.ingress.virtual_services import VirtualService, virtual_services_by_host
from settings.front_door import Probe
from settings.routes import Route
from tests.gateways import gateway, mesh_of
from tests.synthesis import Json, synth, values

ORIGINAL = ingress_routing.CHART


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The chart in another folder, its files as old as can be, in the place of the original."""
    folder = shutil.copytree(ORIGINAL, tmp_path / ORIGINAL.name)
    for path in folder.rglob("*"):
        os.utime(path, (0, 0))
    monkeypatch.setattr(ingress_routing, "CHART", folder)
    return folder


def another(stack: TerraformStack) -> TerraformStack:
    return TerraformStack(App.of(stack), "another")


def route(host: str = "*", prefix: str = "/shop", service: str = "shop") -> Route:
    return Route(host=host, prefix=prefix, service=service, namespace="web", port=80)


def release(
    stack: TerraformStack,
    *,
    front_door_id: str | None = "id",
    hosts: tuple[str, ...] = ("*",),
    virtual_services: tuple[VirtualService, ...] = (),
    strict: bool = False,
) -> Json:
    IngressRouting(
        stack,
        "routing",
        namespace="edge",
        mesh=mesh_of(stack),
        ingress=gateway(stack),
        probe=Probe(path="/up", request_type="HEAD"),
        front_door_id=front_door_id,
        hosts=hosts,
        virtual_services=virtual_services,
        strict_mutual_tls=strict,
    )
    made: Json = synth(stack)["resource"]["helm_release"]["routing"]
    return made


def test_chart_lies_in_a_folder_named_by_its_content(stack: TerraformStack) -> None:
    made = release(stack)
    assert re.fullmatch(r"assets/routing/[0-9A-F]{32}", made["chart"])
    assert made["version"] == "1.0.0"
    assert "repository" not in made


def test_an_edited_template_gives_another_path(stack: TerraformStack, copy: Path) -> None:
    before = release(stack)["chart"]
    template = copy / "templates" / "gateway.yaml"
    template.write_text(template.read_text().replace("number: 80", "number: 8080"))
    assert release(another(stack))["chart"] != before


def test_another_folder_and_time_give_the_same_path(
    stack: TerraformStack, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = release(stack)["chart"]
    monkeypatch.setattr(ingress_routing, "CHART", ORIGINAL)
    assert release(another(stack))["chart"] == there


def test_comes_after_istiod_and_the_gateway(stack: TerraformStack) -> None:
    assert release(stack)["depends_on"] == ["helm_release.istio-istiod", "helm_release.gateway"]


def test_probe_goes_to_the_gateways_own_service(stack: TerraformStack) -> None:
    assert values(release(stack))["probe"] == {
        "path": "/up",
        "method": "HEAD",
        "service": "gateway.edge.svc.cluster.local",
    }


def test_is_locked_to_the_front_door(stack: TerraformStack) -> None:
    assert values(release(stack))["originLock"] == {"enabled": True, "frontDoorId": "id"}


def test_is_open_without_a_front_door(stack: TerraformStack) -> None:
    made = values(release(stack, front_door_id=None))
    assert made["originLock"] == {"enabled": False, "frontDoorId": ""}


def test_gateway_selects_the_pods_of_the_ingress(stack: TerraformStack) -> None:
    assert values(release(stack, hosts=("contoso.com",)))["gateway"] == {
        "name": "istio-ingressgateway",
        "selector": {"istio": "ingressgateway"},
        "hosts": ["contoso.com"],
    }


@pytest.mark.parametrize("strict", [True, False])
def test_mutual_tls(stack: TerraformStack, strict: bool) -> None:
    made = values(release(stack, strict=strict))
    assert made["mutualTls"] == {"strict": strict, "namespace": "istio-system"}


def test_longer_prefixes_come_first() -> None:
    (table,) = virtual_services_by_host(
        [route(prefix="/"), route(prefix="/shop/cart"), route(prefix="/shop")], namespace="edge"
    )
    rules = table.values(["*"])["rules"]
    assert [rule["prefix"] for rule in rules] == ["/shop/cart", "/shop", "/"]


def test_each_host_has_a_virtual_service_named_after_it() -> None:
    tables = virtual_services_by_host(
        [route(), route(host="Shop.contoso.com"), route(host="*.contoso.com")], namespace="edge"
    )
    assert [table.name for table in tables] == [
        "any-host",
        "shop.contoso.com",
        "wildcard.contoso.com",
    ]


def test_route_names_the_service_in_full() -> None:
    table = VirtualService(name="t", namespace="edge", routes=[route()])
    assert table.values(["*"])["rules"] == [
        {"prefix": "/shop", "service": "shop.web.svc.cluster.local", "port": 80}
    ]


def hosts_of(made: Json) -> dict[str, list[str]]:
    return {table["name"]: table["hosts"] for table in values(made)["routes"]}


def test_routes_for_any_host_get_the_hosts_that_no_other_names(stack: TerraformStack) -> None:
    tables = virtual_services_by_host([route(), route(host="shop.contoso.com")], namespace="edge")
    made = release(
        stack, hosts=("shop.contoso.com", "*.example.com"), virtual_services=tuple(tables)
    )
    assert hosts_of(made) == {
        "any-host": ["*.example.com"],
        "shop.contoso.com": ["shop.contoso.com"],
    }


def test_routes_for_any_host_are_not_made_where_none_is_left(stack: TerraformStack) -> None:
    tables = virtual_services_by_host([route(), route(host="shop.contoso.com")], namespace="edge")
    made = release(stack, hosts=("Shop.contoso.com",), virtual_services=tuple(tables))
    assert hosts_of(made) == {"shop.contoso.com": ["shop.contoso.com"]}


def test_gateway_has_no_host_that_another_covers(stack: TerraformStack) -> None:
    made = release(stack, hosts=("shop.contoso.com", "*.contoso.com"))
    assert values(made)["gateway"]["hosts"] == ["*.contoso.com"]


def test_hosts_are_in_lower_case() -> None:
    assert route(host="Shop.Contoso.com").host == "shop.contoso.com"


def test_refuses_a_route_that_takes_the_probe(stack: TerraformStack) -> None:
    tables = virtual_services_by_host([route(prefix="/u")], namespace="edge")
    with pytest.raises(ValueError, match="not the beginning of the probe's path, /up"):
        release(stack, virtual_services=tuple(tables))


def test_refuses_a_host_that_the_gateway_does_not_have(stack: TerraformStack) -> None:
    tables = virtual_services_by_host([route(host="*.contoso.com")], namespace="edge")
    with pytest.raises(ValueError, match="the gateway's hosts include: shop.contoso.com"):
        release(stack, hosts=("shop.contoso.com",), virtual_services=tuple(tables))


def test_refuses_two_routes_for_one_prefix() -> None:
    with pytest.raises(ValueError, match="each prefix once"):
        VirtualService(name="t", namespace="edge", routes=[route(), route(service="other")])


def test_refuses_a_virtual_service_of_two_hosts() -> None:
    with pytest.raises(ValueError, match="one or more routes of one host"):
        VirtualService(name="t", namespace="edge", routes=[route(), route(host="contoso.com")])


@pytest.mark.parametrize("host", ["", "https://contoso.com", "contoso.com:80", "a.*", "10.1.4.20"])
def test_refuses_hosts_that_are_none(stack: TerraformStack, host: str) -> None:
    with pytest.raises(ValueError, match="a host name"):
        release(stack, hosts=(host,))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"prefix": "shop"}, "the beginning of a path"),
        ({"prefix": "/shop*"}, "the beginning of a path"),
        ({"service": "Shop"}, "1 to 63 lower-case letters"),
        ({"host": "shop contoso.com"}, "a host name"),
    ],
)
def test_route_refuses(change: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        route(**change)
