from constructs.mesh.scheduling import prefer_nodes, require_nodes, spread, tolerations


def test_requires_linux_nodes_of_aks_that_are_not_virtual() -> None:
    affinity = prefer_nodes("kubernetes.azure.com/agentpool", "ingress")["nodeAffinity"]
    assert affinity["requiredDuringSchedulingIgnoredDuringExecution"] == {
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


def test_tolerates_exactly_the_taint() -> None:
    assert tolerations(["dedicated=ingress:NoSchedule"]) == [
        {"key": "dedicated", "operator": "Equal", "value": "ingress", "effect": "NoSchedule"}
    ]


def test_a_required_label_joins_what_is_required_anyway() -> None:
    affinity = require_nodes("kubernetes.azure.com/agentpool", "ingress")["nodeAffinity"]
    assert affinity == {
        "requiredDuringSchedulingIgnoredDuringExecution": {
            "nodeSelectorTerms": [
                {
                    "matchExpressions": [
                        {"key": "kubernetes.azure.com/cluster", "operator": "Exists"},
                        {"key": "type", "operator": "NotIn", "values": ["virtual-kubelet"]},
                        {"key": "kubernetes.io/os", "operator": "In", "values": ["linux"]},
                        {
                            "key": "kubernetes.azure.com/agentpool",
                            "operator": "In",
                            "values": ["ingress"],
                        },
                    ]
                }
            ]
        }
    }


def test_nodes_that_must_be_there_are_counted_for_nodes_only() -> None:
    by_node, by_zone = spread({"a": "b"}, min_nodes=2)
    assert by_node["minDomains"] == 2
    # Kubernetes takes it with DoNotSchedule only.
    assert "minDomains" not in by_zone


def test_no_node_need_be_there_unless_asked_for() -> None:
    assert all("minDomains" not in each for each in spread({"a": "b"}))
