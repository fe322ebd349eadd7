"""The certificate for HTTPS between Front Door and the gateway."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_azurerm.data_azurerm_kubernetes_cluster import (
    DataAzurermKubernetesCluster,
)

from constructs.cluster.workload_identity import Role, WorkloadIdentity
from constructs.ingress.origin_certificate import IssuedCertificate, VaultCertificate
from constructs.mesh.cert_manager import SERVICE_ACCOUNT, CertManager
from constructs.mesh.namespace import Namespace
from rules import names
from settings import tls
from stacks.base import EnvironmentStack
from stacks.charts import chart_source
from stacks.own_namespaces import labels_of


@dataclass(frozen=True)
class OriginCertificate:
    """What the gateway needs of it.

    Args:
        before_pods: what must exist before the gateway's pods.
        before_listening: what must exist before the gateway listens with it.
        volumes: what the pods mount.
    """

    before_pods: Sequence[ITerraformDependable] = ()
    before_listening: Sequence[ITerraformDependable] = ()
    volumes: Sequence[Mapping[str, Any]] = ()


def add_origin_certificate(
    stack: EnvironmentStack, cluster: DataAzurermKubernetesCluster, namespace: str
) -> OriginCertificate:
    """What gets the certificate into the gateway's namespace; nothing without `gateway.tls`."""
    options = stack.settings.gateway.tls
    if options and options.cert_manager:
        return _issued(stack, cluster, namespace, options.host_name, options.cert_manager)
    if options and options.key_vault:
        return _mounted(stack, cluster, namespace, options.key_vault)
    return OriginCertificate()


def _issued(
    stack: EnvironmentStack,
    cluster: DataAzurermKubernetesCluster,
    namespace: str,
    host_name: str,
    options: tls.CertManager,
) -> OriginCertificate:
    own_namespace = Namespace(
        stack,
        f"{names.CERT_MANAGER}-namespace",
        name=names.CERT_MANAGER,
        labels=labels_of(stack.settings, names.CERT_MANAGER),
    )
    identity = _identity(
        stack,
        cluster,
        names.CERT_MANAGER,
        names.CERT_MANAGER,
        SERVICE_ACCOUNT,
        Role("DNS Zone Contributor", options.dns_zone),
    )
    cert_manager = CertManager(
        stack,
        names.CERT_MANAGER,
        namespace=own_namespace.name,
        charts=chart_source(options),
        registry=stack.settings.images.registry,
        user_values=options.values,
    )
    certificate = IssuedCertificate(
        stack,
        names.ORIGIN_CERTIFICATE,
        namespace=namespace,
        host_name=host_name,
        options=options,
        identity=identity,
        cert_manager=cert_manager.release,
    )
    return OriginCertificate(before_listening=[certificate.release])


def _mounted(
    stack: EnvironmentStack,
    cluster: DataAzurermKubernetesCluster,
    namespace: str,
    options: tls.MountedCertificate,
) -> OriginCertificate:
    certificate = VaultCertificate(
        stack,
        names.MOUNTED_CERTIFICATE,
        namespace=namespace,
        options=options,
        # The chart calls the service account like the release.
        identity=_identity(
            stack,
            cluster,
            names.INGRESS,
            names.INGRESS,
            names.INGRESS,
            Role("Key Vault Secrets User", options.vault),
        ),
    )
    return OriginCertificate(before_pods=[certificate.release], volumes=[certificate.volume])


def _identity(
    stack: EnvironmentStack,
    cluster: DataAzurermKubernetesCluster,
    name: str,
    namespace: str,
    service_account: str,
    role: Role,
) -> WorkloadIdentity:
    return WorkloadIdentity(
        stack,
        f"{name}-identity",
        name=f"{stack.settings.names.cluster}-{name}",
        resource_group_name=cluster.resource_group_name,
        location=cluster.location,
        issuer_url=cluster.oidc_issuer_url,
        namespace=namespace,
        service_account=service_account,
        roles=[role],
    )
