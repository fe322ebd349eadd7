"""What every proxy of the mesh does, as values of the chart istiod."""

from collections.abc import Mapping, Sequence
from typing import Any

from settings.istio import Istio

NAME_LABEL = "kubernetes.io/metadata.name"
# Where the API server and the cluster's DNS have their services.
OF_KUBERNETES = ("default", "kube-system")
_NORMALIZATIONS = {
    "merge-slashes": "MERGE_SLASHES",
    "decode-and-merge-slashes": "DECODE_AND_MERGE_SLASHES",
}


def egress(options: Istio) -> Mapping[str, Any]:
    """Whether proxies let out what they do not know."""
    if options.egress == "any":
        return {}
    return {"meshConfig": {"outboundTrafficPolicy": {"mode": "REGISTRY_ONLY"}}}


def path_normalization(options: Istio) -> Mapping[str, Any]:
    """How proxies write a path before policies and applications see it."""
    if options.path_normalization == "base":
        return {}
    normalization = _NORMALIZATIONS[options.path_normalization]
    return {"meshConfig": {"pathNormalization": {"normalization": normalization}}}


def discovery(options: Istio, namespaces: Sequence[str]) -> Mapping[str, Any]:
    """Which namespaces istiod looks at.

    Args:
        options: the table `istio`.
        namespaces: those of the mesh itself and of its applications.
    """
    if not options.discovery_selectors:
        return {}
    selector = {
        "key": NAME_LABEL,
        "operator": "In",
        "values": discovered(options, namespaces),
    }
    return {"meshConfig": {"discoverySelectors": [{"matchExpressions": [selector]}]}}


def discovered(options: Istio, namespaces: Sequence[str]) -> list[str]:
    """These and those that the options name; where unknown hosts are refused, Kubernetes' as well.

    A proxy that does not know the cluster's DNS would then refuse DNS over TCP.
    """
    needed = OF_KUBERNETES if options.egress == "registry-only" else ()
    return list(dict.fromkeys([*namespaces, *options.discovered_namespaces, *needed]))
