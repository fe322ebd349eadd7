"""Which step comes next on the way from one release of Istio to another, by revision.

Each step is one change of the settings and one apply, after which a plan is quiet. The way back is
to undo the step. docs/upgrade.md walks through all of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rules import names
from rules.releases import ISTIO_VERSION
from rules.revisions import DEFAULT, MOST_MINORS_BESIDE, minors_apart, order
from settings.istio import Istio
from settings.model import Settings


@dataclass(frozen=True)
class Step:
    """One step.

    Args:
        title: what it does.
        change: lines of the settings; what begins with a minus goes.
        then: what to do when it is applied, commands and what to look at.
    """

    title: str
    change: tuple[str, ...] = ()
    then: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """The step as a person reads it."""
        yield f"next: {self.title}"
        yield from (f"    {line}" for line in self.change)
        if self.change:
            yield "then: make plan STACK=istio, make deploy"
        yield from (f"then: {line}" for line in self.then)
        if self.change:
            yield "back: undo the change, make deploy; start pods anew that have started meanwhile"


def next_step(settings: Settings, target: str = ISTIO_VERSION) -> Step:
    """The step after what the settings say, on the way to a release.

    Args:
        settings: what is deployed; apply them first.
        target: the release to go to, where there is one control plane; where there are two, the
            newer of them is.
    """
    istio = settings.istio
    planes = istio.control_planes
    newest = max(planes, key=lambda name: order(planes[name]))
    if len(planes) == 1:
        return _begin(planes[newest], target)
    return (
        _namespace(settings, newest)
        or _gateway(settings, newest)
        or _tag(istio, newest)
        or _rest(istio, newest)
        or _old(settings, newest)
    )


def _begin(version: str, target: str) -> Step:
    if order(target) <= order(version):
        return Step(f"nothing: the one control plane has {version}, and {target} is no newer")
    if minors_apart(version, target) > MOST_MINORS_BESIDE:
        return Step(
            f"a release between: {target} is more than {MOST_MINORS_BESIDE} minor versions away"
            f" from {version}",
            then=("make upgrade-plan TO=VERSION with one that is nearer",),
        )
    name = target.replace(".", "-")
    return Step(
        f"a control plane of {target} beside that of {version}; nobody follows it yet",
        (f'istio.revisions."{name}" = "{target}"',),
        (
            f"kubectl get pods --namespace {names.MESH_NAMESPACE}",
            "istioctl analyze --all-namespaces",
        ),
    )


def _namespace(settings: Settings, newest: str) -> Step | None:
    """The first namespace that still follows an older one, one at a time."""
    istio = settings.istio
    for name, options in settings.namespaces.items():
        if istio.revision_of(options.revision) != newest:
            return Step(
                f"the namespace {name} follows {newest}",
                (f'namespaces.{name}.revision = "{newest}"',),
                (
                    f"kubectl rollout restart deployment --namespace {name}",
                    f"istioctl proxy-status --namespace {name}: all of {newest} before you go on",
                ),
            )
    return None


def _gateway(settings: Settings, newest: str) -> Step | None:
    if settings.istio.revision_of(settings.gateway.revision) == newest:
        return None
    return Step(
        f"the gateway follows {newest}; Helm starts its pods anew, one by one",
        (f'gateway.revision = "{newest}"',),
        (f"kubectl rollout status deployment/{names.INGRESS} --namespace {names.INGRESS}",),
    )


def _tag(istio: Istio, newest: str) -> Step | None:
    for tag, behind in istio.tags.items():
        if behind != newest:
            return Step(
                f"the tag {tag} stands for {newest}",
                (f'istio.tags.{tag} = "{newest}"',),
                ("start the pods anew that ask by it",),
            )
    return None


def _rest(istio: Istio, newest: str) -> Step | None:
    if istio.revision_of(None) == newest:
        return None
    return Step(
        f"what says nothing else follows {newest}, and it checks objects",
        (f'istio.revision = "{newest}"',),
        ("take the keys revision of namespaces and gateway away in the same change, if you like",),
    )


def _old(settings: Settings, newest: str) -> Step:
    istio = settings.istio
    gone = [name for name in istio.control_planes if name != newest]
    change = tuple(
        "istio.in_place = false" if name == DEFAULT else f'- istio.revisions."{name}"'
        for name in gone
    )
    return Step(
        f"the control plane {' and '.join(gone)} goes: nobody follows it",
        change,
        ("before you deploy: istioctl proxy-status must show no proxy of it any more",),
    )
