"""Who asks: whoever is signed in with the Azure CLI, and where that cloud answers."""

import base64
import json
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from app.errors import Problem, UserError

PATIENCE = 60


@dataclass(frozen=True)
class Login:
    """What the Azure CLI says.

    Args:
        resource_manager: the address of Azure Resource Manager, without a slash at its end.
        token: for it; good for an hour or less.
        subscription: the one that it is for.
    """

    resource_manager: str
    token: str
    subscription: str

    def granting(self, role: str, scope: str) -> str:
        """What an owner runs to give whoever is signed in a role."""
        id_ = self._claim("oid") or "OBJECT_ID"
        kind = "ServicePrincipal" if self._claim("idtyp") == "app" else "User"
        return (
            f'an owner runs `az role assignment create --role "{role}" --assignee-object-id {id_}'
            f' --assignee-principal-type {kind} --scope "{scope}"`'
        )

    def _claim(self, name: str) -> str:
        """What the token says of whoever is signed in, or nothing where it does not."""
        try:
            part = self.token.split(".")[1]
            claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
            return str(claims.get(name) or "")
        except (AttributeError, IndexError, ValueError):
            return ""


def sign_in(subscription: str | None) -> Login:
    """Ask the Azure CLI for a token.

    Args:
        subscription: the one that is asked about; None for the CLI's own.

    Raises:
        UserError: there is no CLI, nobody is signed in, or it does not know the subscription.
    """
    if shutil.which("az") is None:
        raise _refused(
            "on the PATH: Azure is asked with its login",
            "install the Azure CLI, and run `az login`",
        )
    named = ["--subscription", subscription] if subscription else []
    with ThreadPoolExecutor() as pool:
        # Each takes the CLI a second to start.
        cloud = pool.submit(_said, "cloud", "show")
        account = pool.submit(_said, "account", "get-access-token", *named)
        address = cloud.result()["endpoints"]["resourceManager"]
        token = account.result()
    if not str(address).startswith("https://"):
        raise _refused(f"a cloud that is asked by https, not {address}", "`az cloud set`")
    return Login(str(address).rstrip("/"), token["accessToken"], token["subscription"])


def _said(*arguments: str) -> dict[str, Any]:
    command = ["az", *arguments, "--output", "json"]
    fix = "run `az login`; `az account list` shows the subscriptions that it knows"
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        if done.returncode == 0:
            return _Answer(json.loads(done.stdout))
        said = " ".join(done.stderr.split())[:300] or f"it ends with {done.returncode}"
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        said = str(error)[:300]
    raise _refused(f"somebody who is signed in; `{' '.join(command[:3])}` says: {said}", fix)


class _Answer(dict[str, Any]):
    """An answer in which everything is that is looked for, or a line says that it is not."""

    def __missing__(self, key: str) -> Any:
        raise _refused(f"a version that tells {key}", "install a newer Azure CLI")


def _refused(allowed: str, fix: str) -> UserError:
    return UserError([Problem(source="az", allowed=allowed, fix=fix)])
