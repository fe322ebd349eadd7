"""The namespaces of applications, and the sample in one of them."""

from collections.abc import Iterator
from typing import Annotated, Literal

from rules import names, releases, trust
from settings.plain_text import PlainText
from settings.table import ENABLED, Entry, Finding, Table, together

PlainTexts = Annotated[dict[Annotated[str, names.kubernetes], PlainText], ENABLED]


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


class Sample(Table):
    """The sample application, in the namespace default, for every host and path."""

    enabled: bool = True
    """Whether it is there."""
    image: Annotated[str, names.image] = releases.SAMPLE_IMAGE
    """It must listen on 8080 and answer `/healthz`."""
