"""The levels of pod security in the namespaces of the stack itself."""

from collections.abc import Mapping

from rules import names, pod_security
from settings import Settings

# What the pods of the real charts kept when kube-apiserver was asked, the gateway's after its
# injection: istiod and gateway lack a seccomp profile for the strictest one.
_LEVELS = {
    names.MESH_NAMESPACE: "baseline",
    names.INGRESS: "baseline",
    names.CERT_MANAGER: "restricted",
    names.MONITORING: "privileged",
}


def labels_of(settings: Settings, namespace: str) -> Mapping[str, str] | None:
    """The labels of one of them: none where nothing is said.

    With istio-cni, pods may have the nodes in istio-system, whatever the cluster says.
    """
    if namespace == names.MESH_NAMESPACE and settings.istio.cni:
        return pod_security.labels("privileged", enforced=True)
    if settings.istio.pod_security:
        return pod_security.labels(_LEVELS[namespace], enforced=True)
    return None
