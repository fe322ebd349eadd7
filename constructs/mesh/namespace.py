"""Kubernetes namespaces that belong to this project."""

from collections.abc import Mapping

from cdktf_cdktf_provider_kubernetes.namespace_v1 import NamespaceV1, NamespaceV1Metadata
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import names


class Namespace(Construct):
    """A namespace that Terraform makes and removes.

    Exposes `name`. What goes into the namespace should be given this and not the plain text: then
    it is made after the namespace and destroyed before it.

    Args:
        name: 1 to 63 lower-case letters, digits and hyphens.
        labels: labels, such as istio-injection=enabled.

    Raises:
        ValueError: for a name that Kubernetes refuses.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(scope, id_)
        self.namespace = NamespaceV1(
            self,
            "Default",
            metadata=NamespaceV1Metadata(
                name=guard(f"Namespace {id_} name", name, names.kubernetes),
                labels=dict(labels) if labels else None,
            ),
        )
        logical_id_by_path(self.namespace, "kubernetes_namespace_v1")
        self.name: str = self.namespace.metadata.name
