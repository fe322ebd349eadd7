"""Whom the pods of the mesh believe, and what they hear and reach."""

from collections.abc import Iterator
from typing import Annotated, Literal

from rules import names
from settings.table import Finding, Table, together


class Trust(Table):
    """What of the table `istio` holds for the traffic of the whole mesh."""

    strict_mutual_tls: bool = False
    """Refuse plain text between the pods of the mesh, but for `namespaces.NAME.mutual_tls` and
    `plain_text`. Takes effect at once, in every pod."""
    egress: Literal["any", "registry-only"] = "any"
    """`registry-only`: pods with a sidecar reach the services of the cluster and
    `external_services`, and get 502 or a closed connection of everything else. It guards against
    mistakes; a pod that wants to can go past its sidecar. Takes effect at once, in every pod."""
    limit_sidecars: bool = False
    """Tell each sidecar only of its own namespace, `external_services`, the API server, the
    cluster's DNS, and what `namespaces.NAME.hears` says: less memory and fewer pushes. What a
    sidecar does not hear of it takes for outside of the mesh: no mutual TLS. Takes effect at once,
    in every pod; gateways are not limited."""
    discovery_selectors: bool = False
    """Have istiod look at the namespaces of the mesh only: istio-system, the gateway's,
    `namespaces`, `discovered_namespaces`, and with `egress` default and kube-system. The others'
    services are unknown to all proxies, and no sidecar starts in them. Takes effect at once."""
    discovered_namespaces: tuple[Annotated[str, names.kubernetes], ...] = ()
    """With `discovery_selectors`: more of them, such as that of a collector of traces. Takes effect
    at once."""
    path_normalization: Literal["base", "merge-slashes", "decode-and-merge-slashes"] = "base"
    """How proxies write a path before policies and applications see it. `base` resolves `.` and
    `..`; `merge-slashes` makes one slash of several as well; `decode-and-merge-slashes` takes `%2F`
    and `%5C` for slashes before, so that no application reads another path than a policy did.
    Takes effect at once, in every proxy."""

    @together("discovery_selectors", "discovered_namespaces")
    def _discovered(self) -> Iterator[Finding]:
        if self.discovered_namespaces and not self.discovery_selectors:
            yield Finding(
                "discovered_namespaces",
                "no value without discovery_selectors: istiod looks at every namespace",
                "remove it, or set discovery_selectors = true",
            )
