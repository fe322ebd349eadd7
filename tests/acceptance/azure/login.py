"""Where Azure's services are, and tokens for them. Nothing here is secret, or checked."""

import base64
import json
import time

from tests.acceptance.azure.messages import Answer, Json, Request

# What IDENTITY_ENDPOINT leads to: a token for the cluster's identity.
MANAGED_IDENTITY = "/identity/token"
TENANT = "00000000-0000-0000-0000-000000000000"


# The version of that page that cloud-provider-azure asks for; it names the clouds in a list.
_LISTED = "2019-05-01"


def endpoints(request: Request) -> Answer:
    """What /metadata/endpoints says of a cloud."""
    cloud = _cloud(request.base)
    if request.query.get("api-version") == _LISTED:
        return Answer(200, json.dumps([cloud]).encode())
    return Answer(200, cloud)


def _cloud(base: str) -> Json:
    return {
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
    }


def token(request: Request, principal: str = TENANT) -> Answer:
    """A token that is good for an hour, unsigned."""
    claims = {"tid": TENANT, "oid": principal, "appid": TENANT, "aud": request.base}
    return Answer(
        200,
        {
            "token_type": "Bearer",
            "expires_in": 3600,
            "expires_on": str(int(time.time()) + 3600),
            "access_token": f"{_part({'alg': 'none'})}.{_part(claims | _times())}.",
        },
    )


def caller(authorization: str) -> str:
    """The object id in the token of a header, or nothing."""
    parts = authorization.removeprefix("Bearer ").split(".")
    if len(parts) != 3:
        return ""
    padded = parts[1] + "=" * (-len(parts[1]) % 4)
    claims: Json = json.loads(base64.urlsafe_b64decode(padded))
    return str(claims.get("oid", ""))


def _times() -> Json:
    now = int(time.time())
    return {"iat": now, "nbf": now, "exp": now + 3600}


def _part(content: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
