"""Which pools of the settings gateway and istiod run on."""

from pathlib import Path

from tests.synthesis import Json, settings_text, synthesize, values

BATCH = "[node_pools.batch]\ntaints = ['sku=large:NoExecute']\nmax_count = 3\n"
SKU = {"key": "sku", "operator": "Equal", "value": "large", "effect": "NoExecute"}


def releases(folder: Path, text: str) -> Json:
    istio = synthesize(settings_text(folder, text), folder / "out")["istio"]
    made = istio["resource"]["helm_release"]
    return {name: values(made[name]) for name in ("istio-istiod", "istio-ingress")}


def expressions(made: Json) -> list[Json]:
    required = made["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
    (term,) = required["nodeSelectorTerms"]
    found: list[Json] = term["matchExpressions"]
    return found


def on(pool: str) -> Json:
    return {"key": "kubernetes.azure.com/agentpool", "operator": "In", "values": [pool]}


def test_gateway_and_istiod_can_share_a_pool_with_a_taint(tmp_path: Path) -> None:
    made = releases(tmp_path, f"gateway.node_pool = 'batch'\nistio.node_pool = 'batch'\n{BATCH}")
    for name in ("istio-ingress", "istio-istiod"):
        assert on("batch") in expressions(made[name])
        assert made[name]["tolerations"] == [SKU]


def test_a_dedicated_pool_has_both_taints(tmp_path: Path) -> None:
    made = releases(tmp_path, f"gateway.node_pool = 'batch'\n{BATCH}dedicated = true")
    assert made["istio-ingress"]["tolerations"] == [
        {"key": "dedicated", "operator": "Equal", "value": "batch", "effect": "NoSchedule"},
        SKU,
    ]


def test_istiod_on_the_gateways_own_pool_tolerates_its_taint(tmp_path: Path) -> None:
    made = releases(tmp_path, "istio.node_pool = 'ingress'")["istio-istiod"]
    assert on("ingress") in expressions(made)
    assert made["tolerations"] == [
        {"key": "dedicated", "operator": "Equal", "value": "ingress", "effect": "NoSchedule"}
    ]


def test_a_gateway_on_a_shared_pool_only_prefers_it(tmp_path: Path) -> None:
    made = releases(tmp_path, "gateway.node_pool = 'user'")["istio-ingress"]
    assert on("user") not in expressions(made)
    assert "tolerations" not in made


def test_alone_the_stack_takes_the_gateways_pool_from_the_settings(tmp_path: Path) -> None:
    text = f"stacks = ['istio']\ngateway.node_pool = 'batch'\n{BATCH}"
    istio = synthesize(settings_text(tmp_path, text), tmp_path / "out")["istio"]
    (precondition,) = istio["resource"]["helm_release"]["istio-ingress"]["lifecycle"][
        "precondition"
    ]
    assert precondition == {
        "condition": "${contains(data.azurerm_kubernetes_cluster.aks.agent_pool_profile[*].name,"
        ' "batch")}',
        "error_message": "The cluster has no node pool batch, on which alone the gateway is to run."
        " Make one with room for two nodes, or set node_pools.batch.dedicated = false.",
    }
