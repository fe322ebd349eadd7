"""What Prometheus keeps and where it sends it, as values of the chart kube-prometheus-stack."""

from typing import Any

from settings.monitoring import Monitoring, RemoteWrite

# What Entra's webhook looks for on a pod and a service account (azure-workload-identity).
_USE = "azure.workload.identity/use"
_CLIENT = "azure.workload.identity/client-id"


def prometheus_storage(options: Monitoring) -> dict[str, Any]:
    """Retention, a disk and remote write, each where the table says so.

    Args:
        options: the table `monitoring`.
    """
    specification: dict[str, Any] = {}
    if options.retention_days is not None:
        specification["retention"] = f"{options.retention_days}d"
    if options.storage_gib is not None:
        claim: dict[str, Any] = {
            "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": f"{options.storage_gib}Gi"}},
        }
        if options.storage_class is not None:
            claim["storageClassName"] = options.storage_class
        specification["storageSpec"] = {"volumeClaimTemplate": {"spec": claim}}
        # A full disk stops Prometheus: it forgets the oldest before.
        specification["retentionSize"] = f"{options.storage_gib * 1024 * 85 // 100}MB"
    if options.remote_write is None:
        return {"prometheus": {"prometheusSpec": specification}} if specification else {}
    specification |= _remote_write(options.remote_write)
    account = {"annotations": {_CLIENT: options.remote_write.client_id}}
    return {"prometheus": {"prometheusSpec": specification, "serviceAccount": account}}


def _remote_write(options: RemoteWrite) -> dict[str, Any]:
    # The operator's azureAd, workloadIdentity: Prometheus reads the token that the webhook mounts.
    identity = {"clientId": options.client_id, "tenantId": options.tenant_id}
    return {
        "podMetadata": {"labels": {_USE: "true"}},
        "remoteWrite": [
            {
                "url": options.url,
                "azureAd": {"cloud": _cloud(options.url), "workloadIdentity": identity},
            }
        ],
    }


def _cloud(url: str) -> str:
    host = url.split("/")[2]
    return {"us": "AzureGovernment", "cn": "AzureChina"}.get(host.rpartition(".")[2], "AzurePublic")
