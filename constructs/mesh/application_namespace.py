"""A namespace for applications, with all that one entry of the settings says of it."""

from collections.abc import Sequence

from cdktf import ITerraformDependable, TerraformStack
from cdktf_cdktf_provider_kubernetes.limit_range_v1 import (
    LimitRangeV1,
    LimitRangeV1Metadata,
    LimitRangeV1Spec,
    LimitRangeV1SpecLimit,
)
from cdktf_cdktf_provider_kubernetes.resource_quota_v1 import (
    ResourceQuotaV1,
    ResourceQuotaV1Metadata,
    ResourceQuotaV1Spec,
)
from cdktf_cdktf_provider_kubernetes.role_binding_v1 import (
    RoleBindingV1,
    RoleBindingV1Metadata,
    RoleBindingV1RoleRef,
    RoleBindingV1Subject,
)
from constructs import Construct

from constructs.logical_ids import logical_id_by_path
from constructs.mesh.namespace import Namespace
from constructs.mesh.sidecar_injection import SidecarInjection, injection_label
from rules import pod_security
from rules.revisions import DEFAULT
from settings.namespaces import Namespace as NamespaceOptions
from settings.quotas import Limits, Quota

_RBAC = "rbac.authorization.k8s.io"
# Kubernetes' own roles for people of a namespace.
ROLES = {"editors": "edit", "viewers": "view"}


class ApplicationNamespace(Construct):
    """A namespace whose pods get a sidecar, with quota, defaults for containers and roles.

    All of it are objects of Kubernetes' own kinds, so each is a resource of the provider: a plan
    shows it by its fields, and it needs nothing of Istio's.

    Exposes `ready`: what must be there before pods are.

    Args:
        name: the namespace.
        options: its entry in the settings; one that exists is only labelled.
        revision: the control plane, or the tag, that sidecars come from.

    Raises:
        ValueError: for a name that Kubernetes refuses.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        options: NamespaceOptions,
        revision: str = DEFAULT,
    ) -> None:
        super().__init__(scope, id_)
        level = pod_security.labels(options.pod_security, enforced=options.pod_security_enforced)
        # These have the addresses that they always had, at the stack itself.
        stack = TerraformStack.of(self)
        if options.existing:
            labelled = SidecarInjection(
                stack, f"{name}-injection", namespace=name, revision=revision, more_labels=level
            )
            self.ready: list[ITerraformDependable] = [labelled.labels]
        else:
            labels = {**injection_label(revision), **level}
            made = Namespace(stack, f"{name}-namespace", name=name, labels=labels)
            self.ready = [made.namespace]
            name = made.name
        # Defaults first: a quota without them refuses pods that ask for nothing.
        if options.limits != Limits():
            self.ready.append(self._limits(name, options.limits))
        if options.quota != Quota():
            self.ready.append(self._quota(name, options.quota, list(self.ready)))
        for key, role in ROLES.items():
            groups = getattr(options, key)
            if groups:
                self._role(name, key, role, groups)

    def _limits(self, namespace: str, options: Limits) -> ITerraformDependable:
        limits = LimitRangeV1(
            self,
            "limits",
            metadata=LimitRangeV1Metadata(name="containers", namespace=namespace),
            spec=LimitRangeV1Spec(
                limit=[
                    LimitRangeV1SpecLimit(
                        type="Container",
                        # Kubernetes would write them in, and the next plan would take them away.
                        default_request=options.default_limit() | options.default_request(),
                        default=options.default_limit() or None,
                        max=options.highest() or None,
                    )
                ]
            ),
        )
        logical_id_by_path(limits, "kubernetes_limit_range_v1")
        return limits

    def _quota(
        self, namespace: str, options: Quota, after: list[ITerraformDependable]
    ) -> ITerraformDependable:
        quota = ResourceQuotaV1(
            self,
            "quota",
            metadata=ResourceQuotaV1Metadata(name="namespace", namespace=namespace),
            spec=ResourceQuotaV1Spec(hard=options.hard()),
            depends_on=after,
        )
        logical_id_by_path(quota, "kubernetes_resource_quota_v1")
        return quota

    def _role(self, namespace: str, key: str, role: str, groups: Sequence[str]) -> None:
        binding = RoleBindingV1(
            self,
            key,
            metadata=RoleBindingV1Metadata(name=key, namespace=namespace),
            role_ref=RoleBindingV1RoleRef(api_group=_RBAC, kind="ClusterRole", name=role),
            subject=[
                # Entra ID writes the ids of groups into tokens in small letters.
                RoleBindingV1Subject(api_group=_RBAC, kind="Group", name=each.lower())
                for each in groups
            ],
        )
        logical_id_by_path(binding, "kubernetes_role_binding_v1")
