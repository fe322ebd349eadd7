"""What the charts are given, written out where one missing word would be another deployment."""

import pytest

from constructs.mesh.scheduling import POOL, prefer_nodes, spread
from tests.synthesis import Json, values

LINUX_NODES_OF_AKS = {
    "nodeSelectorTerms": [
        {
            "matchExpressions": [
                {"key": "kubernetes.azure.com/cluster", "operator": "Exists"},
                {"key": "type", "operator": "NotIn", "values": ["virtual-kubelet"]},
                {"key": "kubernetes.io/os", "operator": "In", "values": ["linux"]},
            ]
        }
    ]
}


@pytest.fixture
def gateway(istio: Json) -> Json:
    return values(istio["resource"]["helm_release"]["istio-ingress"])


@pytest.fixture
def pod_monitor(istio: Json) -> Json:
    given = values(istio["resource"]["helm_release"]["prometheus"])
    monitor: Json
    (monitor,) = given["prometheus"]["additionalPodMonitors"]
    return monitor


@pytest.mark.parametrize(
    ("release", "chart", "rolls_back", "is_linted", "seconds"),
    [
        ("istio-base", "base", False, False, 300),
        ("istio-istiod", "istiod", True, True, 300),
        ("istio-ingress", "gateway", True, True, 900),
        ("prometheus", "kube-prometheus-stack", False, False, 600),
    ],
)
def test_a_release_waits_and_rolls_back(
    istio: Json, release: str, chart: str, rolls_back: bool, is_linted: bool, seconds: int
) -> None:
    made = istio["resource"]["helm_release"][release]
    assert (made["chart"], made["atomic"], made["lint"], made["timeout"]) == (
        chart,
        rolls_back,
        is_linted,
        seconds,
    )


def test_the_routes_are_rolled_back_and_strict_on_demand_only(istio: Json) -> None:
    made = istio["resource"]["helm_release"]["ingress-routing"]
    assert (made["atomic"], values(made)["mutualTls"]) == (
        True,
        {"strict": False, "namespace": "istio-system"},
    )


def test_the_gateways_service_has_two_ports(gateway: Json) -> None:
    assert gateway["service"]["ports"] == [
        {"name": "status-port", "port": 15021, "protocol": "TCP", "targetPort": 15021},
        {"name": "http2", "port": 80, "protocol": "TCP", "targetPort": 80},
    ]


def test_the_gateways_pods_end_and_drain_in_peace(gateway: Json) -> None:
    assert gateway["env"] == {
        "ISTIO_META_IDLE_TIMEOUT": "25m",
        "EXIT_ON_ZERO_ACTIVE_CONNECTIONS": "true",
    }
    assert gateway["podAnnotations"] == {
        "proxy.istio.io/config": '{"drainDuration": "135s",'
        ' "gatewayTopology": {"numTrustedProxies": 1}}'
    }


def test_pods_are_spread_over_nodes_and_zones() -> None:
    both = {
        "maxSkew": 1,
        "labelSelector": {"matchLabels": {"app": "a"}},
        "matchLabelKeys": ["pod-template-hash"],
    }
    assert spread({"app": "a"}, min_nodes=2) == [
        {
            "topologyKey": "kubernetes.io/hostname",
            "whenUnsatisfiable": "DoNotSchedule",
            "minDomains": 2,
        }
        | both,
        {
            "topologyKey": "topology.kubernetes.io/zone",
            "whenUnsatisfiable": "ScheduleAnyway",
        }
        | both,
    ]


def test_nodes_are_preferred_by_a_label_of_aks() -> None:
    assert prefer_nodes(POOL, "ingress") == {
        "nodeAffinity": {
            "preferredDuringSchedulingIgnoredDuringExecution": [
                {
                    "weight": 100,
                    "preference": {
                        "matchExpressions": [
                            {
                                "key": "kubernetes.azure.com/agentpool",
                                "operator": "In",
                                "values": ["ingress"],
                            }
                        ]
                    },
                }
            ],
            "requiredDuringSchedulingIgnoredDuringExecution": LINUX_NODES_OF_AKS,
        }
    }


def test_every_envoy_in_every_namespace_is_scraped(pod_monitor: Json) -> None:
    assert {key: part for key, part in pod_monitor.items() if key != "podMetricsEndpoints"} == {
        "name": "envoy-stats-monitor",
        "additionalLabels": {"monitoring": "istio-proxies"},
        "jobLabel": "envoy-stats",
        "selector": {
            "matchExpressions": [{"key": "istio-prometheus-ignore", "operator": "DoesNotExist"}]
        },
        "namespaceSelector": {"any": True},
    }


def test_what_is_scraped_says_namespace_and_pod(pod_monitor: Json) -> None:
    (endpoint,) = pod_monitor["podMetricsEndpoints"]
    assert endpoint["relabelings"][3:] == [
        {"action": "labeldrop", "regex": "__meta_kubernetes_pod_label_(.+)"},
        {
            "sourceLabels": ["__meta_kubernetes_namespace"],
            "action": "replace",
            "targetLabel": "namespace",
        },
        {
            "sourceLabels": ["__meta_kubernetes_pod_name"],
            "action": "replace",
            "targetLabel": "pod_name",
        },
    ]


def test_the_access_log_has_these_fields(istio: Json) -> None:
    given = values(istio["resource"]["helm_release"]["istio-istiod"])
    assert given["meshConfig"]["accessLogFormat"] == " ".join(
        [
            '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%"',
            "%RESPONSE_CODE% %RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS%",
            '%CONNECTION_TERMINATION_DETAILS% "%UPSTREAM_TRANSPORT_FAILURE_REASON%"',
            "%BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%",
            '"%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%"',
            '"%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%" %UPSTREAM_CLUSTER_RAW%',
            "%UPSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS%",
            '%REQUESTED_SERVER_NAME% %ROUTE_NAME% "%REQ(X-AZURE-SOCKETIP)%"',
        ]
    )


def test_the_cluster_has_the_originals_switches(aks: Json) -> None:
    cluster = aks["resource"]["azurerm_kubernetes_cluster"]["aks"]
    assert cluster["identity"] == {"type": "SystemAssigned"}
    switches = {
        "azure_policy_enabled": False,
        "http_application_routing_enabled": False,
        "private_cluster_enabled": False,
        "private_cluster_public_fqdn_enabled": False,
        "workload_identity_enabled": False,
        "role_based_access_control_enabled": True,
    }
    assert {key: cluster[key] for key in switches} == switches
