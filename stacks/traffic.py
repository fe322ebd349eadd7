"""The stack traffic: everything that says where requests go now."""

from collections.abc import Sequence

from constructs import Construct

from constructs.front_door.forwarding import ForwardingRecord
from constructs.front_door.identified import Identified, Known
from constructs.front_door.origin import PrivateLinkOrigin, PublicOrigin
from constructs.front_door.profile import ExistingEndpoint
from constructs.front_door.route import FrontDoorRoute
from rules import domains, names
from settings import Environment
from settings.edge import Origin
from stacks.base import EnvironmentStack
from stacks.domains import add_host_records, hosts_by_hand
from stacks.edge import MAINTENANCE
from stacks.edge_found import found_edge
from stacks.front_door import endpoint_name, request_message
from stacks.istio_outputs import add_approval_output, add_url_output
from stacks.rule_set import NAME as RULE_SET


class TrafficStack(EnvironmentStack):
    """Origins, one for each cluster, the route to them, and the records that lead clients here.

    Profile and endpoint are found; every other id follows from names, so that a plan asks nothing
    of a cluster, and one that is gone does no harm.
    """

    def __init__(self, scope: Construct, id_: str, *, environment: Environment) -> None:
        super().__init__(scope, id_, name="traffic", environment=environment)
        settings = self.settings
        self._edge = found_edge(self)
        self._endpoint = ExistingEndpoint(
            self,
            "endpoint",
            name=settings.front_door.endpoint
            or endpoint_name(self._edge.group_id, settings.front_door.profile),
            front_door=self._edge,
        )
        group = self._edge.part("originGroups", settings.front_door.origin_group)
        clusters = {
            name: self._origin(name, origin, group) for name, origin in settings.origins.items()
        }
        maintenance = self._maintenance()
        if clusters:
            self._route(group, list(clusters.values()), settings.is_forwarded_over_https)
        elif maintenance:
            self._route(*maintenance, over_https=True)
        add_url_output(self, self._endpoint)
        if clusters and settings.private_link_service.approval == "manual":
            services = [self._service_id(each) for each in settings.origins.values()]
            add_approval_output(self, services, self._message())
        if not settings.traffic.down and (by_hand := hosts_by_hand(settings, self._endpoint)):
            self.add_output(
                "dns_records",
                "\n".join(by_hand),
                "Records to make for domains whose zone is not in the settings, once the route"
                " answers.",
            )

    def _message(self) -> str:
        return request_message(self.settings, self._edge.front_door_id)

    def _origin(self, name: str, origin: Origin, group: Known) -> PrivateLinkOrigin:
        front_door = self.settings.front_door
        return PrivateLinkOrigin(
            self,
            f"origin-{name}",
            name=name,
            origin_group=group,
            host_name=origin.host_name or self.settings.origin_host_name(),
            host_header=front_door.origin_host_header,
            private_link_service_id=self._service_id(origin),
            location=origin.private_endpoint_region
            or front_door.private_endpoint_region
            or self._region(origin),
            request_message=self._message(),
            weight=origin.weight,
            priority=origin.priority,
            outlives_the_route=True,
        )

    def _region(self, origin: Origin) -> str:
        return origin.region or self.settings.cluster.region

    def _service_id(self, origin: Origin) -> str:
        """The Private Link Service that the cluster makes, with the case that Azure gives it."""
        ours = self.settings.names
        is_ours = not (origin.cluster or origin.resource_group or origin.region)
        chosen = origin.node_resource_group or (ours.node_resource_group if is_ours else None)
        nodes = chosen or names.node_resource_group(
            origin.resource_group or ours.resource_group,
            origin.cluster or ours.cluster,
            self._region(origin),
        )
        subscription = origin.subscription_id or self._edge.subscription_id
        service = origin.private_link_service or self.settings.private_link_service.name
        return (
            f"/subscriptions/{subscription}/resourceGroups/{nodes}"
            f"/providers/Microsoft.Network/privateLinkServices/{service}"
        )

    def _maintenance(self) -> tuple[Known, Sequence[Identified]] | None:
        """The site that answers while no cluster is there, ready before it is needed."""
        host = self.settings.traffic.maintenance_host
        if host is None or self.settings.traffic.down:
            return None
        group = self._edge.part("originGroups", MAINTENANCE)
        site = PublicOrigin(self, MAINTENANCE, name=MAINTENANCE, origin_group=group, host_name=host)
        return group, [site]

    def _route(self, group: Known, origins: Sequence[Identified], over_https: bool = False) -> None:
        settings = self.settings
        if settings.traffic.down:
            return
        route = FrontDoorRoute(
            self,
            "route",
            name=settings.front_door.route,
            endpoint=self._endpoint,
            origin_group=group,
            origins=origins,
            over_https=over_https,
            rule_set_ids=[self._edge.part("ruleSets", RULE_SET).id]
            if settings.has_rule_set
            else [],
            # What stands in for a cluster must not stay when that is back.
            cache=settings.front_door.cache if settings.origins else None,
            domain_ids=[
                self._edge.part("customDomains", domains.resource_name(host)).id
                for host in settings.domains
            ],
        )
        if settings.gateway.tls:
            ForwardingRecord(self, "forwarding", route=route)
        add_host_records(self, settings, self._endpoint, [route.route])
