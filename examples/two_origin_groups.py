"""Two origin groups behind one Front Door profile, each with its own probe and route."""

from app.lazy_bindings import load_only_what_is_used
from app.preflight import quieten

quieten()
load_only_what_is_used()

from cdktf import App, LocalBackend, TerraformStack
from cdktf_cdktf_provider_azurerm.provider import (
    AzurermProvider,
    AzurermProviderFeatures,
)
from cdktf_cdktf_provider_azurerm.resource_group import ResourceGroup

from constructs.front_door.origin import PrivateLinkOrigin
from constructs.front_door.origin_group import FrontDoorOriginGroup
from constructs.front_door.profile import FrontDoorEndpoint, FrontDoorProfile
from constructs.front_door.route import FrontDoorRoute
from settings.front_door import Probe

# The group in which AKS keeps the Private Link Services of the gateways.
SERVICES = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups"
    "/MC_istio-aks_istio-aks_westeurope/providers/Microsoft.Network/privateLinkServices"
)

app = App()
stack = TerraformStack(app, "two-origin-groups")
LocalBackend(stack, path="../../../terraform.two-origin-groups.tfstate")
AzurermProvider(stack, "azurerm", features=[AzurermProviderFeatures()])
group = ResourceGroup(stack, "edge", name="edge", location="westeurope")
profile = FrontDoorProfile(stack, "profile", name="edge", resource_group_name=group.name)
endpoint = FrontDoorEndpoint(stack, "endpoint", name="contoso-edge", profile_id=profile.id)
for name, pattern, probe in (
    ("public", "/*", Probe()),
    ("partners", "/partners/*", Probe(path="/partners/probe", interval_in_seconds=30)),
):
    origins = FrontDoorOriginGroup(
        stack, f"{name}-origins", name=name, profile_id=profile.id, probe=probe
    )
    gateway = PrivateLinkOrigin(
        stack,
        f"{name}-gateway",
        name=name,
        origin_group=origins,
        host_name=f"{name}.contoso.com",
        private_link_service_id=f"{SERVICES}/{name}",
        location=group.location,
    )
    FrontDoorRoute(
        stack,
        f"{name}-route",
        name=name,
        endpoint=endpoint,
        origin_group=origins,
        origins=[gateway],
        patterns=[pattern],
    )
app.synth()
