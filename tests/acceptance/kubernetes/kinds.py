"""The kinds of objects that the stand-in knows, as the discovery of Kubernetes lists them."""

from dataclasses import dataclass

from tests.acceptance.azure.messages import Json

VERBS = ["create", "delete", "get", "list", "patch", "update"]


@dataclass(frozen=True)
class Kind:
    """A kind of object: what it is called in a manifest and in a path."""

    version: str
    kind: str
    plural: str
    is_namespaced: bool = True


KINDS = (
    Kind("v1", "Namespace", "namespaces", is_namespaced=False),
    Kind("v1", "ConfigMap", "configmaps"),
    Kind("v1", "Secret", "secrets"),
    Kind("v1", "Service", "services"),
    Kind("v1", "LimitRange", "limitranges"),
    Kind("v1", "ResourceQuota", "resourcequotas"),
    Kind("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies"),
    Kind("rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings"),
    Kind("apps/v1", "Deployment", "deployments"),
    Kind("apps/v1", "ReplicaSet", "replicasets"),
    Kind(
        "apiextensions.k8s.io/v1",
        "CustomResourceDefinition",
        "customresourcedefinitions",
        is_namespaced=False,
    ),
    Kind(
        "admissionregistration.k8s.io/v1",
        "MutatingWebhookConfiguration",
        "mutatingwebhookconfigurations",
        is_namespaced=False,
    ),
    Kind("networking.istio.io/v1", "Gateway", "gateways"),
    Kind("networking.istio.io/v1", "VirtualService", "virtualservices"),
    Kind("networking.istio.io/v1alpha3", "EnvoyFilter", "envoyfilters"),
    Kind("security.istio.io/v1", "AuthorizationPolicy", "authorizationpolicies"),
    Kind("security.istio.io/v1", "PeerAuthentication", "peerauthentications"),
)


def discovery(path: str) -> Json | None:
    """What stands at a path of the discovery; None where the path is none of it."""
    if path == "/version":
        return {"major": "1", "minor": "35", "gitVersion": "v1.35.8"}
    if path == "/api":
        return {"kind": "APIVersions", "versions": ["v1"]}
    if path == "/apis":
        return {"kind": "APIGroupList", "apiVersion": "v1", "groups": _groups()}
    version = path.removeprefix("/apis/").removeprefix("/api/")
    resources = [_resource(each) for each in KINDS if each.version == version]
    if not resources:
        return None
    return {"kind": "APIResourceList", "groupVersion": version, "resources": resources}


def _groups() -> list[Json]:
    versions = dict.fromkeys(each.version for each in KINDS if "/" in each.version)
    names = dict.fromkeys(each.partition("/")[0] for each in versions)
    groups: list[Json] = []
    for name in names:
        own = [
            {"groupVersion": each, "version": each.partition("/")[2]}
            for each in versions
            if each.startswith(f"{name}/")
        ]
        groups.append({"name": name, "versions": own, "preferredVersion": own[0]})
    return groups


def _resource(kind: Kind) -> Json:
    return {
        "name": kind.plural,
        "singularName": kind.kind.lower(),
        "namespaced": kind.is_namespaced,
        "kind": kind.kind,
        "verbs": VERBS,
    }
