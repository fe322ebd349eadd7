"""Istio's control plane: the base chart with the CRDs, and istiod."""

from collections.abc import Mapping, Sequence
from typing import Any

from cdktf import ITerraformDependable
from constructs import Construct

from constructs.helm_release import ChartSource, helm_release
from constructs.mesh.control_plane import control_plane
from constructs.mesh.scheduling import (
    POOL,
    SYSTEM_MODE,
    prefer_nodes,
    require_nodes,
    tolerations,
)
from rules.images import ISTIO_PATH
from rules.nodes import keeps_pods_away
from rules.releases import ISTIO_CHARTS, ISTIO_VERSION
from settings.istio import Istio
from settings.merging import merged

# Istio's own format (pilot/pkg/model/telemetry_logging.go) and at its end what Front Door says of
# the client's address. Never X-Azure-FDID: who can read the log could pass the origin lock.
ACCESS_LOG_FORMAT = (
    '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE%'
    " %RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS% %CONNECTION_TERMINATION_DETAILS%"
    ' "%UPSTREAM_TRANSPORT_FAILURE_REASON%" %BYTES_RECEIVED% %BYTES_SENT% %DURATION%'
    ' %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%"'
    ' "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%" %UPSTREAM_CLUSTER_RAW%'
    " %UPSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS%"
    ' %REQUESTED_SERVER_NAME% %ROUTE_NAME% "%REQ(X-AZURE-SOCKETIP)%"'
)


class Mesh(Construct):
    """Istio's CRDs and istiod. All proxies write their access log to /dev/stdout.

    AKS would edit the webhook that injects the sidecars, and Istio would edit it back, for ever; an
    annotation keeps AKS from it. Namespaces of AKS's own are not injected all the same: the webhook
    takes only namespaces and pods that ask for it by a label.

    Exposes `base` and `istiod`, the releases, and `ready`: what must be there before pods get their
    sidecars, and before objects of Istio's are checked.

    Args:
        namespace: where both go, an existing namespace; istio-system by convention.
        charts: which Istio, from which repository.
        registry: where the images come from, istiod's and those that it puts into pods; the
            charts' own registry where it is not given.
        options: istiod's pods, their pool and values of both charts; the table `istio`.
        more_values: values of the chart istiod that other settings ask for, over ours and under the
            user's.
        taints: taints of the options' pool that istiod tolerates. Where one keeps other pods away,
            istiod runs on that pool only.
        depends_on: what must be there before pods get their sidecars, such as istio-cni.

    Raises:
        ValueError: for a version that is not exact.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        namespace: str,
        charts: ChartSource | None = None,
        registry: str | None = None,
        options: Istio = Istio(),
        taints: Sequence[str] = (),
        more_values: Mapping[str, Any] | None = None,
        depends_on: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        source = charts or ChartSource(repository=ISTIO_CHARTS, version=ISTIO_VERSION)
        self.base = helm_release(
            self,
            "base",
            name="istio-base",
            namespace=namespace,
            chart=source.arguments("base"),
            user_values=options.base_values,
        )
        self.istiod = helm_release(
            self,
            "istiod",
            name="istiod",
            namespace=namespace,
            chart=source.arguments("istiod"),
            values=merged(_values(options, registry, taints), dict(more_values or {})),
            user_values=options.istiod_values,
            roll_back=True,
            lint=True,
            depends_on=[self.base, *depends_on],
        )
        self.ready: Sequence[ITerraformDependable] = [self.istiod]


def _values(options: Istio, registry: str | None, taints: Sequence[str]) -> dict[str, Any]:
    values = {
        "meshConfig": {
            "accessLogFile": "/dev/stdout",
            "accessLogFormat": ACCESS_LOG_FORMAT,
        },
        # AKS's admissions enforcer (azure-aks-docs, faq.yml).
        "sidecarInjectorWebhookAnnotations": {"admissions.enforcer/disabled": "true"},
        "affinity": _affinity(options.node_pool, taints),
        **({"tolerations": tolerations(taints)} if taints else {}),
        **({"global": {"hub": f"{registry}/{ISTIO_PATH}"}} if registry else {}),
    }
    return merged(values, control_plane(options, taints))


def _affinity(node_pool: str | None, taints: Sequence[str]) -> dict[str, Any]:
    if node_pool is None:
        return prefer_nodes(SYSTEM_MODE, "system")
    is_theirs_alone = any(keeps_pods_away(taint) for taint in taints)
    return (require_nodes if is_theirs_alone else prefer_nodes)(POOL, node_pool)
