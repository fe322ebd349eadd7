"""What Istio makes of its objects: which requests a policy denies, and where a request goes.

Only as much of Istio as the chart uses, after its documentation: the reference of
AuthorizationPolicy, and of VirtualService with the order of pilot's SortVHostRoutes.
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
    known = {"paths", "notPaths", "methods", "notMethods"}
    assert set(operation) <= known, f"unknown parts of an operation: {set(operation) - known}"
    return (
        ("paths" not in operation or path in operation["paths"])
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


def destination(services: Sequence[Json], *, host: str, path: str) -> tuple[str, int] | None:
    """The service and port that a request is sent to; None for Envoy's 404."""
    same_host = [each["spec"] for each in services if host in each["spec"]["hosts"]]
    wildcards = [
        each["spec"]
        for each in services
        if any(h.startswith("*.") and host.endswith(h[1:]) for h in each["spec"]["hosts"])
    ]
    any_host = [each["spec"] for each in services if "*" in each["spec"]["hosts"]]
    # One host has one table of routes: the most specific name wins, and the others are not asked.
    table = [route for spec in same_host or wildcards or any_host for route in spec["http"]]
    for route in sorted(table, key=_is_catch_all):
        if any(_takes(match["uri"], path) for match in route["match"]):
            target = route["route"][0]["destination"]
            return target["host"], target["port"]["number"]
    return None


def _is_catch_all(route: Json) -> bool:
    return any(match["uri"].get("prefix") == "/" for match in route["match"])


def _takes(uri: Json, path: str) -> bool:
    if "exact" in uri:
        return bool(path == uri["exact"])
    return path.startswith(uri["prefix"])
