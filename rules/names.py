"""Names as azurerm 4.55.0 and Azure accept them.

Most of these names are checked by the provider as well, but only at plan, one at a time; and Azure
itself checks the rest at apply, when half of the resources exist.
"""

import re

from rules import RuleError, rule, text_rule

# azure-aks-docs: AKS refuses a node resource group with a longer name.
LONGEST_NODE_RESOURCE_GROUP = 80


# go-azure-helpers, resourcemanager/resourcegroups/validate.go
resource_group = text_rule(
    r"(?!.*\.$)[-\w.()]{1,90}",
    "1 to 90 letters, digits and - _ . ( ), not ending with a dot",
    "istio-aks",
)
# azure-aks-docs, troubleshooting: AKS refuses longer ones.
node_group = text_rule(
    rf"(?!.*\.$)[-\w.()]{{1,{LONGEST_NODE_RESOURCE_GROUP}}}",
    f"1 to {LONGEST_NODE_RESOURCE_GROUP} letters, digits and - _ . ( ), not ending with a dot",
    "istio-aks-nodes",
)
# Microsoft.Network naming rules; the provider only asks that it is not empty.
virtual_network = text_rule(
    r"[a-zA-Z\d][-\w.]{0,62}[a-zA-Z\d_]",
    "2 to 64 letters, digits and - _ ., starting with a letter or digit, not ending with - or .",
    "istio-aks",
)
# Microsoft.ContainerService naming rules; the provider only asks that it is not empty.
cluster = text_rule(
    r"[a-zA-Z\d]([-\w]{0,61}[a-zA-Z\d])?",
    "1 to 63 letters, digits, - and _, starting and ending with a letter or digit",
    "istio-aks",
)
# containers/validate/kubernetes.go:42-63
dns_prefix = text_rule(
    r"[a-zA-Z\d][-a-zA-Z\d]{0,52}[a-zA-Z\d]",
    "2 to 54 letters, digits and hyphens, starting and ending with a letter or digit",
    "istio",
)
# containers/validate/kubernetes.go:34
node_pool = text_rule(
    r"[a-z][a-z\d]{0,11}",
    "1 to 12 lower-case letters and digits, starting with a letter",
    "ingress",
)
# cdn/validate/front_door_{name,origin_group_name,origin_name,route_name}.go share one pattern.
front_door = text_rule(
    r"[\da-zA-Z][-\da-zA-Z]{0,88}[\da-zA-Z]",
    "2 to 90 letters, digits and hyphens, starting and ending with a letter or digit",
    "MyFrontDoor",
)
# cdn/validate/front_door_endpoint_name.go
front_door_endpoint = text_rule(
    r"[\da-zA-Z][-\da-zA-Z]{0,44}[\da-zA-Z]",
    "2 to 46 letters, digits and hyphens, starting and ending with a letter or digit",
    "afd-istio-aks",
)
# network/validate/private_link_name.go
private_link_service = text_rule(
    r"[a-zA-Z\d][-\w.]{0,78}[a-zA-Z\d_]",
    "2 to 80 letters, digits and - _ ., starting with a letter or digit, not ending with - or .",
    "istio-ingress",
)
# Names a Kubernetes object may have as a label (RFC 1123).
kubernetes = text_rule(
    r"[a-z\d]([-a-z\d]{0,61}[a-z\d])?",
    "1 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit",
    "istio-ingress",
)
# The release that has the names for control planes.
REVISION_TAGS = "revision-tags"
# A key of a Secret (Kubernetes, IsConfigMapKey).
secret_key = text_rule(
    r"(?!\.\.)(?!\.$)[-._a-zA-Z\d]{1,253}", "1 to 253 letters, digits and - _ .", "url"
)
# What the stack istio calls its namespaces, and what runs in them.
MESH_NAMESPACE = "istio-system"
INGRESS = "istio-ingress"
MONITORING = "prometheus"
CERT_MANAGER = "cert-manager"
# The Secret with the certificate that the gateway shows Front Door, and the releases that make it:
# by cert-manager, called like it, or from a key vault.
ORIGIN_CERTIFICATE = "origin-certificate"
MOUNTED_CERTIFICATE = "mounted-certificate"
SAMPLE = "echoserver"

# Namespaces of Kubernetes, of AKS and of this project, in which no application belongs; AKS keeps
# admission webhooks such as Istio's out of its own.
RESERVED_NAMESPACES = (
    CERT_MANAGER,
    "gatekeeper-system",
    INGRESS,
    MESH_NAMESPACE,
    "kube-node-lease",
    "kube-public",
    "kube-system",
    MONITORING,
)

