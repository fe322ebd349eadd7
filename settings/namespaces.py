"""The namespaces of applications, and the sample in one of them."""

from collections.abc import Iterator
from typing import Annotated, Literal

from rules import names, network_policies, releases, trust
from rules.revisions import revision
from settings.access import Groups
from settings.plain_text import PlainText
from settings.quotas import Limits, Quota
from settings.table import ENABLED, Entry, Finding, Table, together

PlainTexts = Annotated[dict[Annotated[str, names.kubernetes], PlainText], ENABLED]


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

    quota: Quota = Quota()
    limits: Limits = Limits()
    editors: Groups = ()
    """Entra groups with Kubernetes' role `edit` in it: its applications and their Secrets, neither
    roles nor quota nor Istio's objects. Beside `access.namespaces`, which gives Azure's roles and
    the right to find the cluster. Updates in place, at once."""
    viewers: Groups = ()
    """Entra groups with Kubernetes' role `view` in it: most of it, no Secrets. Likewise."""

    network_policy: bool | None = None
    """With `istio.network_policies`: whether only the gateway, its own pods and what is named below
    reach its pods, and they reach nothing else. Updates in place, at once: connections that are not
    named are cut. Unset: where the namespace is made, not where it exists."""
    reached_from: tuple[Annotated[str, names.kubernetes], ...] = ()
    """Other namespaces whose pods may come to it; of one that has a policy, the way out is opened
    as well. Updates in place, at once."""
    reaches: tuple[Annotated[str, network_policies.peer], ...] = ()
    """Ranges of addresses outside the cluster, such as `10.100.0.0/16` or `0.0.0.0/0`, and
    namespaces that have no policy from here, to which its pods may go besides DNS, istiod and each
    other. Updates in place, at once."""

    @property
    def has_network_policy(self) -> bool:
        """Whether it gets one, where any are made."""
        return not self.existing if self.network_policy is None else self.network_policy

    def reached_namespaces(self) -> tuple[str, ...]:
        """The namespaces that it names itself."""
        return tuple(each for each in self.reaches if not network_policies.is_range(each))

    def ranges(self) -> tuple[str, ...]:
        """The ranges that it names."""
        return tuple(each for each in self.reaches if network_policies.is_range(each))

    @together("existing", "network_policy", "reached_from", "reaches")
    def _peers(self) -> Iterator[Finding]:
        for key in ("reached_from", "reaches"):
            if getattr(self, key) and not self.has_network_policy:
                yield Finding(
                    key,
                    "no value without network_policy, as nothing is forbidden then",
                    "set network_policy = true, or remove the key",
                )
            if len(set(getattr(self, key))) != len(getattr(self, key)):
                yield Finding(key, "each once", "remove the second")

    mutual_tls: Literal["strict", "permissive"] | None = None
    """`permissive`: its pods take plain text as well where `istio.strict_mutual_tls` refuses it;
    `strict`: they refuse it where the rest of the mesh does not. Takes effect at once, in every pod
    of it. Unset: as the mesh."""
    plain_text: PlainTexts = {}
    """Ports that take plain text as well, in a namespace that is strict."""
    deny_all: bool = False
    """Its pods answer nobody but the gateway, `callers` and, on their ports, those of `plain_text`;
    not each other either. Probes of the kubelet and metrics of the sidecars go past it. Takes
    effect at once, in every pod of it: name the callers before."""
    callers: tuple[Annotated[str, trust.caller], ...] = ()
    """With `deny_all`: namespaces that may call it, or one service account of a namespace,
    `cart/checkout`; its own, so that its pods may call each other. Takes effect at once."""
    hears: tuple[Annotated[str, trust.heard], ...] = ()
    """With `istio.limit_sidecars`: what its sidecars know besides, as namespace and host,
    `catalog/*`. A namespace that names it in `callers` is known without that. Takes effect at
    once."""

    @together("mutual_tls", "plain_text")
    def _plain_text(self) -> Iterator[Finding]:
        if self.plain_text and self.mutual_tls == "permissive":
            yield Finding(
                "plain_text",
                'no value with mutual_tls = "permissive": every port takes plain text then',
                "remove one of the two",
            )

    @together("plain_text")
    def _workloads(self) -> Iterator[Finding]:
        seen: dict[tuple[tuple[str, str], ...], str] = {}
        for name, each in self.plain_text.items():
            labels = tuple(sorted(each.workload.items()))
            if seen.setdefault(labels, name) != name:
                yield Finding(
                    f"plain_text.{name}.workload",
                    f"a workload that no other entry has; {seen[labels]} has this one, and Istio"
                    " goes by the older of two",
                    "write the ports of both into one entry",
                )

    @together("deny_all", "callers")
    def _callers(self) -> Iterator[Finding]:
        if self.callers and not self.deny_all:
            yield Finding(
                "callers",
                "no value without deny_all: everybody may call it",
                "remove it, or set deny_all = true",
            )
        if len(set(self.callers)) != len(self.callers):
            yield Finding("callers", "each caller once", "remove the one that stands twice")

    @together("deny_all", "mutual_tls")
    def _known(self) -> Iterator[Finding]:
        if self.deny_all and self.mutual_tls == "permissive":
            yield Finding(
                "deny_all",
                'false with mutual_tls = "permissive": who calls in plain text has no name, and'
                " would be refused",
                "remove mutual_tls, and name the ports that take plain text in plain_text",
            )

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
