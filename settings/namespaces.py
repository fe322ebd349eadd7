"""The namespaces of applications, and the sample in one of them."""

from collections.abc import Iterator
from typing import Annotated, Literal

from rules import names, releases
from settings.access import Groups
from settings.quotas import Limits, Quota
from settings.table import Entry, Finding, Table, together


class Namespace(Entry):
    """A namespace whose pods get a sidecar."""

    existing: bool = False
    """`true`: it gets the label `istio-injection=enabled`, and loses it on destroy. `false`: it is
    made with the label, and removed with all that is in it."""
    pod_security: Literal["privileged", "baseline", "restricted"] | None = None
    """The level of Kubernetes' Pod Security Standards that its applications are to keep. What does
    not is warned of and goes into the audit log; nothing is refused, see `pod_security_enforced`.
    Updates in place. Unset: no level."""
    pod_security_enforced: bool = False
    """Whether pods that do not keep the level are refused. Not with `baseline` or `restricted` as
    long as sidecars need NET_ADMIN, which both forbid. Updates in place; pods that run stay."""

    quota: Quota = Quota()
    limits: Limits = Limits()
    editors: Groups = ()
    """Entra groups with Kubernetes' role `edit` in it: its applications and their Secrets, neither
    roles nor quota nor Istio's objects. Beside `access.namespaces`, which gives Azure's roles and
    the right to find the cluster. Updates in place, at once."""
    viewers: Groups = ()
    """Entra groups with Kubernetes' role `view` in it: most of it, no Secrets. Likewise."""

    @together("pod_security", "pod_security_enforced")
    def _level(self) -> Iterator[Finding]:
        if self.pod_security_enforced and self.pod_security is None:
            yield Finding(
                "pod_security",
                "a level with pod_security_enforced",
                'write "privileged", "baseline" or "restricted", or remove the other key',
            )

    @together("quota", "limits")
    def _pods_that_say_nothing(self) -> Iterator[Finding]:
        for resource in ("cpu", "memory"):
            limit = getattr(self.limits, f"limit_{resource}")
            request = getattr(self.limits, f"request_{resource}") or limit
            for key, given in (("requests", request), ("limits", limit)):
                if getattr(self.quota, f"{key}_{resource}") and not given:
                    yield Finding(
                        f"limits.{key.removesuffix('s')}_{resource}",
                        f"a value with quota.{key}_{resource}: pods that do not say it themselves"
                        " would be refused",
                        f"write what a container has by itself, or remove quota.{key}_{resource}",
                    )

    @together("editors", "viewers")
    def _each_group_once(self) -> Iterator[Finding]:
        for key in ("editors", "viewers"):
            groups = getattr(self, key)
            if len({each.lower() for each in groups}) != len(groups):
                yield Finding(key, "each group once", "remove the second")


class Sample(Table):
    """The sample application, in the namespace default, for every host and path."""

    enabled: bool = True
    """Whether it is there."""
    image: Annotated[str, names.image] = releases.SAMPLE_IMAGE
    """It must listen on 8080 and answer `/healthz`."""
