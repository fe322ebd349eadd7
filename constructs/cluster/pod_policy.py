"""What Azure Policy says of a cluster's pods."""

import json

from cdktf_cdktf_provider_azurerm.resource_policy_assignment import ResourcePolicyAssignment
from constructs import Construct

from constructs.logical_ids import logical_id_by_path
from rules.pod_security import INITIATIVES, NAMESPACES_OF_AZURE
from settings.guard import Policy


class PodPolicy(Construct):
    """One of Azure's initiatives for pods, assigned to a cluster with the Azure Policy add-on.

    To the cluster and not to its group: a group that exists may hold clusters of others.

    Args:
        cluster_id: the cluster.
        options: which initiative, and what it does; the table `guard.policy`.
    """

    def __init__(self, scope: Construct, id_: str, *, cluster_id: str, options: Policy) -> None:
        super().__init__(scope, id_)
        excluded = dict(sorted({**NAMESPACES_OF_AZURE, **options.excluded_namespaces}.items()))
        parameters = {
            "effect": {"value": options.effect},
            "excludedNamespaces": {"value": list(excluded)},
        }
        assignment = ResourcePolicyAssignment(
            self,
            "Default",
            name=id_,
            display_name=f"Pod security, {options.initiative}",
            resource_id=cluster_id,
            policy_definition_id=INITIATIVES[options.initiative],
            parameters=json.dumps(parameters),
            # For whoever reads the assignment in Azure; nothing comes of it.
            metadata=json.dumps({"excludedNamespaces": excluded}),
        )
        logical_id_by_path(assignment, "azurerm_resource_policy_assignment")