# Where the sample application runs, as in the original.
SAMPLE_NAMESPACE = "default"


@rule("a Kubernetes name, none of " + ", ".join(RESERVED_NAMESPACES), **kubernetes.schema)
def application_namespace(value: str) -> str:
    """A rule for a namespace of applications."""
    kubernetes(value)
    if value in RESERVED_NAMESPACES:
        raise RuleError(
            "a namespace of applications, none of " + ", ".join(RESERVED_NAMESPACES),
            "put applications into a namespace of their own",
        )
    return value


# storage/validate/storage_account_name.go
storage_account = text_rule(
    r"[a-z\d]{3,24}", "3 to 24 lower-case letters and digits", "tfstateistioaks"
)
# storage/validate/storage_container.go
storage_container = text_rule(
    r"(?!.*--)[a-z\d][-a-z\d]{1,61}[a-z\d]",
    "3 to 63 lower-case letters, digits and single hyphens, starting and ending with a letter"
    " or digit",
    "tfstate",
)
LONGEST_HOST = 253
# RFC 1123, as Front Door takes the host name of an origin: an IPv4 address passes as well.
_host = text_rule(
    r"(?=.{1,253}$)[a-zA-Z\d]([-a-zA-Z\d]{0,61}[a-zA-Z\d])?"
    r"(\.[a-zA-Z\d]([-a-zA-Z\d]{0,61}[a-zA-Z\d])?)+",
    "a host name of two or more labels, letters, digits and hyphens, joined with dots",
    "www.contoso.com",
)


@rule(_host.allowed, **_host.schema)
def host(value: str) -> str:
    """A rule for a host name or an IPv4 address; returns it in lower case.

    Hosts have no capitals: istiod compares them letter by letter.
    """
    return _host(value).lower()


storage_key = text_rule(
    r"[\w.][-\w./]{0,199}", "1 to 200 letters, digits and - _ . /", "aks.tfstate"
)
# An image by tag or digest: without either, another one would run tomorrow.
image = text_rule(
    r"[a-z\d]([\w.:-]*[a-z\d])?(/[a-z\d][\w.-]*)+"
    r"(:\w[\w.-]{0,127}|(:\w[\w.-]{0,127})?@sha256:[a-f\d]{64})",
    "an image of a registry, with a tag or a digest",
    "registry.k8s.io/e2e-test-images/agnhost:2.53",
)
subscription = text_rule(
    r"\*|[\da-fA-F]{8}(-[\da-fA-F]{4}){3}-[\da-fA-F]{12}", 'a subscription id, or "*" for all', "*"
)
uuid = text_rule(
    r"[\da-fA-F]{8}(-[\da-fA-F]{4}){3}-[\da-fA-F]{12}",
    "a UUID",
    "00000000-0000-0000-0000-000000000000",
)
# What names an environment names stacks, folders, state files and keys.
environment = text_rule(
    r"[a-z\d]([-a-z\d]{0,18}[a-z\d])?",
    "1 to 20 lower-case letters, digits and hyphens, starting and ending with a letter or digit",
    "prod",
)


# Azure's rule, and that of Front Door, which takes neither # nor : (azure-docs,
# azure-resource-manager, tag-resources.md, limitations).
_TAG_NAME = r"[^<>%&\\?/#:]{1,512}"
_RESERVED_TAGS = ("azure", "microsoft", "windows")
MOST_TAGS = 50
# What Azure Content Delivery Network takes, of which Front Door is part.
MOST_TAGS_OF_FRONT_DOOR = 15


@rule(
    "up to 512 characters without `<>%&\\?/#:`, not beginning with azure, microsoft or windows",
    _TAG_NAME,
)
def tag_name(value: str) -> str:
    """A rule for the name of a tag."""
    if not re.fullmatch(_TAG_NAME, value) or value.lower().startswith(_RESERVED_TAGS):
        raise RuleError(
            "1 to 512 characters without < > % & \\ ? / # :, not beginning with azure, microsoft or"
            " windows, which Azure keeps for itself",
            'write it as "owner"',
        )
    return value


@rule("up to 256 characters", maxLength=256)
def tag_value(value: str) -> str:
    """A rule for the value of a tag."""
    if len(value) > 256:
        raise RuleError("up to 256 characters", "shorten the value")
    return value


def node_resource_group(resource_group_name: str, cluster_name: str, location: str) -> str:
    """The name AKS gives the group of the nodes, the load balancer and the Private Link Service."""
    return f"MC_{resource_group_name}_{cluster_name}_{location}"
