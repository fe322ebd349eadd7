"""The namespaces of applications, and the sample in one of them."""

from collections.abc import Iterator
from typing import Annotated, Literal

from rules import names, releases
from rules.revisions import revision
from settings.table import Entry, Finding, Table, together


class Namespace(Entry):
    """A namespace whose pods get a sidecar."""

    existing: bool = False
    """`true`: it gets the label `istio-injection=enabled`, and loses it on destroy. `false`: it is
    made with the label, and removed with all that is in it."""
    revision: Annotated[str, revision] | None = None
    """The control plane or tag of `istio` that its pods get their sidecar from, when they start
    anew; the label is then `istio.io/rev`. Updates in place. Unset: `istio.revision`."""
    pod_security: Literal["privileged", "baseline", "restricted"] | None = None
    """The level of Kubernetes' Pod Security Standards that its applications are to keep. What does
    not is warned of and goes into the audit log; nothing is refused, see `pod_security_enforced`.
    Updates in place. Unset: no level."""
    pod_security_enforced: bool = False
    """Whether pods that do not keep the level are refused. `baseline` and `restricted` need
    `istio.cni`, as sidecars need NET_ADMIN without it, which both forbid. Updates in place; pods
    that run stay."""

    @together("pod_security", "pod_security_enforced")
    def _level(self) -> Iterator[Finding]:
        if self.pod_security_enforced and self.pod_security is None:
            yield Finding(
                "pod_security",
                "a level with pod_security_enforced",
                'write "privileged", "baseline" or "restricted", or remove the other key',
            )


class Sample(Table):
    """The sample application, in the namespace default, for every host and path."""

    enabled: bool = True
    """Whether it is there."""
    image: Annotated[str, names.image] = releases.SAMPLE_IMAGE
    """It must listen on 8080 and answer `/healthz`."""
