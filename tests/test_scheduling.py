from constructs.scheduling import prefer_nodes, tolerations


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
