"""One control plane of Istio: istiod, without a revision or with one."""

from collections.abc import Mapping, Sequence
from typing import Any

from cdktf import ITerraformDependable
from constructs import Construct

from constructs.helm_release import ChartSource, helm_release
from constructs.mesh.istiod_pods import istiod_pods
from constructs.mesh.scheduling import (
    POOL,
    SYSTEM_MODE,
    prefer_nodes,
    require_nodes,
    tolerations,
)
from rules.images import ISTIO_PATH
from rules.nodes import keeps_pods_away
from rules.revisions import DEFAULT
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


class ControlPlane(Construct):
    """istiod, which injects proxies of its own release and tells them what to do.

    AKS would edit the webhook that injects the sidecars, and Istio would edit it back, for ever; an
    annotation keeps AKS from it. Namespaces of AKS's own are not injected all the same: the webhook
    takes only namespaces and pods that ask for it by a label.

    Exposes `release`, and `service`, the name of istiod's Service.

    Args:
        namespace: that of the mesh.
        charts: which Istio, from which repository.
        revision: its name beside others. `default` has none: its objects are called istiod, and
            it serves pods that ask by `istio-injection=enabled`.
        registry: where the images come from.
        options: istiod's pods, their pool and values of the chart; the table `istio`.
        taints: taints of the options' pool that istiod tolerates. Where one keeps other pods away,
            istiod runs on that pool only.
        more_values: values of the chart that other settings ask for, over ours and under the
            user's.
        before: what must be there before: the kinds, and what is to catch its pods.

    Raises:
        ValueError: for a version that is not exact.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        namespace: str,
        charts: ChartSource,
        revision: str,
        registry: str | None,
        options: Istio,
        taints: Sequence[str],
        more_values: Mapping[str, Any],
        before: Sequence[ITerraformDependable],
    ) -> None:
        super().__init__(scope, id_)
        self.service = service_of(revision)
        self.release = helm_release(
            self,
            "Default",
            name=self.service,
            namespace=namespace,
            chart=charts.arguments("istiod"),
            values=merged(_values(revision, options, registry, taints), dict(more_values)),
            user_values=options.istiod_values,
            roll_back=True,
            lint=True,
            depends_on=before,
        )


def service_of(revision: str) -> str:
    """What the chart calls the Service of a control plane, and we its release."""
    return "istiod" if revision == DEFAULT else f"istiod-{revision}"


def _values(
    revision: str, options: Istio, registry: str | None, taints: Sequence[str]
) -> dict[str, Any]:
    values = {
        **({"revision": revision} if revision != DEFAULT else {}),
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
    return merged(values, istiod_pods(options, taints))


def _affinity(node_pool: str | None, taints: Sequence[str]) -> dict[str, Any]:
    if node_pool is None:
        return prefer_nodes(SYSTEM_MODE, "system")
    is_theirs_alone = any(keeps_pods_away(taint) for taint in taints)
    return (require_nodes if is_theirs_alone else prefer_nodes)(POOL, node_pool)
