"""What Azure says of a subscription before anything is made in it; a test changes the answers.

Sources of the forms, Microsoft's specifications: Microsoft.Resources/2022-09-01 (Providers_Get) and
2022-12-01 (Subscriptions_Get), Microsoft.Features/2021-07-01, Microsoft.Compute/2021-07-01
(ResourceSkus_List) and 2024-11-01 (Usage_List), Microsoft.ContainerService/2024-09-01
(KubernetesVersions_List), Microsoft.Authorization/2022-04-01 (Permissions_ListForResourceGroup; the
same at a subscription: azure-docs of 2015, "Managing access with the REST API"),
Microsoft.KeyVault/2023-07-01 and Microsoft.Storage/2023-05-01 (CheckNameAvailability),
Microsoft.Security/2024-01-01 (Pricings_Get). What sizes can do: Microsoft's pages dsv5-series and
ddsv5-series.
"""

from dataclasses import dataclass, field

from tests.acceptance.azure import vaults, versions, zones
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Answer, Json, RefusalError, Request
from tests.acceptance.azure.pools import KIND as POOLS
from tests.acceptance.azure.store import Store

REGION = "westeurope"
ACCOUNTS = "microsoft.storage/storageaccounts"
ALL, SPOT = "cores", "lowPriorityCores"
PERMISSIONS = "/providers/microsoft.authorization/permissions"


def size(name: str, family: str, vcpus: int, **capabilities: object) -> Json:
    """A size as Azure lists it, in all three zones; capabilities are written out as text."""
    told: dict[str, object] = {
        "MaxResourceVolumeMB": 0,
        "vCPUs": vcpus,
        "vCPUsAvailable": vcpus,
        "LowPriorityCapable": True,
        "EphemeralOSDiskSupported": False,
        "EncryptionAtHostSupported": True,
    }
    told |= capabilities
    return {
        "resourceType": "virtualMachines",
        "name": name,
        "tier": "Standard",
        "size": name.partition("_")[2],
        "family": family,
        "locations": [REGION],
        "locationInfo": [{"location": REGION, "zones": ["3", "1", "2"], "zoneDetails": []}],
        "capabilities": [{"name": each, "value": str(value)} for each, value in told.items()],
        "restrictions": [],
    }


def restriction(kind: str, *restricted: str) -> Json:
    """What keeps a size from a subscription: in the whole region, or in zones of it."""
    info: Json = {"locations": [REGION]} | ({"zones": list(restricted)} if restricted else {})
    return {
        "type": kind,
        "values": [REGION],
        "restrictionInfo": info,
        "reasonCode": "NotAvailableForSubscription",
    }


def _sizes() -> dict[str, Json]:
    of_its_own = {
        "MaxResourceVolumeMB": 153600,
        "CachedDiskBytes": 107374182400,
        "EphemeralOSDiskSupported": True,
    }
    found = (
        size("Standard_D4s_v5", "standardDSv5Family", 4),
        size("Standard_D8s_v5", "standardDSv5Family", 8),
        size("Standard_D4ds_v5", "standardDDSv5Family", 4, **of_its_own),
    )
    return {each["name"]: each for each in found}


def _versions() -> list[Json]:
    return [
        {
            "version": each,
            "isPreview": None,
            "capabilities": {"supportPlan": ["KubernetesOfficial", "AKSLongTermSupport"]},
            "patchVersions": {patch: {"upgrades": []}},
        }
        | ({"isDefault": True} if each == versions.DEFAULT else {})
        for each, patch in versions.PATCHES.items()
    ]


