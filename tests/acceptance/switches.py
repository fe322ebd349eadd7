"""The settings that change the shape of a stack, as environment variables."""

import json

from tests.acceptance import corporate
from tests.acceptance.pools import KINDS

_GROUP = "00000000-0000-0000-0000-000000000001"
SWITCHES = {
    "istio-only": {"ISTIO_AKS_STACKS": '["istio"]'},
    "aks-only": {"ISTIO_AKS_STACKS": '["aks"]'},
    "entra": {"ISTIO_AKS_CLUSTER__ADMIN_GROUP_OBJECT_IDS": f'["{_GROUP}"]'},
    "kubernetes-version": {"ISTIO_AKS_CLUSTER__KUBERNETES_VERSION": "1.35"},
    "subscription": {"ISTIO_AKS_SUBSCRIPTION_ID": "00000000-0000-0000-0000-000000000000"},
    "spellings": {
        "ISTIO_AKS_CLUSTER__REGION": "West Europe",
        "ISTIO_AKS_CLUSTER__AGENTS_SIZE": "standard_d4s_v5",
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
    "kubeconfig": {"ISTIO_AKS_CLUSTER_ACCESS": '{"method": "kubeconfig", "context": "aks"}'},
    "kubelogin": {
        "ISTIO_AKS_CLUSTER_ACCESS": '{"method": "kubelogin", "login": "workloadidentity"}',
        "ISTIO_AKS_CLUSTER__ADMIN_GROUP_OBJECT_IDS": f'["{_GROUP}"]',
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
        "ISTIO_AKS_FRONT_DOOR__PRIVATE_ENDPOINT_REGION": "northeurope",
    },
    "pools-of-every-kind": {"ISTIO_AKS_NODE_POOLS": json.dumps(KINDS)},
    "no-pool-for-the-gateway": {
        "ISTIO_AKS_NODE_POOLS__INGRESS__ENABLED": "false",
        "ISTIO_AKS_GATEWAY__NODE_POOL": "user",
        "ISTIO_AKS_ISTIO__NODE_POOL": "user",
    },
    "namespaces": {
        "ISTIO_AKS_NAMESPACES": '{"shop": {}, "bank": {"existing": true}}',
        "ISTIO_AKS_NAMESPACES__DEFAULT__ENABLED": "false",
        "ISTIO_AKS_SAMPLE__ENABLED": "false",
    },
    "existing": corporate.settings(),
    "existing-network": corporate.settings(
        resource_group=None, node_subnet=None, private_link_subnet=None
    ),
    "tags-and-protection": {
        "ISTIO_AKS_TAGS": '{"Team": "mesh"}',
        "ISTIO_AKS_PROTECT": "true",
    },
    "source-addresses": {
        "ISTIO_AKS_PRIVATE_LINK_SERVICE": '{"nat_ip_addresses": ["10.52.192.10", "10.52.192.11"],'
        ' "nat_ip_count": 4, "visibility": ["*"], "auto_approval": ["*"]}'
    },
    "dynamic-address": {
        "ISTIO_AKS_LOAD_BALANCER": '{"private_ip_address": "dynamic", "idle_timeout_minutes": 60}',
        "ISTIO_AKS_FRONT_DOOR__ORIGIN_HOST_NAME": "mesh.example.com",
        "ISTIO_AKS_GATEWAY__IDLE_TIMEOUT_MINUTES": "50",
    },
    "firewall": {
        "ISTIO_AKS_WAF": '{"mode": "Prevention", "scrub": [{"match_variable": "RequestUri"}],'
        ' "rate_limits": {"login": {"path": "/login", "requests": 100}}}',
    },
    "logs-and-alerts": {
        "ISTIO_AKS_LOGS": '{"workspace": "make", "retention_in_days": 90, "scrub": ["RequestUri"]}',
        "ISTIO_AKS_ALERTS": '{"emails": ["operations@contoso.com"]}',
        "ISTIO_AKS_WAF__MODE": "Prevention",
    },
    "watched-cluster": {
        "ISTIO_AKS_WATCH": '{"workspace": "make", "container_insights": {"preset": "standard"},'
        ' "managed_prometheus": true, "control_plane_logs": ["guard"],'
        ' "alerts": {"emails": ["a@contoso.com"]}}',
        "ISTIO_AKS_MONITORING__ENABLED": "false",
    },
    "front-door-health": {
        "ISTIO_AKS_FRONT_DOOR__SESSION_AFFINITY": "false",
        "ISTIO_AKS_FRONT_DOOR__RESPONSE_TIMEOUT_SECONDS": "60",
        "ISTIO_AKS_FRONT_DOOR__REQUEST_MESSAGE": "The mesh",
        "ISTIO_AKS_FRONT_DOOR__LOAD_BALANCING": '{"sample_size": 6}',
        "ISTIO_AKS_GATEWAY__TRUST_FRONT_DOOR": "false",
    },
}
