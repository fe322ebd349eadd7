"""Rules that span tables, such as the Istio version against the Kubernetes version."""

from settings.cross_rules.adoption import ADOPTION_RULES
from settings.cross_rules.certificates import CERTIFICATE_RULES
from settings.cross_rules.cluster import CLUSTER_RULES
from settings.cross_rules.domains import DOMAIN_RULES
from settings.cross_rules.edge import EDGE_RULES
from settings.cross_rules.guard import GUARD_RULES
from settings.cross_rules.images import IMAGE_RULES
from settings.cross_rules.ingress import INGRESS_RULES
from settings.cross_rules.namespaces import NAMESPACE_RULES
from settings.cross_rules.network import NETWORK_RULES
from settings.cross_rules.network_guards import NETWORK_GUARD_RULES
from settings.cross_rules.node_pools import NODE_POOL_RULES
from settings.cross_rules.overrides import OVERRIDE_RULES
from settings.cross_rules.placement import PLACEMENT_RULES
from settings.cross_rules.proxies import PROXY_RULES
from settings.cross_rules.revisions import REVISION_RULES
from settings.cross_rules.routes import ROUTE_RULES
from settings.cross_rules.rule import CrossRule
from settings.cross_rules.scaling import SCALING_RULES
from settings.cross_rules.telemetry import TELEMETRY_RULES
from settings.cross_rules.tls import TLS_RULES
from settings.cross_rules.trust import TRUST_RULES
from settings.cross_rules.watch import WATCH_RULES

CROSS_RULES: tuple[CrossRule, ...] = (
    *CLUSTER_RULES,
    *NETWORK_RULES,
    *NETWORK_GUARD_RULES,
    *NODE_POOL_RULES,
    *PLACEMENT_RULES,
    *PROXY_RULES,
    *IMAGE_RULES,
    *INGRESS_RULES,
    *TLS_RULES,
    *REVISION_RULES,
    *ROUTE_RULES,
    *SCALING_RULES,
    *DOMAIN_RULES,
    *CERTIFICATE_RULES,
    *EDGE_RULES,
    *GUARD_RULES,
    *NAMESPACE_RULES,
    *OVERRIDE_RULES,
    *TELEMETRY_RULES,
    *WATCH_RULES,
    *TRUST_RULES,
    *ADOPTION_RULES,
)

__all__ = ["CROSS_RULES", "CrossRule"]
