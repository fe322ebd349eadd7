"""The certificate that the gateway shows Front Door: two ways to get it into a Secret."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cdktf import ITerraformDependable
from constructs import Construct

from constructs.cluster.workload_identity import WorkloadIdentity
from constructs.guard import guard
from constructs.own_chart import own_chart_release
from rules import domains, names
from settings.tls import CertManager, MountedCertificate

CHART = Path(__file__).parent / "origin-certificate"


class _Certificate(Construct):
    """A release of our own chart, whose objects make the Secret `origin-certificate`.

    Each of the two ways has a release of its own name. Helm cannot turn one into the other: where
    the kinds of the one are gone, it can read its release no more.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        namespace: str,
        values: Mapping[str, Any],
        depends_on: Sequence[ITerraformDependable],
    ) -> None:
        super().__init__(scope, id_)
        self.release = own_chart_release(
            self,
            CHART,
            name=name,
            namespace=namespace,
            values=values,
            depends_on=depends_on,
        )


class IssuedCertificate(_Certificate):
    """A certificate that cert-manager gets from a public authority, and renews.

    A ClusterIssuer that shows by a record in Azure DNS whose the name is, and a Certificate in the
    gateway's namespace: RSA, which Front Door asks for, with a new key at each renewal. The key is
    made in the cluster and stays there.

    Exposes `release`. The Secret `origin-certificate` is there some minutes after it.

    Args:
        namespace: the gateway's.
        host_name: the name in the certificate.
        options: issuer and zone; the table `gateway.tls.cert_manager`.
        identity: cert-manager's, with the role DNS Zone Contributor on the zone.
        cert_manager: its release.

    Raises:
        ValueError: for a host name that is none.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        namespace: str,
        host_name: str,
        options: CertManager,
        identity: WorkloadIdentity,
        cert_manager: ITerraformDependable,
    ) -> None:
        super().__init__(
            scope,
            id_,
            name=names.ORIGIN_CERTIFICATE,
            namespace=namespace,
            values={
                "issued": {
                    "hostName": guard(f"{id_} host_name", host_name, names.host),
                    "server": options.server,
                    **({"email": options.email} if options.email else {}),
                    "zone": {
                        "name": domains.zone_name(options.dns_zone),
                        "resourceGroup": domains.zone_group(options.dns_zone),
                        "subscription": domains.zone_subscription(options.dns_zone),
                    },
                    "clientId": identity.client_id,
                }
            },
            depends_on=[cert_manager, *identity.ready],
        )


class VaultCertificate(_Certificate):
    """A certificate of a key vault, which AKS's provider for Key Vault mounts into pods.

    Where a pod has it mounted, the Secret `origin-certificate` is made of it and follows it, for as
    long as one has. Nothing of it comes into Terraform's state or into Helm's.

    Exposes `release`, before which no pod can mount it, and `volume`, for the gateway's pods.

    Args:
        namespace: the gateway's.
        options: vault and certificate; the table `gateway.tls.key_vault`.
        identity: that of the gateway's service account, with the role Key Vault Secrets User.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        namespace: str,
        options: MountedCertificate,
        identity: WorkloadIdentity,
    ) -> None:
        super().__init__(
            scope,
            id_,
            name=names.MOUNTED_CERTIFICATE,
            namespace=namespace,
            values={
                "mounted": {
                    "vault": options.vault.rpartition("/")[2],
                    "certificate": options.name,
                    "tenant": identity.tenant_id,
                    "clientId": identity.client_id,
                }
            },
            depends_on=identity.ready,
        )
        self.volume: Mapping[str, Any] = {
            "name": CHART.name,
            "csi": {
                "driver": "secrets-store.csi.k8s.io",
                "readOnly": True,
                "volumeAttributes": {"secretProviderClass": CHART.name},
            },
        }
