"""Ports on which pods of the mesh take plain text."""

from collections.abc import Iterator
from typing import Annotated

from rules import trust, whole_number
from settings.table import Entry, Finding, together


class PlainText(Entry):
    """Ports of some pods that take plain text beside mutual TLS, by anybody who reaches them.

    For callers that have no sidecar, and for protocols that a client of its own encrypts.
    """

    workload: dict[Annotated[str, trust.label_key], Annotated[str, trust.label_value]]
    """The labels of the pods; one or more. Takes effect at once."""
    ports: tuple[Annotated[int, whole_number(1, 65535)], ...]
    """The pods' own ports, not those of their service. Takes effect at once."""

    @together("workload", "ports")
    def _something(self) -> Iterator[Finding]:
        if not self.workload:
            yield Finding(
                "workload",
                "one label or more: Istio takes ports of named pods only",
                'write workload = { app = "legacy" }, or mutual_tls = "permissive" for all pods',
            )
        if not self.ports or len(set(self.ports)) != len(self.ports):
            yield Finding("ports", "one port or more, each once", "write ports = [8080]")
