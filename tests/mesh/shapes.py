"""Settings whose gateway is recorded, and faults of the past that are put back on purpose."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from tests.synthesis import Json

Values = dict[str, Json]


def _nothing(values: Values) -> None:
    """Leave the values as they are."""


@dataclass(frozen=True)
class Shape:
    """Settings, and what is done to what istiod is given before it sees it.

    Args:
        settings: a settings file, above the defaults.
        change: changes the values of the charts, by release: a fault, or what a user adds.
        tells_the_id: whether the chart forgets to take the lock's id out of requests.
        program: a module that makes the stack, in the place of ours and of settings.
        gateway: the release and the namespace of the gateway that is recorded.
        port: the port of it that is recorded.
        sidecars: applications, as namespace and name, whose sidecars are recorded as well.
    """

    settings: str = ""
    change: Callable[[Values], None] = _nothing
    tells_the_id: bool = False
    program: str = ""
    gateway: str = "istio-ingress"
    port: int = 80
    sidecars: tuple[str, ...] = ()

    @property
    def settings_only(self) -> bool:
        """Whether it is what somebody gets who writes its settings."""
        return not (self.program or self.tells_the_id or self.change is not _nothing)

    def changed(self, values: Values) -> Values:
        """The values of each release, with the change in them."""
        changed = deepcopy(values)
        self.change(changed)
        return changed


def _routes_for_every_host(values: Values) -> None:
    for service in values["ingress-routing"]["routes"]:
        if service["name"] in ("any-host", "echoserver"):
            service["hosts"] = ["*"]


def _believe_nobody(values: Values) -> None:
    values["istio-ingress"]["podAnnotations"]["proxy.istio.io/config"] = '{"drainDuration": "135s"}'


def _an_application_each(values: Values) -> None:
    for name in ("public", "partners"):
        route = {"prefix": "/", "service": f"{name}-app.default.svc.cluster.local", "port": 80}
        values[f"{name}-routing"]["routes"] = [
            {"name": "app", "namespace": name, "hosts": [f"{name}.contoso.com"], "rules": [route]}
        ]


def _one_label(values: Values) -> None:
    _an_application_each(values)
    for name in ("public", "partners"):
        values[name]["labels"]["istio"] = "ingressgateway"
        values[f"{name}-routing"]["gateway"]["selector"]["istio"] = "ingressgateway"


def _settings(name: str) -> str:
    return (Path(__file__).parent / "settings" / f"{name}.toml").read_text()


ROOT = Path(__file__).parents[2]
HOSTS, OWN, TRIES = _settings("hosts"), _settings("own"), _settings("tries")
HTTPS, BESIDE = _settings("https"), _settings("beside")
TRUST = _settings("trust")
APPLICATIONS = ("shop/shop", "cart/cart", "catalog/catalog", "legacy/legacy")
TELEMETRY, SAMPLED = _settings("telemetry"), _settings("sampled")
_TWO = "examples.two_gateways"
SHAPES = {
    "default": Shape(),
    "hosts": Shape(HOSTS),
    "open": Shape("gateway.origin_lock = false"),
    "head-probe": Shape('front_door.probe = { path = "/up/now", request_type = "HEAD" }'),
    "own": Shape(OWN),
    "tries": Shape(TRIES),
    "https": Shape(HTTPS, port=443),
    "beside-http": Shape(BESIDE),
    "beside-https": Shape(BESIDE, port=443),
    "production": Shape(
        f'extends = "{ROOT / "settings.production.toml"}"', port=443, sidecars=("shop/shop",)
    ),
    "private": Shape(
        f'extends = "{ROOT / "settings.private.toml"}"', port=443, sidecars=("shop/shop",)
    ),
    "trust": Shape(TRUST, sidecars=APPLICATIONS),
    "merge-slashes": Shape('istio.path_normalization = "merge-slashes"'),
    "decode-slashes": Shape('istio.path_normalization = "decode-and-merge-slashes"'),
    "telemetry": Shape(TELEMETRY),
    "sampled": Shape(SAMPLED),
    "nothing": Shape("sample.enabled = false"),
    "two-public": Shape(program=_TWO, gateway="public", change=_an_application_each),
    "two-partners": Shape(program=_TWO, gateway="partners", change=_an_application_each),
    "fault-any-host": Shape(HOSTS, _routes_for_every_host),
    "fault-scheme": Shape("", _believe_nobody),
    "fault-id": Shape(tells_the_id=True),
    "fault-one-label": Shape(program=_TWO, gateway="public", change=_one_label),
}
