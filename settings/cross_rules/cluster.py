"""Rules that span tables, of the deployment as a whole and its cluster."""

from collections.abc import Iterator

from rules import front_door, names, networks, regions, versions
from rules.revisions import DEFAULT
from settings.cross_rules.rule import AKS, BOTH, CrossRule
from settings.model import Settings
from settings.table import Finding
from settings.terraform import AzurermBackend, Kubelogin


def _stacks(settings: Settings) -> Iterator[Finding]:
    if not settings.stacks or len(set(settings.stacks)) != len(settings.stacks):
        yield Finding(
            "stacks",
            '"edge", "aks", "istio", "traffic", each once',
            'write ["aks", "istio"], or ["istio"] for a cluster that exists already',
        )
    if "traffic" in settings.stacks and not settings.edge_is_apart:
        yield Finding(
            "stacks",
            '"traffic" with "edge", or with existing.edge = true',
            'add "edge", or set existing.edge where another file has made it',
        )
    if "edge" in settings.stacks and settings.existing.edge:
        yield Finding(
            "existing.edge",
            'false where the stacks have "edge", which makes it',
            "remove one of the two",
        )


def _one_who_upgrades(settings: Settings) -> Iterator[Finding]:
    version = settings.cluster.kubernetes_version
    if settings.upgrades.kubernetes == "patch" and version and version.count(".") > 1:
        minor = version.rpartition(".")[0]
        yield Finding(
            "cluster.kubernetes_version",
            'a minor version where upgrades.kubernetes is "patch": AKS would upgrade what the next'
            " apply takes back, which AKS refuses",
            f'write "{minor}"',
        )


def _tags(settings: Settings) -> Iterator[Finding]:
    if len({name.lower() for name in settings.tags}) != len(settings.tags):
        yield _same_tag("tags")
    if len(settings.tags) > names.MOST_TAGS_OF_FRONT_DOOR:
        yield Finding(
            "tags",
            f"{names.MOST_TAGS_OF_FRONT_DOOR} tags at most: Front Door takes no more",
            "remove some",
        )
    for pool, options in settings.node_pools.items():
        key = f"node_pools.{pool}.tags"
        everywhere = {name.lower(): name for name in settings.tags}
        lower = [name.lower() for name in options.tags]
        differs = any(everywhere.get(name.lower(), name) != name for name in options.tags)
        if len(set(lower)) != len(lower) or differs:
            yield _same_tag(key)
        if len(settings.tags | options.tags) > names.MOST_TAGS:
            yield Finding(key, f"{names.MOST_TAGS} tags at most, with those of tags", "remove some")


def _same_tag(key: str) -> Finding:
    return Finding(
        key,
        "each name once; Azure does not tell capitals from small letters in them",
        "write it once, or as it is written in tags",
    )


def _private_endpoint_region(settings: Settings) -> Iterator[Finding]:
    region = settings.cluster.region
    if settings.front_door.private_endpoint_region or region in front_door.PRIVATE_LINK_REGIONS:
        return
    if region not in regions.KNOWN:
        meant = regions.nearest_spelling(region)
        yield Finding(
            "cluster.region",
            "an Azure region; none that is known is written so",
            (f'did you mean "{meant}"?' if meant else "see `az account list-locations`.")
            + " For a newer region, name front_door.private_endpoint_region",
        )
        return
    yield Finding(
        "front_door.private_endpoint_region",
        f"a region in which Front Door offers Private Link, which {region} is not: "
        + ", ".join(front_door.PRIVATE_LINK_REGIONS),
        "name the nearest of these regions",
    )


def _kubelogin(settings: Settings) -> Iterator[Finding]:
    if isinstance(settings.cluster_access, Kubelogin) and not settings.has_entra:
        yield Finding(
            "cluster_access.method",
            '"kubelogin" only for a cluster with Entra integration, which the stack aks makes with'
            " cluster.admin_group_object_ids or access.azure_rbac",
            'name the groups of its administrators, or write method = "azure"',
        )


