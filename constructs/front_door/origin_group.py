"""Origin groups: how Front Door chooses among origins, and how it asks whether they are well."""

from dataclasses import dataclass
from typing import Literal

from cdktf_cdktf_provider_azurerm.cdn_frontdoor_origin_group import (
    CdnFrontdoorOriginGroup,
    CdnFrontdoorOriginGroupHealthProbe,
    CdnFrontdoorOriginGroupLoadBalancing,
)
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import RuleError, front_door, names


@dataclass(frozen=True, kw_only=True)
class HealthProbe:
    """How every point of presence asks an origin whether it is well. Only 200 counts as well.

    Args:
        path: starts with "/".
        interval_in_seconds: 1 to 255. Each of Front Door's points of presence asks this often, so
            an origin sees far more than one request an interval.
        protocol: Http or Https.
        request_type: GET or HEAD.

    Raises:
        ValueError: for a path or an interval that Front Door refuses.
    """

    path: str
    interval_in_seconds: int = 100
    protocol: Literal["Http", "Https"] = "Http"
    request_type: Literal["GET", "HEAD"] = "GET"

    def __post_init__(self) -> None:
        guard("HealthProbe path", self.path, front_door.probe_path)
        guard(
            "HealthProbe interval_in_seconds",
            self.interval_in_seconds,
            front_door.probe_interval,
        )


@dataclass(frozen=True, kw_only=True)
class LoadBalancing:
    """When an origin counts as well, and how near in time a second one must be to share traffic.

    Args:
        sample_size: the last so many probes are looked at, 0 to 255.
        successful_samples_required: of which so many must have succeeded, at most sample_size.
        additional_latency_in_milliseconds: 0 to 1000.

    Raises:
        ValueError: for figures that Front Door refuses, or that no origin could meet.
    """

    sample_size: int = 4
    successful_samples_required: int = 3
    additional_latency_in_milliseconds: int = 50

    def __post_init__(self) -> None:
        for name, rule in (
            ("sample_size", front_door.sample_size),
            ("successful_samples_required", front_door.sample_size),
            ("additional_latency_in_milliseconds", front_door.additional_latency),
        ):
            guard(f"LoadBalancing {name}", getattr(self, name), rule)
        if self.successful_samples_required > self.sample_size:
            raise RuleError(
                f"successful_samples_required of at most sample_size, {self.sample_size}",
                "raise sample_size or lower successful_samples_required",
            )


class FrontDoorOriginGroup(Construct):
    """An origin group of a profile.

    Exposes `id` and `group`, the resource.

    Args:
        name: 2 to 90 letters, digits and hyphens.
        profile_id: the profile, ours or one that exists already.
        probe: how to ask; none leaves the group without health probes.
        load_balancing: when an origin counts as well.
        session_affinity: whether a client stays with the origin that answered it first.

    Raises:
        ValueError: for a name that Front Door refuses.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        profile_id: str,
        probe: HealthProbe | None,
        load_balancing: LoadBalancing | None = None,
        session_affinity: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        balancing = load_balancing or LoadBalancing()
        self.group = CdnFrontdoorOriginGroup(
            self,
            "Default",
            name=guard(f"FrontDoorOriginGroup {id_} name", name, names.front_door),
            cdn_frontdoor_profile_id=profile_id,
            session_affinity_enabled=session_affinity,
            load_balancing=CdnFrontdoorOriginGroupLoadBalancing(
                sample_size=balancing.sample_size,
                successful_samples_required=balancing.successful_samples_required,
                additional_latency_in_milliseconds=balancing.additional_latency_in_milliseconds,
            ),
            health_probe=CdnFrontdoorOriginGroupHealthProbe(
                path=probe.path,
                interval_in_seconds=probe.interval_in_seconds,
                protocol=probe.protocol,
                request_type=probe.request_type,
            )
            if probe
            else None,
        )
        logical_id_by_path(self.group, "azurerm_cdn_frontdoor_origin_group")
        self.id: str = self.group.id
