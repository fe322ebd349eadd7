"""What Istio makes of its objects: which requests a policy denies, and where a request goes.

A fast model, which tests/mesh/test_model.py holds against what the real Envoy answers. Only as much
of Istio as the chart uses: the reference of AuthorizationPolicy, and for routes what
pilot does (core/gateway.go, buildGatewayHTTPRouteConfig, and SortVHostRoutes).
"""

from collections.abc import Mapping, Sequence

from tests.synthesis import Json


def is_denied(
    policies: Sequence[Json], *, path: str, method: str = "GET", headers: Mapping[str, str]
) -> bool:
    """Whether a DENY policy refuses a request to the gateway."""
    return any(
        _matches(rule, path, method, headers)
        for policy in policies
        if policy["spec"]["action"] == "DENY"
        for rule in policy["spec"]["rules"]
    )


def _matches(rule: Json, path: str, method: str, headers: Mapping[str, str]) -> bool:
    known = {"to", "when"}
    assert set(rule) <= known, f"unknown parts of a rule: {set(rule) - known}"
    operations = [each["operation"] for each in rule.get("to", [])]
    return (not operations or any(_does(each, path, method) for each in operations)) and all(
        _holds(condition, headers) for condition in rule.get("when", [])
    )


def _does(operation: Json, path: str, method: str) -> bool:
    known = {"paths", "notPaths", "methods", "notMethods", "ports"}
    assert set(operation) <= known, f"unknown parts of an operation: {set(operation) - known}"
    return (
        not ("ports" in operation and {"80", "443"}.isdisjoint(operation["ports"]))
        and ("paths" not in operation or path in operation["paths"])
        and path not in operation.get("notPaths", [])
        and ("methods" not in operation or method in operation["methods"])
        and method not in operation.get("notMethods", [])
    )


def _holds(condition: Json, headers: Mapping[str, str]) -> bool:
    assert condition["key"].startswith("request.headers["), condition["key"]
    value = headers.get(condition["key"].removeprefix("request.headers[").removesuffix("]"))
    return ("values" not in condition or value in condition["values"]) and value not in (
        condition.get("notValues", [])
    )


def destination(objects: Sequence[Json], *, host: str, path: str) -> tuple[str, int] | None:
    """The service and port that a request to the gateway is sent to; None for Envoy's 404."""
    tables = virtual_hosts(objects)
    # The most specific name wins, and the others are not asked.
    matching = [each for each in tables if _is_within(host.lower(), each)]
    for route in tables[max(matching, key=_specificity)] if matching else []:
        if any(_takes(match["uri"], path) for match in route["match"]):
            target = route["route"][0]["destination"]
            return target["host"], target["port"]["number"]
    return None


def virtual_hosts(objects: Sequence[Json]) -> dict[str, list[Json]]:
    """What istiod makes of Gateway and VirtualServices: the routes of each host, in order.

    Hosts are those that Gateway and VirtualService have in common, the narrower of two that
    overlap; comparing them, upper case counts. Every VirtualService that claims a host adds its
    routes, by name where all are of the same age, and routes for all paths come last.
    """
    services = sorted(
        (each for each in objects if each["kind"] == "VirtualService"),
        key=lambda each: (each["metadata"]["name"], each["metadata"]["namespace"]),
    )
    tables: dict[str, list[Json]] = {}
    for gateway in (each for each in objects if each["kind"] == "Gateway"):
        for server in gateway["spec"]["servers"]:
            for service in services:
                for host in _in_common(server["hosts"], service["spec"]["hosts"]):
                    tables.setdefault(host.lower(), []).extend(service["spec"]["http"])
    return {host: sorted(routes, key=_is_catch_all) for host, routes in tables.items()}


def _in_common(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    found = [a if _is_within(a, b) else b for a in ours for b in theirs if _overlap(a, b)]
    return list(dict.fromkeys(found))


def _overlap(a: str, b: str) -> bool:
    return _is_within(a, b) or _is_within(b, a)


def _is_within(name: str, pattern: str) -> bool:
    return pattern in ("*", name) or (pattern.startswith("*") and name.endswith(pattern[1:]))


def _specificity(host: str) -> tuple[bool, int]:
    return not host.startswith("*"), len(host)


def _is_catch_all(route: Json) -> bool:
    return any(match["uri"].get("prefix") == "/" for match in route["match"])


def _takes(uri: Json, path: str) -> bool:
    if "exact" in uri:
        return bool(path == uri["exact"])
    return path.startswith(uri["prefix"])
