"""The access log of the proxies, as values of the chart istiod."""

import json
from typing import Any

from settings.access_log import AccessLog

# Istio's own fields (pilot/pkg/model/telemetry_logging.go, EnvoyJSONLogFormatIstio, the same in
# 1.30 and 1.31).
_ISTIOS = {
    "start_time": "%START_TIME%",
    "route_name": "%ROUTE_NAME%",
    "method": "%REQ(:METHOD)%",
    "path": "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%",
    "protocol": "%PROTOCOL%",
    "response_code": "%RESPONSE_CODE%",
    "response_flags": "%RESPONSE_FLAGS%",
    "response_code_details": "%RESPONSE_CODE_DETAILS%",
    "connection_termination_details": "%CONNECTION_TERMINATION_DETAILS%",
    "bytes_received": "%BYTES_RECEIVED%",
    "bytes_sent": "%BYTES_SENT%",
    "duration": "%DURATION%",
    "upstream_service_time": "%RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%",
    "x_forwarded_for": "%REQ(X-FORWARDED-FOR)%",
    "user_agent": "%REQ(USER-AGENT)%",
    "request_id": "%REQ(X-REQUEST-ID)%",
    "authority": "%REQ(:AUTHORITY)%",
    "upstream_host": "%UPSTREAM_HOST%",
    "upstream_cluster": "%UPSTREAM_CLUSTER_RAW%",
    "upstream_local_address": "%UPSTREAM_LOCAL_ADDRESS%",
    "downstream_local_address": "%DOWNSTREAM_LOCAL_ADDRESS%",
    "downstream_remote_address": "%DOWNSTREAM_REMOTE_ADDRESS%",
    "requested_server_name": "%REQUESTED_SERVER_NAME%",
    "upstream_transport_failure_reason": "%UPSTREAM_TRANSPORT_FAILURE_REASON%",
}
# What Front Door says of a request: its own reference, the address that the client says it has, and
# the one that it came from. Never X-Azure-FDID: who can read the log could pass the origin lock.
_FRONT_DOORS = {
    "x_azure_ref": "%REQ(X-AZURE-REF)%",
    "x_azure_clientip": "%REQ(X-AZURE-CLIENTIP)%",
    "x_azure_socketip": "%REQ(X-AZURE-SOCKETIP)%",
}
# What joins the line to the trace that the request is part of.
_TRACES = {"trace_id": "%TRACE_ID%"}
FIELDS = _ISTIOS | _FRONT_DOORS | _TRACES


def access_log_values(options: AccessLog) -> dict[str, Any]:
    """The chart's values for a log in JSON; none for the text that the mesh has anyway.

    Args:
        options: the table `access_log`.
    """
    if options.format == "text":
        return {}
    return {
        "meshConfig": {
            "accessLogEncoding": "JSON",
            "accessLogFormat": json.dumps(FIELDS),
        }
    }
