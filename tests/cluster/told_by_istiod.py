"""The real Envoy asks the real istiod for the gateway's certificate, as the pod's pilot-agent does.

Over TLS, with a token of the pod's service account: istiod tells keys to nobody else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cluster.deployment import Deployment
from tests.cluster.proxy import PODS
from tests.envoy import Gateway, gateway
from tests.gateway_recording import FRONT_DOOR_ID, seen
from tests.mesh.proxy import node, told
from tests.synthesis import Json

ACCOUNT = "/api/v1/namespaces/istio-ingress/serviceaccounts/istio-ingress"
HTTPS = 443


@contextmanager
def told_by_istiod(made: Deployment, folder: Path) -> Iterator[Gateway]:
    """Envoy as the first pod of the gateway runs it on 443, with istiod's stream for secrets."""
    pod = made.get(PODS)["items"][0]
    folder.mkdir(exist_ok=True)
    dump = told(pod, made.istiod.grpc, made.istiod.http, HTTPS)
    configuration = seen(dump, FRONT_DOOR_ID, HTTPS)
    with gateway(configuration, folder, lambda whole: _lead(whole, made, pod)) as envoy:
        yield envoy


def _lead(whole: Json, made: Deployment, pod: Json) -> None:
    token = made.cluster.server.ask(
        "POST", f"{ACCOUNT}/token", {"spec": {"audiences": ["istio-ca"]}}
    )["status"]["token"]
    whole["node"] = node(pod) | {"cluster": "istio-ingress"}
    whole["dynamic_resources"] = {
        "ads_config": {
            "api_type": "GRPC",
            "transport_api_version": "V3",
            "grpc_services": [
                {
                    "envoy_grpc": {"cluster_name": "istiod"},
                    "initial_metadata": [{"key": "authorization", "value": f"Bearer {token}"}],
                }
            ],
        }
    }
    whole["static_resources"]["clusters"].append(_istiod(made))


def _istiod(made: Deployment) -> Json:
    """Where it is, spoken to over TLS and HTTP/2."""
    of_envoy = "type.googleapis.com/envoy.extensions"
    address = {"socket_address": {"address": "127.0.0.1", "port_value": made.istiod.secure}}
    authority = {"filename": str(made.world.azure.authority.file)}
    return {
        "name": "istiod",
        "load_assignment": {
            "cluster_name": "istiod",
            "endpoints": [{"lb_endpoints": [{"endpoint": {"address": address}}]}],
        },
        "typed_extension_protocol_options": {
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
                "@type": f"{of_envoy}.upstreams.http.v3.HttpProtocolOptions",
                "explicit_http_config": {"http2_protocol_options": {}},
            }
        },
        "transport_socket": {
            "name": "envoy.transport_sockets.tls",
            "typed_config": {
                "@type": f"{of_envoy}.transport_sockets.tls.v3.UpstreamTlsContext",
                "common_tls_context": {"validation_context": {"trusted_ca": authority}},
            },
        },
    }
