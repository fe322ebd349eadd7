"""Settings of an edge that outlives the clusters behind it: the stacks edge and traffic."""

from typing import Annotated

from rules import front_door, names, regions
from settings.table import Entry, Table


class Edge(Table):
    """The stack `edge`: profile, endpoint, firewall, domains, certificates.

    They stay while clusters come and go.
    """

    resource_group: Annotated[str, names.resource_group] | None = None
    """Its own group, so that nothing of it goes with a cluster. Unset: `names.resource_group` and
    `-edge`. A change replaces everything in it."""


class Traffic(Table):
    """The stack `traffic`: everything that says where requests go now."""

    maintenance_host: Annotated[str, names.host] | None = None
    """A public site, such as a static one, that answers while no cluster is there."""
    down: bool = False
    """Whether the site goes down: routes and the records that lead clients here are taken away.
    Names stop resolving then, and certificates take up to an hour to return."""


class Origin(Entry):
    """A cluster that requests go to, known by its names; its gateway must be locked first."""

    resource_group: Annotated[str, names.resource_group] | None = None
    """The cluster's group. Unset: `names.resource_group`."""
    cluster: Annotated[str, names.cluster] | None = None
    """The cluster. Unset: `names.cluster`. A new cluster takes a new name, and an entry of its
    own: a dead private endpoint may hang on the old one."""
    region: Annotated[str, regions.region] | None = None
    """The cluster's region. Unset: `cluster.region`."""
    node_resource_group: Annotated[str, names.node_group] | None = None
    """The group of the cluster's nodes, as `names.node_resource_group` of its file. Unset: that of
    this file for this file's own cluster, and AKS's choice for another."""
    subscription_id: Annotated[str, names.uuid] | None = None
    """The cluster's subscription. Unset: that of the profile."""
    private_link_service: Annotated[str, names.private_link_service] | None = None
    """Its Private Link Service. Unset: `private_link_service.name`."""
    private_endpoint_region: Annotated[str, front_door.private_link_region] | None = None
    """Where Front Door makes its private endpoint. Unset: `front_door.private_endpoint_region`, or
    the cluster's region."""
    host_name: Annotated[str, names.host] | None = None
    """What Front Door asks for; with `gateway.tls`, the name in that cluster's certificate. Unset:
    `gateway.tls.host_name`, `front_door.origin_host_name` or `load_balancer.private_ip_address`."""
    weight: Annotated[int, front_door.origin_weight] = 1000
    """Its share of the requests among clusters of one priority; updates in place."""
    priority: Annotated[int, front_door.origin_priority] = 1
    """Clusters of a higher number get requests only while those of a lower are ill."""
