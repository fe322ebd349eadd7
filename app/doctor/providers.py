"""Resource providers, features and plans of the subscription."""

from collections.abc import Iterator
from functools import partial

from app.doctor.site import Question, Site
from app.errors import Problem
from settings import Settings

# Microsoft.Resources and Microsoft.Features of Microsoft's specifications.
PROVIDERS = "2022-09-01"
FEATURES = "2021-07-01"
PRICINGS = "2024-01-01"
HOST_ENCRYPTION = "EncryptionAtHost"


def questions(site: Site) -> Iterator[Question]:
    """Whether each is registered, and Defender paid for."""
    for namespace in dict.fromkeys(namespaces(site.settings)):
        yield partial(_registered, site, namespace)
    if site.makes("aks"):
        if any(each.host_encryption for each in site.settings.node_pools.values()):
            yield partial(_host_encryption, site)
        if site.settings.guard.defender_workspace is not None:
            yield partial(_defender, site)


def namespaces(settings: Settings) -> Iterator[str]:
    """The resource providers of what the stacks make, as the settings have it."""
    if "aks" in settings.stacks:
        yield "Microsoft.ContainerService"
        yield "Microsoft.Compute"
        yield "Microsoft.Network"
        # AKS makes an identity for the nodes, whoever gives it one of its own.
        yield "Microsoft.ManagedIdentity"
        yield "Microsoft.Authorization"
        yield from _of_the_guard(settings)
        yield from _of_the_watch(settings)
    if settings.makes_front_door or "traffic" in settings.stacks:
        yield "Microsoft.Cdn"
        yield "Microsoft.Network"
    if settings.makes_front_door:
        if settings.logs.is_on or settings.alerts.are_on:
            yield "Microsoft.Insights"
        if settings.logs.is_on:
            yield "Microsoft.OperationalInsights"


def _of_the_guard(settings: Settings) -> Iterator[str]:
    guard = settings.guard
    if guard.azure_policy:
        yield "Microsoft.PolicyInsights"
    if guard.makes_key_vault:
        yield "Microsoft.KeyVault"
    if guard.defender_workspace is not None:
        yield "Microsoft.Security"
        yield "Microsoft.OperationalInsights"


def _of_the_watch(settings: Settings) -> Iterator[str]:
    watch = settings.watch
    if watch.is_kept:
        yield "Microsoft.OperationalInsights"
    if watch.is_kept or watch.managed_prometheus or watch.alerts.are_on:
        yield "Microsoft.Insights"
    if watch.managed_prometheus:
        yield "Microsoft.Monitor"


def _registered(site: Site, namespace: str) -> Iterator[Problem]:
    found = site.azure.get(f"{site.root}/providers/{namespace}", PROVIDERS) or {}
    # RegistrationFree ones are there for everybody.
    if found.get("registrationPolicy") == "RegistrationFree":
        return
    state = found.get("registrationState", "unknown")
    if state != "Registered":
        yield Problem(
            source=f"resource provider {namespace}",
            allowed=f"Registered; it is {state}",
            fix=f"`az provider register --namespace {namespace} --wait --subscription"
            f" {site.subscription}`",
        )


def _host_encryption(site: Site) -> Iterator[Problem]:
    path = f"{site.root}/providers/Microsoft.Features/providers/Microsoft.Compute/features"
    found = site.azure.get(f"{path}/{HOST_ENCRYPTION}", FEATURES) or {}
    state = (found.get("properties") or {}).get("state", "unknown")
    if state == "Registered":
        return
    pools = [name for name, each in site.settings.node_pools.items() if each.host_encryption]
    yield site.problem(
        ("node_pools", pools[0], "host_encryption"),
        f"true with the feature Microsoft.Compute/{HOST_ENCRYPTION} only, which is {state}",
        f"`az feature register --namespace Microsoft.Compute --name {HOST_ENCRYPTION}"
        f" --subscription {site.subscription}`; when it is Registered, `az provider register"
        f" --namespace Microsoft.Compute --subscription {site.subscription}`",
        True,
    )


def _defender(site: Site) -> Iterator[Problem]:
    path = f"{site.root}/providers/Microsoft.Security/pricings/Containers"
    found = site.azure.get(path, PRICINGS) or {}
    if (found.get("properties") or {}).get("pricingTier") != "Standard":
        yield site.problem(
            ("guard", "defender_workspace"),
            "a workspace where the subscription has the plan Defender for Containers, without which"
            " nothing is watched",
            f"`az security pricing create --name Containers --tier Standard --subscription"
            f" {site.subscription}`, which costs by the vCPU",
        )
