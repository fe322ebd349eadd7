import re
from pathlib import Path

import pytest

from tests.synthesis import Json, settings_text, synthesize, values


def istio_with(folder: Path, settings: str) -> Json:
    return synthesize(settings_text(folder, settings), folder / "out")["istio"]


def test_has_the_releases_of_the_original_and_one_of_ours(istio: Json) -> None:
    releases = {
        name: (made["name"], re.sub(r"[0-9A-F]{32}", "HASH", made["chart"]), made["version"])
        for name, made in istio["resource"]["helm_release"].items()
    }
    assert releases == {
        "istio-base": ("istio-base", "base", "1.31.0"),
        "istio-istiod": ("istiod", "istiod", "1.31.0"),
        "istio-ingress": ("istio-ingress", "gateway", "1.31.0"),
        "ingress-routing": ("ingress-routing", "assets/ingress-routing/HASH", "1.0.0"),
        "prometheus": ("prometheus", "kube-prometheus-stack", "88.5.3"),
    }


def test_finds_the_cluster_by_name(istio: Json) -> None:
    cluster = istio["data"]["azurerm_kubernetes_cluster"]["aks"]
    assert cluster["name"] == "istio-aks"
    assert istio["data"]["azurerm_resource_group"]["this"]["name"] == "istio-aks"


def test_runs_no_programs(istio: Json) -> None:
    assert not any("postrender" in made for made in istio["resource"]["helm_release"].values())
    assert "exec" not in istio["provider"]["helm"][0]["kubernetes"]


def test_gateway_has_the_annotations_of_the_original(istio: Json) -> None:
    annotations = values(istio["resource"]["helm_release"]["istio-ingress"])["service"][
        "annotations"
    ]
    original = {
        "azure-load-balancer-internal": "true",
        "azure-pls-create": "true",
        "azure-pls-name": "istio-ingress",
        "azure-pls-ip-configuration-subnet": "plc",
        "azure-pls-ip-configuration-ip-address-count": "1",
        "azure-pls-proxy-protocol": "false",
        "azure-pls-visibility": "*",
        "azure-pls-auto-approval": "*",
        "azure-pls-ip-configuration-ip-address": "10.52.192.10",
    }
    for name, value in original.items():
        assert annotations[f"service.beta.kubernetes.io/{name}"] == value


def test_origin_is_the_private_link_service_in_the_group_of_the_nodes(istio: Json) -> None:
    origin = istio["resource"]["azurerm_cdn_frontdoor_origin"]["istio-ingress-origin"]
    assert origin["private_link"] == {
        "location": "${data.azurerm_resource_group.this.location}",
        "private_link_target_id": "${data.azurerm_kubernetes_cluster.aks.node_resource_group_id}"
        "/providers/Microsoft.Network/privateLinkServices/istio-ingress",
        "request_message": "Request access",
    }


def test_no_data_source_waits_for_a_resource(istio: Json) -> None:
    # It would be read during apply, and every plan would then show a change.
    for kind in istio["data"].values():
        for source in kind.values():
            assert "depends_on" not in source


def test_origin_is_called_by_the_address_of_the_load_balancer(istio: Json) -> None:
    origin = istio["resource"]["azurerm_cdn_frontdoor_origin"]["istio-ingress-origin"]
    assert origin["host_name"] == "10.52.192.20"


def test_front_door_has_the_names_of_the_original(istio: Json) -> None:
    resources = istio["resource"]
    names = {
        kind: [made["name"] for made in resources[f"azurerm_cdn_frontdoor_{kind}"].values()]
        for kind in ("profile", "origin_group", "origin", "route")
    }
    assert names == {
        "profile": ["MyFrontDoor"],
        "origin_group": ["MyOriginGroup"],
        "origin": ["IstioOrigin"],
        "route": ["MyRoute"],
    }


def test_endpoint_name_follows_from_group_and_profile(istio: Json) -> None:
    assert istio["resource"]["azurerm_cdn_frontdoor_endpoint"]["endpoint"]["name"] == (
        'afd-${substr(sha256(lower(join("/", [data.azurerm_resource_group.this.id,'
        ' "MyFrontDoor"]))), 0, 16)}'
    )


