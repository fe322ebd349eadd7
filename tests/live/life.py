"""The life of a deployment on Azure: made, asked, changed, destroyed; each claim tried once."""

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from tests.live.report import Report
from tests.live.site import Site, Traffic
from tests.live.terraform import Scratch

# Replaces the gateway's pods, and changes nothing else.
ROLLED = {"ISTIO_AKS_GATEWAY__VALUES": '{"podAnnotations": {"istio-aks/rolled": "live"}}'}


@dataclass
class Life:
    """A deployment while it lives.

    Args:
        scratch: where Terraform runs.
        report: what is seen goes there.
        settings: what the settings file is overridden with.
        upgrade: what it is overridden with besides, for the upgrade.
        site: finds a host; on Azure by its name.
        stranger: a host of another Front Door whose origin is our Private Link Service.
        minutes: how long to wait for Front Door.
        pause: seconds between two looks.
    """

    scratch: Scratch
    report: Report
    settings: Mapping[str, str]
    upgrade: Mapping[str, str] = field(default_factory=dict)
    site: Callable[[str], Site] = Site
    stranger: str | None = None
    minutes: float = 90
    pause: float = 10
    ids: list[str] = field(default_factory=list)

    def begin(self) -> bool:
        """Apply the stacks one after the other, each with a quiet second plan; wait for the 200."""
        self.ids = self.scratch.synthesize(self.settings)
        for id_ in self.ids:
            if not self.report.step(f"apply {id_}", partial(self.apply, id_)):
                return False
            self.report.step(f"the second plan of {id_} is empty", partial(self._quiet, id_))
        if command := self.scratch.outputs(self.istio).get("approve_private_endpoint"):
            self.report.step("the private endpoint is approved", partial(self._approve, command))
        return self.report.step("the first 200", self.first_answer)

    def claims(self) -> None:
        """Try what the documents claim of a deployment that answers."""
        if self.stranger:
            self.report.step("the lock refuses another Front Door", self._lock)
        self.report.step("the gateway's pods are replaced", partial(self._changed, ROLLED))
        if self.upgrade:
            title = ", ".join(f"{key} {value}" for key, value in self.upgrade.items())
            self.report.step(f"upgrade: {title}", partial(self._changed, self.upgrade))

    def end(self) -> None:
        """Destroy the stacks, last first; what could not be destroyed is named."""
        self.scratch.synthesize(self.settings)
        for id_ in reversed(self.ids):
            self.report.step(f"destroy {id_}", partial(self._destroy, id_))

    @property
    def istio(self) -> Path:
        """The folder of the stack istio."""
        return self.scratch.stack(self.ids[-1])

    @property
    def entrance(self) -> Site:
        """The endpoint of Front Door."""
        return self.site(str(self.scratch.outputs(self.istio)["url"]).removeprefix("https://"))

    def apply(self, id_: str, *options: str) -> tuple[bool, Any]:
        """Apply a stack."""
        folder = self.scratch.stack(id_)
        self.scratch.init(folder)
        self.scratch.run(folder, "apply", "-input=false", "-auto-approve", *options)
        return True, "applied"

    def first_answer(self) -> tuple[bool, Any]:
        """Wait for the 200; which status came when."""
        seen = self.entrance.wait_for(200, self.minutes, self.pause)
        return seen[-1][1] == 200, seen

    def _approve(self, command: str) -> tuple[bool, Any]:
        """Run the command that our own output gives for it."""
        done = subprocess.run(
            ["bash", "-c", command],
            env=dict(self.scratch.environment),
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode == 0, done.stderr or "approved"

    def _quiet(self, id_: str) -> tuple[bool, Any]:
        actions = self.scratch.plan(self.scratch.stack(id_)).actions
        return actions == {}, actions

    def _lock(self) -> tuple[bool, Any]:
        seen = self.site(str(self.stranger)).wait_for(403, self.minutes, self.pause)
        return seen[-1][1] == 403, seen

    def _changed(self, settings: Mapping[str, str]) -> tuple[bool, Any]:
        """Change settings under traffic: releases are updated in place, and no request is lost."""
        self.scratch.synthesize({**self.settings, **settings})
        self.scratch.init(self.istio)
        actions = self.scratch.plan(self.istio).actions
        traffic = Traffic(self.entrance, self.pause / 10, self.pause * 2)
        with traffic.meanwhile():
            self.scratch.run(self.istio, "apply", "-input=false", "-auto-approve")
        seen = {"plan": actions, "short": dict(traffic.short), "long": dict(traffic.long)}
        return set(actions.values()) <= {"update"} and not traffic.lost, seen

    def _destroy(self, id_: str) -> tuple[bool, Any]:
        folder = self.scratch.stack(id_)
        self.scratch.init(folder)
        self.scratch.run(folder, "destroy", "-input=false", "-auto-approve")
        return True, "destroyed"
