"""Istio's control plane: the base chart with the CRDs, and istiod."""

from collections.abc import Sequence

from cdktf import ITerraformDependable
from constructs import Construct

from constructs.chart import ChartSource, helm_release
from constructs.scheduling import SYSTEM_MODE, prefer_nodes
from rules.releases import ISTIO_CHARTS, ISTIO_VERSION


class Mesh(Construct):
    """Istio's CRDs and istiod, which writes its access log to /dev/stdout.

    Exposes `base` and `istiod`, the releases. What needs a running control plane, such as a
    gateway, must depend on `istiod`.

    Args:
        namespace: where both go, an existing namespace; istio-system by convention.
        charts: which Istio, from which repository.
        depends_on: what must exist before, such as the node pool the pods run on.

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
            depends_on=depends_on,
        )
        self.istiod = helm_release(
            self,
            "istiod",
            name="istiod",
            namespace=namespace,
            chart=source.arguments("istiod"),
            values={
                "meshConfig": {"accessLogFile": "/dev/stdout"},
                "affinity": prefer_nodes(SYSTEM_MODE, "system"),
            },
            roll_back=True,
            lint=True,
            depends_on=[self.base],
        )
