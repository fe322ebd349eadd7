"""The gateway's load balancer as Azure has it: no state of the original's knows its address."""

from app.adoption.original import State
from app.doctor.azure import Azure, NotAnsweredError
from app.errors import Problem, UserError

# Microsoft.Network, loadBalancer.json.
VERSION = "2024-05-01"
_SERVICE = "data.azurerm_private_link_service.istio-ingress"


def address(istio: State, azure: Azure) -> str:
    """The address behind the Private Link Service.

    Args:
        istio: the state of istio-tf, which has found the service.
        azure: who is asked.

    Raises:
        UserError: where Azure does not say it.
    """
    (frontend,) = istio.attributes(_SERVICE)["load_balancer_frontend_ip_configuration_ids"]
    balancer = frontend.partition("/frontendIPConfigurations/")[0]
    try:
        found = azure.get(balancer, VERSION)
    except NotAnsweredError as error:
        raise _unknown(balancer, str(error)) from None
    for each in (found or {}).get("properties", {}).get("frontendIPConfigurations", []):
        if each["id"].lower() == frontend.lower():
            found_address: str = each["properties"]["privateIPAddress"]
            return found_address
    raise _unknown(balancer, f"it has no frontend {frontend.rpartition('/')[2]}")


def _unknown(balancer: str, reason: str) -> UserError:
    return UserError(
        [
            Problem(
                source=balancer,
                allowed=f"the load balancer of the gateway, as istio-tf has found it; {reason}",
                fix="mend that; or plan istio-tf once more, and take its state then",
            )
        ]
    )
