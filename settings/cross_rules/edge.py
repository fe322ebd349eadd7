"""Rules that span keys, of an edge apart from its clusters."""

from collections.abc import Iterator

from rules import front_door, networks
from settings.cross_rules.rule import CrossRule
from settings.front_door import FrontDoor
from settings.model import Settings
from settings.table import Finding

TRAFFIC = ("traffic",)


def _somebody_answers(settings: Settings) -> Iterator[Finding]:
    """Azure refuses a route whose group has no origin (azurerm issue 27652)."""
    if settings.origins or settings.traffic.maintenance_host or settings.traffic.down:
        return
    yield Finding(
        "origins",
        "a cluster at least, or traffic.maintenance_host, which answers while there is none",
        "name one of them, or set traffic.down = true: names stop resolving then, and certificates"
        " take up to an hour to return",
        shows_value=False,
    )


def _group_of_its_own(settings: Settings) -> Iterator[Finding]:
    if settings.edge_resource_group.lower() == settings.names.resource_group.lower():
        yield Finding(
            "edge.resource_group",
            "a group other than names.resource_group, which goes with the cluster",
            "name another, or leave it out",
        )


def _origins(settings: Settings) -> Iterator[Finding]:
    if len(settings.origins) > front_door.MOST_ORIGINS:
        yield Finding(
            "origins",
            f"{front_door.MOST_ORIGINS}: Azure takes no more into one group",
            "remove some",
            shows_value=False,
        )
    called: dict[str, str] = {}
    for name, origin in settings.origins.items():
        if (same := called.setdefault(name.lower(), name)) != name:
            yield Finding(
                f"origins.{name}",
                f"a name other than {same}; Azure does not tell capitals from small letters",
                "give each a name of its own",
                shows_value=False,
            )
        region = origin.region or settings.cluster.region
        chosen = origin.private_endpoint_region or settings.front_door.private_endpoint_region
        if chosen is None and region not in front_door.PRIVATE_LINK_REGIONS:
            yield Finding(
                f"origins.{name}.private_endpoint_region",
                f"a region in which Front Door offers Private Link, which {region} is not",
                "name the nearest of " + ", ".join(front_door.PRIVATE_LINK_REGIONS),
            )
        if origin.host_name is None and settings.origin_host_name() == networks.DYNAMIC:
            yield Finding(
                f"origins.{name}.host_name",
                f'a host name where load_balancer.private_ip_address is "{networks.DYNAMIC}"',
                "name the host that probes are to ask for, such as one of gateway.hosts",
            )


def _named_elsewhere(settings: Settings) -> Iterator[Finding]:
    if settings.front_door.origin != FrontDoor.model_fields["origin"].default:
        yield Finding(
            "front_door.origin",
            'no value with the stack "traffic": origins has the names',
            "name the entry of origins so, and remove this key",
        )


EDGE_RULES: tuple[CrossRule, ...] = (
    CrossRule(("origins", "traffic.maintenance_host", "traffic.down"), _somebody_answers, TRAFFIC),
    CrossRule(
        (
            "origins",
            "cluster.region",
            "front_door.private_endpoint_region",
            "front_door.origin_host_name",
            "load_balancer.private_ip_address",
        ),
        _origins,
        TRAFFIC,
    ),
    CrossRule(("edge.resource_group", "names.resource_group"), _group_of_its_own, ("edge",)),
    CrossRule(("front_door.origin",), _named_elsewhere, TRAFFIC),
)
