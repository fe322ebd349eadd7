"""Istio's control planes with what they share: the kinds, and names for revisions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cdktf import ITerraformDependable
from constructs import Construct

from constructs.helm_release import ChartSource, helm_release
from constructs.mesh.control_plane import ControlPlane
from constructs.mesh.revision_tags import RevisionTags
from rules.releases import ISTIO_CHARTS
from rules.revisions import DEFAULT
from settings.istio import Istio


class Mesh(Construct):
    """Istio's kinds, its control planes, and tags. All proxies write their access log to stdout.

    The kinds are those of the newest control plane. The one that namespaces follow if they say
    nothing else is asked about objects of Istio's.

    Exposes `base`, the release of the kinds; `control_planes`, by revision; and `ready`: what must
    be there before pods get their sidecars, and before objects of Istio's are checked.

    Args:
        namespace: where all of it goes, an existing namespace; istio-system by convention.
        repository: where the charts are.
        registry: where the images come from, istiod's and those that it puts into pods; the
            charts' own registry where it is not given.
        options: releases and revisions, istiod's pool and values of both charts; the table `istio`.
        taints: taints of the options' pool that istiod tolerates. Where one keeps other pods away,
            istiod runs on that pool only.
        more_values: values of the chart istiod that other settings ask for, over ours and under the
            user's.
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
        repository: str = ISTIO_CHARTS,
        registry: str | None = None,
        options: Istio = Istio(),
        taints: Sequence[str] = (),
        more_values: Mapping[str, Any] | None = None,
        depends_on: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        charts = ChartSource(repository=repository, version=options.newest_version)
        followed = options.revision_of(None)
        self.base = helm_release(
            self,
            "base",
            name="istio-base",
            namespace=namespace,
            chart=charts.arguments("base"),
            values={} if followed == DEFAULT else {"defaultRevision": followed},
            user_values=options.base_values,
        )
        self.control_planes = {
            revision: ControlPlane(
                self,
                "istiod" if revision == DEFAULT else f"istiod-{revision}",
                namespace=namespace,
                charts=replace(charts, version=version),
                revision=revision,
                registry=registry,
                options=options,
                taints=taints,
                more_values=more_values or {},
                before=[self.base, *depends_on],
            )
            for revision, version in options.control_planes.items()
        }
        releases = [each.release for each in self.control_planes.values()]
        self.ready: Sequence[ITerraformDependable] = releases
        if options.tags:
            tags = RevisionTags(
                self, "tags", namespace=namespace, tags=options.tags, depends_on=releases
            )
            self.ready = [*releases, tags.release]