@dataclass
class Subscription:
    """The answers; by default everything is there, and whoever asks may do everything.

    Args:
        state: of the subscription.
        providers: states of resource providers that are not Registered.
        features: states of features, by provider and name in small letters.
        sizes: what there is to have, by name.
        limits: of the quota, by the name of the family; 350 where it is not here.
        used: vCPUs that others use, likewise; those of the clusters here come on top.
        versions: what AKS offers.
        permissions: what whoever asks may do, by the id of the place; of the nearest above it.
        names: of vaults and storage accounts that somebody else has, in small letters.
        plans: of Defender, that are paid for.
    """

    state: str = "Enabled"
    providers: dict[str, str] = field(default_factory=dict)
    features: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, Json] = field(default_factory=_sizes)
    limits: dict[str, int] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    versions: list[Json] = field(default_factory=_versions)
    permissions: dict[str, list[Json]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    plans: set[str] = field(default_factory=set)

    def answer(self, store: Store, request: Request, arm_id: ArmId) -> Answer | None:
        """What is answered, or None where something else is asked."""
        told: Json | None = None
        match arm_id.key.split("/")[3:]:
            case [*_, "providers", "microsoft.authorization", "permissions"]:
                told = {"value": self._granted(store, arm_id)}
            case []:
                told = {"id": arm_id.path, "state": self.state}
            case ["providers", namespace]:
                told = self._provider(arm_id, namespace)
            case ["providers", "microsoft.features", "providers", provider, "features", name]:
                state = self.features.get(f"{provider}/{name}", "NotRegistered")
                told = {"id": arm_id.path, "properties": {"state": state}}
            case ["providers", "microsoft.compute", "skus"]:
                assert request.query["$filter"] == f"location eq '{REGION}'"
                told = {"value": list(self.sizes.values())}
            case ["providers", "microsoft.compute", "locations", _, "usages"]:
                told = {"value": self._usages(store)}
            case ["providers", "microsoft.containerservice", "locations", _, "kubernetesversions"]:
                told = {"values": self.versions}
            case ["providers", "microsoft.security", "pricings", plan]:
                tier = "Standard" if plan in self.plans else "Free"
                told = {"id": arm_id.path, "properties": {"pricingTier": tier}}
            case ["providers", "microsoft.keyvault" | "microsoft.storage", "checknameavailability"]:
                told = self._availability(store, request.body)
        return None if told is None else Answer(200, told)

    def _provider(self, arm_id: ArmId, namespace: str) -> Json:
        told = zones.provider(arm_id) or {"id": arm_id.path, "namespace": arm_id.name}
        known = {each.lower(): state for each, state in self.providers.items()}
        return {
            **told,
            "registrationPolicy": "RegistrationRequired",
            "registrationState": known.get(namespace, "Registered"),
        }

    def _granted(self, store: Store, arm_id: ArmId) -> list[Json]:
        scope = ArmId(arm_id.path[: -len(PERMISSIONS)])
        if scope.key.count("/") > 2 and store.get(scope) is None:
            raise RefusalError(404, "ResourceNotFound", f"{scope.path} was not found.")
        above = [
            (len(place), roles)
            for place, roles in self.permissions.items()
            if f"{scope.key}/".startswith(f"{place.lower()}/")
        ]
        everything: list[Json] = [{"actions": ["*"], "dataActions": ["*"]}]
        return max(above, default=(0, everything), key=lambda each: each[0])[1]

    def _usages(self, store: Store) -> list[Json]:
        used = dict(self.used)
        for each in store.of_kind(POOLS):
            pool = each["properties"]
            found = self.sizes.get(pool.get("vmSize", ""))
            if found is None:
                continue
            vcpus = int(next(c["value"] for c in found["capabilities"] if c["name"] == "vCPUs"))
            is_spot = pool.get("scaleSetPriority") == "Spot"
            for name in (SPOT,) if is_spot else (ALL, found["family"]):
                used[name] = used.get(name, 0) + vcpus * pool.get("count", 0)
        families = {each["family"] for each in self.sizes.values()}
        return [
            {
                "unit": "Count",
                "currentValue": used.get(name, 0),
                "limit": self.limits.get(name, 350),
                "name": {"value": name, "localizedValue": name},
            }
            for name in (ALL, SPOT, *sorted(families))
        ]

    def _availability(self, store: Store, asked: Json) -> Json:
        name = asked["name"].lower()
        kinds: tuple[str, ...] = (vaults.KIND, vaults.DELETED)
        if asked["type"].lower() == ACCOUNTS:
            kinds = (ACCOUNTS,)
        kept = [each for kind in kinds for each in store.of_kind(kind)]
        if name not in self.names | {each["name"].lower() for each in kept}:
            return {"nameAvailable": True}
        return {
            "nameAvailable": False,
            "reason": "AlreadyExists",
            "message": f"The name '{asked['name']}' is already in use.",
        }
