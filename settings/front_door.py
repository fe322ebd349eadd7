"""Settings of Azure Front Door."""

from collections.abc import Iterator
from typing import Annotated, Literal

from rules import front_door, names
from settings.answers import Cache, Headers
from settings.table import Finding, Table, together


class Probe(Table):
    """How Front Door asks whether the gateway is well. Only 200 counts as well.

    Each of Front Door's points of presence asks, so an origin sees far more than one request an
    interval.
    """

    path: Annotated[str, front_door.probe_path] = "/probe"
    """What it asks for. No route may begin with it."""
    interval_in_seconds: Annotated[int, front_door.probe_interval] = 100
    """How often each point of presence asks."""
    request_type: Literal["GET", "HEAD"] = "GET"
    """How it asks."""


class LoadBalancing(Table):
    """When an origin counts as well, and how near in time a second one must be to share traffic."""

    sample_size: Annotated[int, front_door.sample_size] = 4
    """The last so many probes are looked at."""
    successful_samples_required: Annotated[int, front_door.sample_size] = 3
    """Of which so many must have succeeded: at most `sample_size`."""
    additional_latency_in_milliseconds: Annotated[int, front_door.additional_latency] = 50
    """How much slower than the fastest origin another may be and still get traffic."""

    @together("sample_size", "successful_samples_required")
    def _can_be_met(self) -> Iterator[Finding]:
        if self.successful_samples_required > self.sample_size:
            yield Finding(
                "successful_samples_required",
                f"at most sample_size, {self.sample_size}",
                "raise sample_size or lower successful_samples_required",
            )


class FrontDoor(Table):
    """Azure Front Door Premium, the only way in."""

    profile: Annotated[str, names.front_door] = "MyFrontDoor"
    """The profile. A change replaces it and all that is in it."""
    endpoint: Annotated[str, names.front_door_endpoint] | None = None
    """The beginning of the endpoint's host name. A change replaces it: a new URL. Unset: `afd-` and
    16 digits from the group's id and the profile."""
    origin_group: Annotated[str, names.front_door] = "MyOriginGroup"
    """The origin group. A change replaces it, like that of the origin."""
    origin: Annotated[str, names.front_door] = "IstioOrigin"
    """The origin. A change replaces it, and Azure refuses to take away the last one of a route:
    destroy the route first, with `-target`."""
    route: Annotated[str, names.front_door] = "MyRoute"
    """The route. A change replaces it."""
    origin_host_name: Annotated[str, names.host] | None = None
    """What Front Door's probes ask for. Unset: `gateway.tls.host_name`, or
    `load_balancer.private_ip_address`."""
    origin_host_header: Annotated[str, names.host] | None = None
    """The host that every request gets. Unset: the one that the client asked for."""
    private_endpoint_region: Annotated[str, front_door.private_link_region] | None = None
    """Where Front Door makes its private endpoint. A change replaces the origin, see there. Unset:
    the cluster's region."""
    request_message: Annotated[str, front_door.request_message] | None = None
    """What the owner of the Private Link Service reads; with approval `auto`. Unset:
    `Request access`."""
    response_timeout_seconds: Annotated[int, front_door.response_timeout] = (
        front_door.RESPONSE_TIMEOUT_SECONDS
    )
    """How long Front Door waits for an answer. A gateway that ends waits 15 seconds longer."""
    session_affinity: bool = True
    """Whether a client stays with the origin that answered it first, by a cookie."""
    rule_set: bool | None = None
    """Whether the route has a rule set, empty while nothing needs one. Unset: where `headers` or a
    domain's `redirect_to` need it, and with the stacks `edge` and `traffic`. azurerm cannot take it
    away again (#27312): write `true` before you switch off the last thing that needs it."""
    headers: Headers = Headers()
    cache: Cache = Cache()
    probe: Probe = Probe()
    load_balancing: LoadBalancing = LoadBalancing()
