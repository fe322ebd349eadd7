"""A state in which the stack istio is deployed, for plans without a cluster."""

import json
from typing import Any

from tests.acceptance.terraform.plan import Plan
from tests.acceptance.terraform.stack import Stack

# The versions of the resources' schemas in the providers.
_SCHEMA = {
    "helm_release": 2,
    "kubernetes_deployment_v1": 1,
    "kubernetes_labels": 0,
    "kubernetes_namespace_v1": 0,
    "kubernetes_service_v1": 1,
}


def pretend_deployed(stack: Stack, plan: Plan) -> None:
    """Write into the state what the plan would have made in the cluster.

    Only for plans with -refresh=false: the providers would look for it in the cluster.
    """
    state = json.loads(stack.state.read_text())
    changes = [
        change
        for change in plan.content["resource_changes"]
        if change["type"] in _SCHEMA and change["mode"] == "managed"
    ]
    made = [_resource(change) for change in changes if change["change"]["after"] is not None]
    names = [(each["type"], each["name"]) for each in changes]
    kept = [each for each in state["resources"] if (each["type"], each["name"]) not in names]
    state["resources"] = kept + made
    state["serial"] += 1
    stack.state.write_text(json.dumps(state))


def _resource(change: dict[str, Any]) -> dict[str, Any]:
    attributes = dict(change["change"]["after"])
    if change["type"] == "helm_release":
        attributes.update(id=attributes["name"], metadata=None)
    elif change["type"] == "kubernetes_labels":
        attributes["id"] = "apiVersion=v1,kind=Namespace,name=default"
    else:
        attributes["id"] = attributes["metadata"][0]["name"]
    if change["type"] == "kubernetes_service_v1":
        attributes["status"] = [{"load_balancer": [{"ingress": []}]}]
    sensitive = [key for key, is_ in change["change"]["after_sensitive"].items() if is_ is True]
    return {
        "mode": "managed",
        "type": change["type"],
        "name": change["name"],
        "provider": f'provider["{change["provider_name"]}"]',
        "instances": [
            {
                "schema_version": _SCHEMA[change["type"]],
                "attributes": attributes,
                # Terraform counts a new sensitivity as a change.
                "sensitive_attributes": [[{"type": "get_attr", "value": key}] for key in sensitive],
            }
        ],
    }
