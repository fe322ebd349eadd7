"""Settings whose gateway is recorded, and faults of the past that are put back on purpose."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

from tests.synthesis import Json

HOSTS = """
sample.enabled = true
[gateway]
hosts = ["shop.contoso.com", "*.example.com", "Mixed.Contoso.com"]
[front_door]
origin_host_name = "probe.example.com"
[namespaces.web]
[[routes]]
host = "shop.contoso.com"
prefix = "/"
service = "shop"
namespace = "web"
port = 8080
[[routes]]
host = "shop.contoso.com"
prefix = "/cart/"
service = "cart"
namespace = "web"
port = 80
[[routes]]
host = "shop.contoso.com"
prefix = "/cart/old/"
service = "archive"
namespace = "web"
port = 81
[[routes]]
host = "*.example.com"
prefix = "/docs"
service = "docs"
namespace = "web"
port = 80
[[routes]]
host = "www.example.com"
prefix = "/"
service = "www"
namespace = "web"
port = 80
[[routes]]
host = "*"
prefix = "/admin"
service = "admin"
namespace = "default"
port = 9000
"""

Values = dict[str, Json]


@dataclass(frozen=True)
class Shape:
    """Settings, and what is done to what istiod is given before it sees it.

    Args:
        settings: a settings file, above the defaults.
        fault: changes the values of the charts, by release.
        tells_the_id: whether the chart forgets to take the lock's id out of requests.
    """

    settings: str = ""
    fault: Callable[[Values], None] = lambda values: None
    tells_the_id: bool = False

    def changed(self, values: Values) -> Values:
        """The values of each release, with the fault in them."""
        changed = deepcopy(values)
        self.fault(changed)
        return changed


def _routes_for_every_host(values: Values) -> None:
    for service in values["ingress-routing"]["routes"]:
        if service["name"] in ("any-host", "echoserver"):
            service["hosts"] = ["*"]


def _believe_nobody(values: Values) -> None:
    values["istio-ingress"]["podAnnotations"]["proxy.istio.io/config"] = '{"drainDuration": "135s"}'


SHAPES = {
    "default": Shape(),
    "hosts": Shape(HOSTS),
    "open": Shape("gateway.origin_lock = false"),
    "head-probe": Shape('front_door.probe = { path = "/up/now", request_type = "HEAD" }'),
    "fault-any-host": Shape(HOSTS, _routes_for_every_host),
    "fault-scheme": Shape("", _believe_nobody),
    "fault-id": Shape(tells_the_id=True),
}
