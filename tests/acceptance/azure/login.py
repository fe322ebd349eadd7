"""Where Azure's services are, and tokens for them. Nothing here is secret, or checked."""

import base64
import json
import time

from tests.acceptance.azure.messages import Answer, Json, Request

TENANT = "00000000-0000-0000-0000-000000000000"


def endpoints(request: Request) -> Answer:
    """What /metadata/endpoints says of a cloud."""
    base = request.base
    return Answer(
        200,
        {
            "name": "StandIn",
            "portal": base,
            "authentication": {
                "loginEndpoint": base,
                "audiences": [base],
                "tenant": "common",
                "identityProvider": "AAD",
            },
            "resourceManager": base,
            "graph": base,
            "graphAudience": base,
            "microsoftGraphResourceId": base,
            "suffixes": {"keyVaultDns": "vault.example.com", "storage": "storage.example.com"},
        },
    )


def token(request: Request) -> Answer:
    """A token that is good for an hour, unsigned."""
    claims = {"tid": TENANT, "oid": TENANT, "appid": TENANT, "aud": request.base}
    return Answer(
        200,
        {
            "token_type": "Bearer",
            "expires_in": 3600,
            "access_token": f"{_part({'alg': 'none'})}.{_part(claims | _times())}.",
        },
    )


def _times() -> Json:
    now = int(time.time())
    return {"iat": now, "nbf": now, "exp": now + 3600}


def _part(content: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
