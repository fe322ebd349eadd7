"""Settings of HTTPS for a deployment with the real charts."""

import json

from tests.cluster.deployment import real_charts
from tests.cluster.programs import charts
from tests.synthesis import Json
from tests.test_tls import VAULT, ZONE

STAGES = ("off", "listen", "forward", "close")
NAME: Json = {"host_name": "origin.contoso.com"}
MOUNTED: Json = {**NAME, "key_vault": {"vault": VAULT, "name": "origin"}}


def issued(directory: str) -> Json:
    """The table `gateway.tls` with the real chart of cert-manager, and who signs."""
    chart = {"chart_repository": str(charts())}
    return {**NAME, "cert_manager": {"dns_zone": ZONE, "server": directory, **chart}}


def settings(stage: str, tls: Json) -> dict[str, str]:
    """What asks for a stage."""
    if stage == "off":
        return dict(real_charts())
    return {**real_charts(), "ISTIO_AKS_GATEWAY__TLS": json.dumps({**tls, "stage": stage})}
