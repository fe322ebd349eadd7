"""Origin groups: how Front Door chooses among origins, and how it asks whether they are well."""

from cdktf_cdktf_provider_azurerm.cdn_frontdoor_origin_group import (
    CdnFrontdoorOriginGroup,
    CdnFrontdoorOriginGroupHealthProbe,
    CdnFrontdoorOriginGroupLoadBalancing,
)
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import names
from settings.front_door import LoadBalancing, Probe


class FrontDoorOriginGroup(Construct):
    """An origin group of a profile.

    Exposes `id` and `group`, the resource.

    Args:
        name: 2 to 90 letters, digits and hyphens.
        profile_id: the profile, ours or one that exists already.
        probe: how to ask; the table `front_door.probe`. None leaves the group without probes.
        load_balancing: when an origin counts as well; the table `front_door.load_balancing`.
        session_affinity: whether a client stays with the origin that answered it first.
        over_https: whether the probe comes by HTTPS; by HTTP otherwise.

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
        probe: Probe | None,
        load_balancing: LoadBalancing = LoadBalancing(),
        session_affinity: bool = True,
        over_https: bool = False,
    ) -> None:
        super().__init__(scope, id_)
        self.group = CdnFrontdoorOriginGroup(
            self,
            "Default",
            name=guard(f"FrontDoorOriginGroup {id_} name", name, names.front_door),
            cdn_frontdoor_profile_id=profile_id,
            session_affinity_enabled=session_affinity,
            load_balancing=CdnFrontdoorOriginGroupLoadBalancing(
                sample_size=load_balancing.sample_size,
                successful_samples_required=load_balancing.successful_samples_required,
                additional_latency_in_milliseconds=load_balancing.additional_latency_in_milliseconds,
            ),
            health_probe=CdnFrontdoorOriginGroupHealthProbe(
                path=probe.path,
                interval_in_seconds=probe.interval_in_seconds,
                protocol="Https" if over_https else "Http",
                request_type=probe.request_type,
            )
            if probe
            else None,
        )
        logical_id_by_path(self.group, "azurerm_cdn_frontdoor_origin_group")
        self.id: str = self.group.id
