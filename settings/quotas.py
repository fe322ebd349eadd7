"""Settings of how much one namespace may use, and what its containers get without asking."""

from collections.abc import Iterator
from typing import Annotated

from rules import quotas, whole_number
from settings.table import Finding, Table, together

_Count = Annotated[int, whole_number(0, 100_000)]
_Cpu = Annotated[str, quotas.cpu]
_Memory = Annotated[str, quotas.memory]


class Quota(Table):
    """What everything in a namespace may use together, sidecars included.

    A change updates in place. Pods that run stay, also above it; new ones are refused. Unset: as
    much as there is.
    """

    requests_cpu: _Cpu | None = None
    """CPU that its pods ask for; with `limits.request_cpu`, or pods that ask for none are
    refused."""
    requests_memory: _Memory | None = None
    """Memory that its pods ask for; with `limits.request_memory`."""
    limits_cpu: _Cpu | None = None
    """CPU that its pods get at most; with `limits.limit_cpu`."""
    limits_memory: _Memory | None = None
    """Memory that its pods get at most; with `limits.limit_memory`."""
    pods: _Count | None = None
    """Pods that have not ended."""
    storage: _Memory | None = None
    """Storage that its claims ask for."""
    volume_claims: _Count | None = None
    """Claims of volumes."""
    load_balancers: _Count | None = None
    """Services of type LoadBalancer: 0 keeps ways in beside Front Door out."""
    node_ports: _Count | None = None
    """Ports of services on the nodes, those of load balancers included."""

    def hard(self) -> dict[str, str]:
        """What is limited, in Kubernetes' words."""
        words = {
            "requests.cpu": self.requests_cpu,
            "requests.memory": self.requests_memory,
            "limits.cpu": self.limits_cpu,
            "limits.memory": self.limits_memory,
            "pods": self.pods,
            "requests.storage": self.storage,
            "persistentvolumeclaims": self.volume_claims,
            "services.loadbalancers": self.load_balancers,
            "services.nodeports": self.node_ports,
        }
        return {word: str(value) for word, value in words.items() if value is not None}


class Limits(Table):
    """What a container of a namespace gets that does not say it itself, and the most it may have.

    Holds for sidecars too, which say it themselves as Istio's chart is. A change holds for pods
    that start afterwards.
    """

    request_cpu: _Cpu | None = None
    """CPU that it asks for. Unset: `limit_cpu`."""
    request_memory: _Memory | None = None
    """Memory that it asks for. Unset: `limit_memory`."""
    limit_cpu: _Cpu | None = None
    """CPU that it gets at most. A container that asks for more and names no limit of its own is
    refused."""
    limit_memory: _Memory | None = None
    """Memory that it gets at most, likewise."""
    max_cpu: _Cpu | None = None
    """The highest limit that a container may name; with `limit_cpu`. No lower than a sidecar's."""
    max_memory: _Memory | None = None
    """The highest limit that a container may name; with `limit_memory`. No lower than a
    sidecar's."""

    def default_request(self) -> dict[str, str]:
        """What a container asks for by itself."""
        return _given(self.request_cpu, self.request_memory)

    def default_limit(self) -> dict[str, str]:
        """What it gets at most by itself."""
        return _given(self.limit_cpu, self.limit_memory)

    def highest(self) -> dict[str, str]:
        """What none may exceed."""
        return _given(self.max_cpu, self.max_memory)

    @together("request_cpu", "request_memory", "limit_cpu", "limit_memory")
    def _request_fits(self) -> Iterator[Finding]:
        yield from self._no_more("request_", "limit_")

    @together("limit_cpu", "limit_memory", "max_cpu", "max_memory")
    def _limit_fits(self) -> Iterator[Finding]:
        yield from self._no_more("limit_", "max_")
        for resource in ("cpu", "memory"):
            if getattr(self, f"max_{resource}") and not getattr(self, f"limit_{resource}"):
                yield Finding(
                    f"limit_{resource}",
                    f"a value with max_{resource}: Kubernetes would take that for the limit of"
                    " every container, and for what it asks for",
                    f"write one that is no higher than max_{resource}",
                )

    def _no_more(self, lower: str, higher: str) -> Iterator[Finding]:
        for resource in ("cpu", "memory"):
            low, high = getattr(self, lower + resource), getattr(self, higher + resource)
            if low and high and quotas.amount(low) > quotas.amount(high):
                yield Finding(
                    lower + resource,
                    f"at most {higher}{resource}, {high}",
                    f"lower it, or raise {higher}{resource}",
                )


def _given(cpu: str | None, memory: str | None) -> dict[str, str]:
    given = {"cpu": cpu, "memory": memory}
    return {resource: value for resource, value in given.items() if value is not None}
