"""Azure Resource Manager: what each request means, whatever the kind of the resource."""

from collections.abc import Callable
from copy import deepcopy

from tests.acceptance.azure import (
    clusters,
    credentials,
    groups,
    identities,
    locks,
    login,
    roles,
    vaults,
)
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.defaults import fill_in, leave_out
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.kinds import kind_of
from tests.acceptance.azure.messages import Answer, Json, RefusalError, Request, merged
from tests.acceptance.azure.store import Store
from tests.acceptance.azure.subscription import Subscription

SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
OPERATIONS = "/operations/"


class ResourceManager:
    """Answers requests by what is in the store.

    Everything succeeds at once. What Azure does in the background is named as an operation that is
    done already, to be asked after without a pause; azurerm would wait ten seconds otherwise.
    """

    def __init__(self, store: Store, authority: Authority) -> None:
        self._store = store
        self._authority = authority
        # Where the clusters' Kubernetes answers, by name; `*` is any other.
        self.api_servers = {"*": credentials.API_SERVER}
        self.subscription = Subscription()

    def answer(self, request: Request) -> Answer:
        """The answer to any request, refusals included."""
        try:
            return self._answer(request)
        except RefusalError as refusal:
            return refusal.answer

    def _answer(self, request: Request) -> Answer:
        beside = self._beside(request)
        if beside is not None:
            return beside
        arm_id = ArmId(request.path.rstrip("/"))
        if arm_id.subscription not in ("", SUBSCRIPTION):
            raise RefusalError(
                404,
                "SubscriptionNotFound",
                f"The subscription '{arm_id.subscription}' could not be found.",
            )
        identities.authorize(self._store, request, arm_id)
        told = self.subscription.answer(self._store, request, arm_id)
        if told is not None:
            return told
        methods: dict[str, Callable[[Request, ArmId], Answer]] = {
            "GET": self._get,
            "PUT": self._put,
            "PATCH": self._patch,
            "DELETE": self._delete,
            "POST": self._post,
        }
        return methods[request.method](request, arm_id)

    def _beside(self, request: Request) -> Answer | None:
        """The answer of the services beside Resource Manager, where one is asked."""
        path = request.path.lower()
        if path == "/metadata/endpoints":
            return login.endpoints(request)
        if "/oauth2/" in path:
            return login.token(request)
        if path == login.MANAGED_IDENTITY:
            return login.token(request, identities.principal(self._store))
        if path.startswith(vaults.INSIDE):
            return vaults.inside()
        if path.startswith(OPERATIONS):
            return Answer(200, {"status": "Succeeded"}, {"Retry-After": "0"})
        return None

    def _get(self, request: Request, arm_id: ArmId) -> Answer:
        if arm_id.kind == clusters.VERSIONS:
            cluster = self._shown(ArmId(arm_id.path.rpartition("/")[0]))
            return Answer(200, clusters.pool_versions(cluster)) if cluster else _found(None, arm_id)
        if arm_id.is_collection:
            return Answer(200, {"value": self._listed(request, arm_id)})
        if arm_id.kind == roles.DEFINITIONS:
            return _found(roles.definition(arm_id), arm_id)
        return _found(self._shown(arm_id, request), arm_id)

    def _listed(self, request: Request, arm_id: ArmId) -> list[Json]:
        if arm_id.kind == roles.DEFINITIONS:
            return roles.definitions(arm_id, request.query.get("$filter", ""))
        if groups.is_list(arm_id):
            return groups.resources(self._store, arm_id, request.query.get("$filter", ""))
        return self._list(arm_id)

    def _list(self, arm_id: ArmId) -> list[Json]:
        # The kind of a list's path ends in the type without a name.
        owner = ArmId(arm_id.path.rpartition("/")[0])
        ids = [ArmId(each["id"]) for each in self._store.inside(owner, arm_id.kind)]
        return [shown for each in ids if (shown := self._shown(each))]

    def _put(self, request: Request, arm_id: ArmId) -> Answer:
        for owner in (arm_id.group, arm_id.parent):
            if owner is not None and self._store.get(owner) is None:
                raise RefusalError(
                    404, "ResourceGroupNotFound", f"{owner.path} could not be found."
                )
        before = self._store.get(arm_id)
        self._keep(arm_id, deepcopy(request.body), before)
        kind = kind_of(arm_id)
        return self._accepted(request, arm_id, kind.updated if before else kind.created)

    def _patch(self, request: Request, arm_id: ArmId) -> Answer:
        before = self._store.get(arm_id)
        if before is None:
            return _found(None, arm_id)
        self._keep(arm_id, merged(before, request.body), before)
        return self._accepted(request, arm_id, 200)

    def _delete(self, request: Request, arm_id: ArmId) -> Answer:
        if self._store.get(arm_id) is None:
            return Answer(204)
        kind = kind_of(arm_id)
        locks.check(self._store, arm_id)
        kind.release(self._store, arm_id)
        resource = self._shown(arm_id)
        kind.gone(self._store, arm_id)
        self._store.delete(arm_id)
        return Answer(kind.deleted, resource if kind.deleted == 200 else None)

    def _post(self, request: Request, arm_id: ArmId) -> Answer:
        owner, action = arm_id.path.rsplit("/", 1)
        resource = self._store.get(ArmId(owner))
        if resource is None:
            return _found(None, ArmId(owner))
        if action.lower() in ("listclusterusercredential", "listclusteradmincredential"):
            any_other = self.api_servers["*"]
            api_server = self.api_servers.get(ArmId(owner).name, any_other)
            return credentials.credentials(
                self._authority, api_server, resource, of_an_admin="admin" in action.lower()
            )
        raise RefusalError(400, "UnknownAction", f"The stand-in does not know {action}.")

    def _keep(self, arm_id: ArmId, resource: Json, before: Json | None) -> None:
        kept_id = before["id"] if before else arm_id.path
        resource.update(id=kept_id, name=arm_id.name, type=arm_id.kind)
        properties = resource.setdefault("properties", {})
        properties["provisioningState"] = "Succeeded"
        kind = kind_of(arm_id)
        leave_out(properties, kind.silent)
        fill_in(properties, kind.defaults)
        kind.fill(self._store, arm_id, resource, before)
        self._store.put(arm_id, resource)

    def _accepted(self, request: Request, arm_id: ArmId, status: int) -> Answer:
        headers = {}
        if kind_of(arm_id).is_asynchronous:
            headers = {
                "Azure-AsyncOperation": f"{request.base}{OPERATIONS}{arm_id.name}",
                "Retry-After": "0",
            }
        return Answer(status, self._shown(arm_id, request), headers)

    def _shown(self, arm_id: ArmId, request: Request | None = None) -> Json | None:
        resource = self._store.get(arm_id)
        if resource is not None:
            kind_of(arm_id).show(self._store, arm_id, resource)
            if request is not None and arm_id.kind == vaults.KIND:
                vaults.lead_here(resource, request.base)
        return resource


def _found(resource: Json | None, arm_id: ArmId) -> Answer:
    if resource is None:
        raise RefusalError(404, "ResourceNotFound", f"{arm_id.path} was not found.")
    return Answer(200, resource)