def test_endpoint_name_can_be_chosen(tmp_path: Path) -> None:
    istio = istio_with(tmp_path, '[front_door]\nendpoint = "shop"')
    assert istio["resource"]["azurerm_cdn_frontdoor_endpoint"]["endpoint"]["name"] == "shop"


def test_private_endpoint_region_can_be_another_region(tmp_path: Path) -> None:
    istio = istio_with(tmp_path, '[front_door]\nprivate_endpoint_region = "northeurope"')
    origin = istio["resource"]["azurerm_cdn_frontdoor_origin"]["istio-ingress-origin"]
    assert origin["private_link"]["location"] == "northeurope"


def test_gateway_tolerates_nothing_on_a_shared_pool(tmp_path: Path) -> None:
    istio = istio_with(tmp_path, "[node_pools.ingress]\ndedicated = false")
    assert "tolerations" not in values(istio["resource"]["helm_release"]["istio-ingress"])


def test_monitoring_can_be_left_out(tmp_path: Path) -> None:
    istio = istio_with(tmp_path, "[monitoring]\nenabled = false")
    assert "prometheus" not in istio["resource"]["helm_release"]
    assert "prometheus-namespace" not in istio["resource"]["kubernetes_namespace_v1"]


def test_charts_can_come_from_a_private_mirror(tmp_path: Path) -> None:
    istio = istio_with(tmp_path, '[istio]\nchart_repository = "oci://mirror.contoso.com/istio"')
    releases = istio["resource"]["helm_release"]
    for name in ("istio-base", "istio-istiod", "istio-ingress"):
        assert releases[name]["repository"] == "oci://mirror.contoso.com/istio"


def test_charts_can_come_from_a_folder_of_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "charts").mkdir()
    istio = istio_with(tmp_path, '[istio]\nchart_repository = "charts"')
    assert istio["resource"]["helm_release"]["istio-istiod"]["chart"] == "../../../charts/istiod"


def test_stands_alone_on_a_cluster_that_exists(tmp_path: Path) -> None:
    settings = settings_text(tmp_path, 'stacks = ["istio"]\n[names]\ncluster = "theirs"')
    stacks = synthesize(settings, tmp_path / "out")
    assert list(stacks) == ["istio"]
    assert stacks["istio"]["data"]["azurerm_kubernetes_cluster"]["aks"]["name"] == "theirs"


def test_alone_it_asks_the_cluster_for_the_pool_of_the_gateway(tmp_path: Path) -> None:
    release = istio_with(tmp_path, 'stacks = ["istio"]')["resource"]["helm_release"]
    (precondition,) = release["istio-ingress"]["lifecycle"]["precondition"]
    assert precondition["condition"] == (
        '${contains(data.azurerm_kubernetes_cluster.aks.agent_pool_profile[*].name, "ingress")}'
    )


@pytest.mark.parametrize("text", ["", 'stacks = ["istio"]\nnode_pools.ingress.dedicated = false'])
def test_it_asks_for_no_pool_that_is_made_here_or_not_needed(tmp_path: Path, text: str) -> None:
    release = istio_with(tmp_path, text)["resource"]["helm_release"]
    assert "lifecycle" not in release["istio-ingress"]


def test_kubelogin_when_told_to(tmp_path: Path) -> None:
    istio = istio_with(
        tmp_path,
        "cluster.admin_group_object_ids = ["
        '"11111111-2222-3333-4444-555555555555"]\n'
        '[cluster_access]\nmethod = "kubelogin"\nlogin = "msi"',
    )
    assert istio["provider"]["kubernetes"][0]["exec"][0]["args"][2] == "msi"


def test_kubeconfig_of_the_project_is_named_as_seen_from_the_stack(tmp_path: Path) -> None:
    istio = istio_with(tmp_path, '[cluster_access]\nmethod = "kubeconfig"\npath = "kube/config"')
    assert istio["provider"]["kubernetes"] == [{"config_path": "../../../kube/config"}]
