"""What the settings say exists: everything that is given by its id, and what is found by name."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from app.doctor.azure import NotAnsweredError
from app.doctor.names import GROUPS
from app.doctor.needs import network_id
from app.doctor.site import CLUSTERS, Question, Site
from app.errors import Problem
from rules.keys import Location
from settings.table import Table

NETWORKS = "2025-01-01"
# The version by which a resource is asked for, by its type in small letters; those of azurerm
# 4.55.0 where it has the type.
VERSIONS = {
    "subscriptions": "2022-12-01",
    "resourcegroups": GROUPS,
    "microsoft.cdn/profiles": "2024-02-01",
    "microsoft.compute/diskencryptionsets": "2022-03-02",
    "microsoft.containerregistry/registries": "2025-04-01",
    "microsoft.containerservice/managedclusters": CLUSTERS,
    "microsoft.documentdb/databaseaccounts": "2024-08-15",
    "microsoft.eventhub/namespaces": "2024-01-01",
    "microsoft.insights/actiongroups": "2023-01-01",
    "microsoft.keyvault/vaults": "2023-07-01",
    "microsoft.managedidentity/userassignedidentities": "2023-01-31",
    "microsoft.monitor/accounts": "2023-04-03",
    "microsoft.network/ddosprotectionplans": NETWORKS,
    "microsoft.network/dnszones": "2018-05-01",
    "microsoft.network/natgateways": NETWORKS,
    "microsoft.network/networksecuritygroups": NETWORKS,
    "microsoft.network/privatednszones": "2024-06-01",
    "microsoft.network/publicipaddresses": NETWORKS,
    "microsoft.network/publicipprefixes": NETWORKS,
    "microsoft.network/routetables": NETWORKS,
    "microsoft.network/virtualnetworks": NETWORKS,
    "microsoft.network/virtualnetworks/subnets": NETWORKS,
    "microsoft.operationalinsights/workspaces": "2022-10-01",
    "microsoft.servicebus/namespaces": "2024-01-01",
    "microsoft.sql/servers": "2021-11-01",
    "microsoft.sql/servers/databases": "2021-11-01",
    "microsoft.storage/storageaccounts": "2023-05-01",
}


def questions(site: Site) -> Iterator[Question]:
    """One for each id, and for what the stacks find by name."""
    settings = site.settings
    for at, id_ in given(settings):
        yield partial(_exists, site, at, id_, id_)
    if site.makes("aks"):
        yield from _networks(site)
    if settings.existing.resource_group and site.makes("aks"):
        group: Location = ("names", "resource_group")
        yield partial(_exists, site, group, site.home, settings.names.resource_group)
    if site.makes("istio") and not site.makes("aks"):
        yield partial(_exists, site, ("names", "cluster"), site.cluster_id, settings.names.cluster)
    if settings.existing.edge and site.makes("istio"):
        profile = settings.front_door.profile
        id_ = f"{site.group(settings.edge_resource_group)}/providers/Microsoft.Cdn/profiles"
        yield partial(_exists, site, ("front_door", "profile"), f"{id_}/{profile}", profile)


def given(value: object, at: Location = ()) -> Iterator[tuple[Location, str]]:
    """Every id below a value, with the key that it stands at; overrides are not ours to read."""
    if isinstance(value, Table):
        for name in type(value).model_fields:
            if (*at, name) != ("overrides",):
                yield from given(getattr(value, name), (*at, name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from given(inner, (*at, str(key)))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from given(inner, (*at, index))
    elif isinstance(value, str) and value.lower().startswith("/subscriptions/"):
        yield at, value


def kind_of(id_: str) -> str:
    """The type of what an id names, in small letters."""
    _, provider, after = id_.lower().rpartition("/providers/")
    if provider:
        namespace, *pairs = after.split("/")
        return "/".join([namespace, *pairs[::2]])
    return "resourcegroups" if "/resourcegroups/" in id_.lower() else "subscriptions"


def _networks(site: Site) -> Iterator[Question]:
    """A network that exists by its name, and subnets of it."""
    existing = site.settings.existing
    network = network_id(site, existing)
    if network is None:
        return
    if existing.virtual_network and not existing.virtual_network.startswith("/"):
        at: Location = ("existing", "virtual_network")
        yield partial(_exists, site, at, network, existing.virtual_network)
    subnets = {
        ("existing", "node_subnet"): existing.node_subnet,
        ("existing", "private_link_subnet"): existing.private_link_subnet,
    }
    for where, name in subnets.items():
        if name is not None:
            yield partial(_exists, site, where, f"{network}/subnets/{name}", name)


def _exists(site: Site, at: Location, id_: str, value: str) -> Iterator[Problem]:
    version = VERSIONS.get(kind_of(id_))
    if version is None:
        raise NotAnsweredError(f"{id_}: the doctor does not know this type")
    found: Mapping[str, Any] | None = site.azure.get(id_, version)
    if found is None:
        yield site.problem(
            at,
            "something that is there, and that whoever is signed in can see",
            f"mend it, or make it first; `az resource show --ids {id_}` finds nothing",
            value,
        )
        return
    region, key = _region(site, at)
    where = str(found.get("location") or region).lower().replace(" ", "")
    if region and where != region:
        yield site.problem(
            at,
            f"one that is in {region}, by {key}; it is in {where}",
            f'name another, or write {key} = "{where}"',
            value,
        )


def _region(site: Site, at: Location) -> tuple[str, str]:
    """Where it must be, and the key that says so; nothing where it may be anywhere."""
    if at in (("existing", "virtual_network"), ("cluster", "disk_encryption_set")):
        return site.region, "cluster.region"
    if at == ("watch", "workspace"):
        return site.settings.watch.workspace_region or site.region, "watch.workspace_region"
    return "", ""
