"""What istiod gives the proxies that it puts beside applications."""

from math import ceil
from typing import Any

from rules.placement import quantity
from rules.releases import PROXY_RESOURCES
from settings.proxies import Proxies
from settings.resources import Amounts, resources


def sidecars(options: Proxies) -> dict[str, Any]:
    """The values of the chart istiod that say it; none where nothing is said."""
    values: dict[str, Any] = {}
    if amounts := resources(options.requests, options.limits):
        values["global"] = {"proxy": {"resources": amounts}}
    configuration: dict[str, Any] = {}
    if options.concurrency is not None:
        configuration["concurrency"] = options.concurrency
    if options.hold_application:
        configuration["holdApplicationUntilProxyStarts"] = True
    if configuration:
        values["meshConfig"] = {"defaultConfig": configuration}
    return values


def gateway_threads(options: Proxies, limits: Amounts) -> int | None:
    """How many threads a gateway is to have where the sidecars' number would be its own too.

    As many as without that number (istio, pilot/cmd/pilot-agent/config): the CPUs of its limit.
    """
    if options.concurrency is None:
        return None
    limit = quantity(limits.cpu or PROXY_RESOURCES["limits"]["cpu"])
    return ceil(limit or 1)
