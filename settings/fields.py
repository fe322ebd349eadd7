"""The types of single settings: a Python type and the rule its values must follow."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from rules import (
    RuleError,
    front_door,
    names,
    networks,
    regions,
    repositories,
    routes,
    versions,
    vm_sizes,
    whole_number,
)

# Python refuses to read a text of thousands of digits; no number here has more than these.
LONGEST_NUMBER = 18


def _no_interpolation(value: object) -> object:
    if isinstance(value, str) and ("${" in value or "%{" in value):
        raise RuleError(
            'text without "${" and "%{", which Terraform would evaluate', "write the value itself"
        )
    if isinstance(value, str) and "TfToken[" in value:
        # How cdktf writes down what only Terraform will know.
        raise RuleError('text without "TfToken[", which cdktf reads as its own', "write another")
    if isinstance(value, str) and not value.isprintable():
        raise RuleError("text without control characters", "write it on one line")
    return value


def _number(rule: Callable[[int], int]) -> BeforeValidator:
    """The rule, before pydantic takes true for 1; the environment's text is read as a number."""

    def check(value: Any) -> int:
        is_digits = isinstance(value, str) and value.isascii() and value.isdigit()
        return rule(int(value) if is_digits and len(value) <= LONGEST_NUMBER else value)

    return BeforeValidator(check)


class Table(BaseModel):
    """A table of the settings file: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Text = Annotated[str, BeforeValidator(_no_interpolation)]

ResourceGroupName = Annotated[Text, AfterValidator(names.resource_group)]
VirtualNetworkName = Annotated[Text, AfterValidator(names.virtual_network)]
ClusterName = Annotated[Text, AfterValidator(names.cluster)]
DnsPrefix = Annotated[Text, AfterValidator(names.dns_prefix)]
FrontDoorName = Annotated[Text, AfterValidator(names.front_door)]
EndpointName = Annotated[Text, AfterValidator(names.front_door_endpoint)]
PrivateLinkServiceName = Annotated[Text, AfterValidator(names.private_link_service)]
KubernetesName = Annotated[Text, AfterValidator(names.kubernetes)]
NamespaceName = Annotated[Text, AfterValidator(names.application_namespace)]
RouteHost = Annotated[Text, AfterValidator(routes.host)]
RoutePrefix = Annotated[Text, AfterValidator(routes.prefix)]
Image = Annotated[Text, AfterValidator(names.image)]
Subscription = Annotated[Text, AfterValidator(names.subscription)]
Host = Annotated[Text, AfterValidator(names.host)]
EnvironmentName = Annotated[Text, AfterValidator(names.environment)]
Uuid = Annotated[Text, AfterValidator(names.uuid)]
Region = Annotated[Text, AfterValidator(regions.region)]
PrivateLinkRegion = Annotated[Text, AfterValidator(front_door.private_link_region)]
SystemVmSize = Annotated[Text, AfterValidator(vm_sizes.system_vm_size)]
StorageAccountName = Annotated[Text, AfterValidator(names.storage_account)]
StorageContainerName = Annotated[Text, AfterValidator(names.storage_container)]
StorageKey = Annotated[Text, AfterValidator(names.storage_key)]

AddressRange = Annotated[Text, AfterValidator(networks.network)]
ServiceRange = Annotated[Text, AfterValidator(networks.services)]
SubnetRange = Annotated[Text, AfterValidator(networks.subnet)]
Address = Annotated[Text, AfterValidator(networks.address)]

KubernetesVersion = Annotated[Text, AfterValidator(versions.kubernetes)]
Release = Annotated[Text, AfterValidator(versions.release)]
IstioRelease = Annotated[Text, AfterValidator(versions.istio)]
ChartRepository = Annotated[Text, AfterValidator(repositories.chart_repository)]

ProbeInterval = Annotated[int, _number(front_door.probe_interval)]
ProbePath = Annotated[Text, AfterValidator(front_door.probe_path)]
RequestMessage = Annotated[Text, AfterValidator(front_door.request_message)]
# kubernetes_nodepool.go:33-286; only user pools may scale to nothing.
SystemNodes = Annotated[int, _number(whole_number(1, 1000, "nodes"))]
Replicas = Annotated[int, _number(whole_number(1, 100, "pods"))]
Port = Annotated[int, _number(whole_number(1, 65535))]
UserNodes = Annotated[int, _number(whole_number(0, 1000, "nodes"))]
