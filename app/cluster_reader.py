"""What an identity must be allowed in the cluster to plan the stack istio, and no more.

Helm keeps what it has installed in Secrets and lists them by a label. Kubernetes grants no right to
list by a label: so every Secret of a namespace with releases can be read.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from rules import names
from settings import Settings

NAME = "reads-what-terraform-made"
Manifest = dict[str, Any]
# What the kubernetes provider reads besides namespaces, by group. Nobody may list any of it.
_KINDS = {
    "": ["limitranges", "resourcequotas", "services"],
    "apps": ["deployments"],
    "rbac.authorization.k8s.io": ["rolebindings"],
}
_RBAC = "rbac.authorization.k8s.io"


def release_namespaces(settings: Settings) -> list[str]:
    """The namespaces of Helm's releases, in which Secrets are read."""
    tls = settings.gateway.tls
    wanted = {
        names.MESH_NAMESPACE: True,
        names.INGRESS: True,
        names.MONITORING: settings.monitoring.enabled,
        names.CERT_MANAGER: tls is not None and tls.cert_manager is not None,
    }
    return [name for name, is_there in wanted.items() if is_there]


def manifests(settings: Settings, people: Sequence[str]) -> str:
    """The roles and who has them, in YAML.

    Args:
        settings: of the environment.
        people: the object ids of the identities, by which AKS calls them.
    """
    return yaml.safe_dump_all(_manifests(settings, people), sort_keys=False)


def _manifests(settings: Settings, people: Sequence[str]) -> Iterator[Manifest]:
    reads = [{"apiGroups": [""], "resources": ["namespaces"], "verbs": ["get"]}]
    yield from _role("", reads, people)
    of_namespaces = [
        {"apiGroups": [group], "resources": kinds, "verbs": ["get"]}
        for group, kinds in _KINDS.items()
    ]
    for namespace in _application_namespaces(settings):
        yield from _role(namespace, of_namespaces, people)
    secrets = [{"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "list"]}]
    for namespace in release_namespaces(settings):
        yield from _role(namespace, secrets, people)
    if settings.watch.managed_prometheus:
        config = [{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get"]}]
        config[0]["resourceNames"] = ["ama-metrics-settings-configmap"]
        yield from _role("kube-system", config, people)


def _application_namespaces(settings: Settings) -> list[str]:
    sample = [names.SAMPLE_NAMESPACE] if settings.sample.enabled else []
    return list(dict.fromkeys([*sample, *settings.namespaces]))


def _role(namespace: str, rules: list[Manifest], people: Sequence[str]) -> Iterator[Manifest]:
    prefix = "" if namespace else "Cluster"
    metadata = {"name": NAME} | ({"namespace": namespace} if namespace else {})
    version = f"{_RBAC}/v1"
    yield {"apiVersion": version, "kind": f"{prefix}Role", "metadata": metadata, "rules": rules}
    yield {
        "apiVersion": version,
        "kind": f"{prefix}RoleBinding",
        "metadata": dict(metadata),
        "roleRef": {"apiGroup": _RBAC, "kind": f"{prefix}Role", "name": NAME},
        "subjects": [{"apiGroup": _RBAC, "kind": "User", "name": each} for each in people],
    }
