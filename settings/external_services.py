"""What pods of the mesh reach outside of it."""

from collections.abc import Iterator
from typing import Annotated, Literal

from rules import names, networks, trust, whole_number
from settings.table import Entry, Finding, Table, together

Protocol = Literal["GRPC", "HTTP", "HTTP2", "HTTPS", "MONGO", "MYSQL", "REDIS", "TCP", "TLS"]


class ExternalPort(Table):
    """A port of hosts outside."""

    number: Annotated[int, whole_number(1, 65535)]
    """The port."""
    protocol: Protocol = "TLS"
    """What clients speak: `TLS` and `HTTPS` go by the name that a client asks for, the others that
    are not of HTTP by `addresses`. Takes effect at once."""

    @property
    def name(self) -> str:
        """What Istio calls the port."""
        return f"{self.protocol.lower()}-{self.number}"


class ExternalService(Entry):
    """Hosts that pods reach with `istio.egress = "registry-only"`, and that have metrics by name.

    Everything below takes effect at once.
    """

    hosts: tuple[Annotated[str, trust.outside_host], ...]
    """Their names; each in one entry only. With `*.` before a domain only where `resolution` is
    `none`."""
    ports: tuple[ExternalPort, ...] = (ExternalPort(number=443),)
    """Their ports."""
    resolution: Literal["dns", "dns-round-robin", "none"] = "dns"
    """How proxies get an address: by DNS, all of them or the first for each connection, which is
    for large services; `none`: the one that the client goes to."""
    addresses: tuple[Annotated[str, networks.address], ...] = ()
    """The addresses that clients go to, for protocols in which no host name is."""
    namespaces: tuple[Annotated[str, names.kubernetes], ...] = ()
    """Whose pods know them. Unset: all."""

    @together("hosts", "resolution")
    def _hosts(self) -> Iterator[Finding]:
        if not self.hosts or len(set(self.hosts)) != len(self.hosts):
            yield Finding("hosts", "one host or more, each once", 'write hosts = ["a.contoso.com"]')
        for index, host in enumerate(self.hosts):
            if host.startswith("*.") and self.resolution != "none":
                yield Finding(
                    f"hosts[{index}]",
                    f'a host by its full name with resolution = "{self.resolution}": no DNS has an'
                    " address of a wildcard",
                    'name the hosts one by one, or write resolution = "none"',
                )

    @together("ports", "addresses", "hosts")
    def _ports(self) -> Iterator[Finding]:
        numbers = [each.number for each in self.ports]
        if not numbers or len(set(numbers)) != len(numbers):
            yield Finding(
                "ports", "one port or more, each once", "write ports = [{ number = 443 }]"
            )
        for index, port in enumerate(self.ports):
            if port.protocol in trust.WITHOUT_A_NAME and not self.addresses:
                yield Finding(
                    f"ports[{index}].protocol",
                    "a protocol in which a host is named, such as TLS or HTTP, where addresses is"
                    f" empty: every connection to port {port.number} would go there",
                    "write the addresses, or another protocol",
                )
        if self.addresses and len(self.hosts) > 1:
            yield Finding(
                "addresses",
                "no value for several hosts: each of them would have all addresses",
                "make an entry for each host",
            )