def _somebody_gets_in(settings: Settings) -> Iterator[Finding]:
    if settings.access.local_accounts:
        return
    if not settings.has_entra:
        yield Finding(
            "access.local_accounts",
            "true without Entra integration: nobody could get in, and AKS refuses it",
            "set access.azure_rbac = true with access.admins, or name"
            " cluster.admin_group_object_ids",
        )
    elif not settings.access.admins and not settings.cluster.admin_group_object_ids:
        yield Finding(
            "access.admins",
            "a group at least where access.local_accounts is false: nobody could deploy the stack"
            " istio",
            "name the group of those who deploy",
        )


def _istio_on_kubernetes(settings: Settings) -> Iterator[Finding]:
    kubernetes_version = settings.cluster.kubernetes_version
    for name, release in settings.istio.control_planes.items():
        supported = versions.supported_kubernetes(release)
        if kubernetes_version and supported and not supported.includes(kubernetes_version):
            key = "istio.version" if name == DEFAULT else f"istio.revisions.{name}"
            yield Finding(
                key,
                f"a release that supports Kubernetes {kubernetes_version}; {release}"
                f" supports {supported}",
                f"change {key} or cluster.kubernetes_version",
            )


def _node_resource_group(settings: Settings) -> Iterator[Finding]:
    name = settings.node_resource_group
    if len(name) > names.LONGEST_NODE_RESOURCE_GROUP:
        yield Finding(
            "names.cluster",
            f"a name with which the group of the nodes, {name}, has"
            f" {names.LONGEST_NODE_RESOURCE_GROUP} characters at most; it has {len(name)}",
            "shorten one of the two names, or choose names.node_resource_group",
        )


def _subscription_of_the_network(settings: Settings) -> Iterator[Finding]:
    if settings.existing.virtual_network is None or settings.subscription_id is None:
        return
    found = networks.parsed_reference(settings.existing.virtual_network).subscription
    if found is not None and found.lower() != settings.subscription_id.lower():
        yield Finding(
            "existing.virtual_network",
            f"a network of subscription_id, {settings.subscription_id}, in which azurerm looks",
            "name a network of that subscription",
        )


def _backend_keys(settings: Settings) -> Iterator[Finding]:
    backend = settings.backend
    if not isinstance(backend, AzurermBackend):
        return
    taken: dict[str, str] = {}
    for stack in settings.stacks:
        key = getattr(backend, f"{stack}_key")
        if key is not None and (other := taken.setdefault(key, stack)) != stack:
            yield Finding(
                f"backend.{stack}_key",
                f"a key other than backend.{other}_key: two stacks cannot share one state",
                f'write a key for each stack, such as "{other}.tfstate" and "{stack}.tfstate"',
            )


CLUSTER_RULES: tuple[CrossRule, ...] = (
    CrossRule(("upgrades.kubernetes", "cluster.kubernetes_version"), _one_who_upgrades, AKS),
    CrossRule(("stacks", "existing.edge"), _stacks),
    CrossRule(("tags", "node_pools.*.tags"), _tags),
    CrossRule(
        ("front_door.private_endpoint_region", "cluster.region"), _private_endpoint_region, BOTH
    ),
    CrossRule(("istio.version", "cluster.kubernetes_version"), _istio_on_kubernetes, BOTH),
    CrossRule(
        (
            "names.resource_group",
            "names.cluster",
            "names.node_resource_group",
            "cluster.region",
        ),
        _node_resource_group,
        AKS,
    ),
    CrossRule(
        ("cluster_access.method", "cluster.admin_group_object_ids", "access"), _kubelogin, BOTH
    ),
    CrossRule(("access", "cluster.admin_group_object_ids"), _somebody_gets_in, AKS),
    CrossRule(("existing.virtual_network", "subscription_id"), _subscription_of_the_network, AKS),
    CrossRule(
        ("stacks", *(f"backend.{stack}_key" for stack in ("edge", "aks", "istio", "traffic"))),
        _backend_keys,
    ),
)
