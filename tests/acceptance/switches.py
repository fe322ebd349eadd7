"""The settings that change the shape of a stack, as environment variables."""

_GROUP = "00000000-0000-0000-0000-000000000001"
SWITCHES = {
    "istio-only": {"ISTIO_AKS_STACKS": '["istio"]'},
    "aks-only": {"ISTIO_AKS_STACKS": '["aks"]'},
    "entra": {"ISTIO_AKS_VARIABLES__RBAC_AAD_ADMIN_GROUP_OBJECT_IDS": f'["{_GROUP}"]'},
    "kubernetes-version": {"ISTIO_AKS_VARIABLES__KUBERNETES_VERSION": "1.35"},
    "subscription": {"ISTIO_AKS_SUBSCRIPTION_ID": "00000000-0000-0000-0000-000000000000"},
    "spellings": {
        "ISTIO_AKS_VARIABLES__REGION": "West Europe",
        "ISTIO_AKS_VARIABLES__AGENTS_SIZE": "standard_d4s_v5",
    },
    "no-zones-no-taint": {
        "ISTIO_AKS_NODE_POOLS__SYSTEM__ZONES": "[]",
        "ISTIO_AKS_NODE_POOLS__INGRESS__DEDICATED": "false",
    },
    "zones-everywhere": {
        "ISTIO_AKS_NODE_POOLS__USER__ZONES": '["1", "2", "3"]',
        "ISTIO_AKS_NODE_POOLS__INGRESS__ZONES": '["1", "2", "3"]',
    },
    "no-monitoring": {"ISTIO_AKS_MONITORING__ENABLED": "false"},
    "kubeconfig": {"ISTIO_AKS_KUBERNETES": '{"access": "kubeconfig", "context": "aks"}'},
    "kubelogin": {
        "ISTIO_AKS_KUBERNETES": '{"access": "kubelogin", "login": "workloadidentity"}',
        "ISTIO_AKS_VARIABLES__RBAC_AAD_ADMIN_GROUP_OBJECT_IDS": f'["{_GROUP}"]',
    },
    "azure-backend": {
        "ISTIO_AKS_BACKEND": '{"type": "azurerm", "storage_account_name": "tfstates",'
        ' "container_name": "istio", "authentication": "oidc"}'
    },
    "no-sample": {"ISTIO_AKS_SAMPLE__ENABLED": "false"},
    "no-origin-lock": {"ISTIO_AKS_GATEWAY__ORIGIN_LOCK": "false"},
    "strict-mutual-tls": {"ISTIO_AKS_ISTIO__STRICT_MUTUAL_TLS": "true"},
    "manual-approval": {"ISTIO_AKS_PRIVATE_LINK_SERVICE__APPROVAL": "manual"},
    "front-door-names": {
        "ISTIO_AKS_FRONT_DOOR__ENDPOINT": "my-endpoint",
        "ISTIO_AKS_FRONT_DOOR__ORIGIN_HOST_NAME": "mesh.example.com",
        "ISTIO_AKS_FRONT_DOOR__ORIGIN_HOST_HEADER": "mesh.example.com",
        "ISTIO_AKS_FRONT_DOOR__PRIVATE_LINK_LOCATION": "northeurope",
    },
}
