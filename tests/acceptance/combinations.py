"""Switches of the cluster in combinations: what can be chosen, and how one is drawn.

Of each group one or none is taken; what Azure excludes beside that, the settings refuse, and such a
combination is drawn anew.
"""

import random
from collections.abc import Callable, Mapping
from typing import Any

from settings.merging import merged
from tests.acceptance.azure.resource_manager import SUBSCRIPTION

_GROUPS = f"/subscriptions/{SUBSCRIPTION}/resourceGroups"
HUB_GROUP, KEYS = f"{_GROUPS}/hub", f"{_GROUPS}/keys"
HUB = f"{HUB_GROUP}/providers/Microsoft.Network/virtualNetworks/hub"
ZONE = f"{HUB_GROUP}/providers/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io"
ENCRYPTION = f"{KEYS}/providers/Microsoft.Compute/diskEncryptionSets/disks"
REGISTRY = f"{KEYS}/providers/Microsoft.ContainerRegistry/registries/contoso"
# What others have made.
FOUND = (HUB_GROUP, HUB, ZONE, KEYS, ENCRYPTION, REGISTRY)
GROUP = "11111111-2222-3333-4444-555555555555"

Settings = dict[str, Any]
Chosen = Mapping[str, str]
GROUPS: Mapping[str, Mapping[str, Settings]] = {
    "pods": {
        "overlay": {"network": {"mode": "overlay"}},
        "cilium": {"network": {"mode": "overlay", "data_plane": "cilium"}},
        "cilium-on-the-subnet": {"network": {"data_plane": "cilium"}},
    },
    "outbound": {
        "nat-gateway": {"network": {"outbound": "nat-gateway"}},
        "firewall": {"network": {"outbound": "firewall", "firewall_address": "10.100.0.4"}},
    },
    "api-server": {
        "ranges": {"api_server": {"authorized_ranges": ["198.51.100.0/28"]}},
        "private": {"api_server": {"private": True}},
        "private-with-a-zone": {"api_server": {"private": True, "private_dns_zone": ZONE}},
        "private-without-a-zone": {"api_server": {"private": True, "private_dns_zone": "None"}},
    },
    "place-of-the-api-server": {"integrated": {"api_server": {"integrated": True}}},
    "subnets": {
        "guarded": {"network": {"security_groups": True}},
        "private": {"network": {"security_groups": True, "private_subnets": True}},
    },
    "hub": {"hub": {"network": {"hub": HUB}}},
    "identity": {
        "own": {"cluster": {"user_assigned_identity": True}},
        "nodes-too": {"cluster": {"user_assigned_identity": True, "kubelet_identity": True}},
    },
    "disks": {"own-key": {"cluster": {"disk_encryption_set": ENCRYPTION}}},
    "registry": {"registry": {"cluster": {"registry": REGISTRY}}},
    "access": {
        "roles": {"access": {"azure_rbac": True, "admins": [GROUP]}},
        "no-local-accounts": {
            "access": {"azure_rbac": True, "admins": [GROUP], "local_accounts": False}
        },
    },
    "tier": {
        "free": {"cluster": {"tier": "Free"}},
        "long": {
            "cluster": {"tier": "Premium", "long_term_support": True},
            "upgrades": {"kubernetes": "patch"},
        },
    },
    "upgrades": {
        "patch": {"upgrades": {"kubernetes": "patch", "window": {"day": "Monday"}}},
        "image": {"upgrades": {"kubernetes": "node-image"}},
    },
    "pools": {
        "apart": {"node_pools": {"system": {"critical_addons_only": True}}},
        "spot": {"node_pools": {"batch": {"spot": True, "min_count": 0}}},
        "surge": {"node_pools": {"user": {"surge": "33%", "soak_minutes": 5}}},
    },
    "watch": {
        "logs": {"watch": {"workspace": "make", "control_plane_logs": ["guard"]}},
        "insights": {"watch": {"workspace": "make", "container_insights": {"preset": "standard"}}},
        "prometheus": {"watch": {"managed_prometheus": True}, "monitoring": {"enabled": False}},
    },
    "guard": {
        "policy-add-on": {"guard": {"azure_policy": True}},
        "image-cleaner": {"guard": {"image_cleaner_hours": 24}},
    },
    "nodes-group": {"named": {"names": {"node_resource_group": "istio-aks-nodes"}}},
}


def settings_of(chosen: Chosen) -> Settings:
    """The settings of what was chosen of each group."""
    found: Settings = {}
    for group, option in chosen.items():
        found = merged(found, GROUPS[group][option])
    return found


def drawn(seed: int, is_accepted: Callable[[Chosen], bool]) -> Chosen:
    """A combination by chance, of which each seed gives one, again and again."""
    chance = random.Random(seed)
    while True:
        chosen = {
            group: option
            for group, options in GROUPS.items()
            if (option := chance.choice([None, *options])) is not None
        }
        if is_accepted(chosen):
            return chosen
