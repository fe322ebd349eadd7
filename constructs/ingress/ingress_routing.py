"""What the ingress gateway listens on, whom it answers, and where requests go."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cdktf import ITerraformDependable
from constructs import Construct

from constructs.guard import guard
from constructs.ingress.private_link_ingress import PrivateLinkIngress
from constructs.ingress.virtual_services import VirtualService
from constructs.mesh.mesh import Mesh
from constructs.own_chart import own_chart_release
from rules import RuleError, names
from rules.routes import ANY_HOST, covers, host, outermost, shadows
from settings.front_door import Probe
from settings.tls import GatewayTls

CHART = Path(__file__).parent / "ingress-routing"
GATEWAY = "istio-ingressgateway"
# The mesh's root namespace.
MESH_NAMESPACE = "istio-system"


class IngressRouting(Construct):
    """A Gateway, the probe's route, the origin lock, and routes to services.

    With the lock, no service is told the id that opens it.

    The objects come as a Helm chart of our own: `kubernetes_manifest` would need Istio's CRDs while
    Terraform plans, before Istio is there (docs/decisions/a-chart-of-our-own.md).

    Exposes `release`. What sends traffic should depend on it: before it, the gateway does not
    listen.

    Args:
        namespace: the gateway's namespace.
        mesh: the control plane, which checks the objects.
        ingress: the gateway.
        probe: Front Door's health probe. Exactly its path is answered by the gateway's own
            readiness endpoint, on every host.
        front_door_id: answer only to requests that carry this as X-Azure-FDID, but for the probe.
            None answers everybody who gets a connection to the Private Link Service.
        hosts: the hosts the gateway answers for.
        tls: which ports it listens on and how it speaks TLS; the table `gateway.tls`. None: 80.
        certificate: the Secret in the gateway's namespace that has the certificate for 443. While
            it is not there, 443 takes no connection.
        virtual_services: where requests go. One for "*" gets the hosts that no other names; where
            none is left, it is not made.
        strict_mutual_tls: refuse plain text between the pods of the mesh. For one routing of a mesh
            only: the policy is the mesh's.
        depends_on: what must exist before.

    Raises:
        ValueError: for hosts that are none, a VirtualService whose host the gateway does not have,
            or a route that takes the probe's path.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        namespace: str,
        mesh: Mesh,
        ingress: PrivateLinkIngress,
        probe: Probe,
        front_door_id: str | None,
        hosts: Sequence[str] = (ANY_HOST,),
        tls: GatewayTls | None = None,
        certificate: str = names.ORIGIN_CERTIFICATE,
        virtual_services: Sequence[VirtualService] = (),
        strict_mutual_tls: bool = False,
        depends_on: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        subject = f"IngressRouting {id_}"
        for name in hosts:
            guard(f"{subject} hosts", name, host)
        for each in virtual_services:
            guard(f"{subject} virtual_services", (each.host, *hosts), _is_reached)
            for route in each.routes:
                guard(f"{subject} routes", (route.prefix, probe.path), _not_the_probe)
        full_names = tuple(f"{each.namespace}/{each.name}" for each in virtual_services)
        guard(f"{subject} virtual_services", full_names, _each_once)
        named = [each.host for each in virtual_services if each.host != ANY_HOST]
        self.release = own_chart_release(
            self,
            CHART,
            namespace=namespace,
            values={
                "gateway": {
                    "name": GATEWAY,
                    "selector": ingress.selector,
                    # istiod would join a host with the pattern that covers it.
                    "hosts": outermost(hosts),
                    **(_servers(tls, certificate) if tls else {}),
                },
                "probe": {
                    "path": probe.path,
                    "method": probe.request_type,
                    "service": ingress.service_host,
                },
                "originLock": {
                    "enabled": front_door_id is not None,
                    "frontDoorId": front_door_id or "",
                },
                "mutualTls": {"strict": strict_mutual_tls, "namespace": MESH_NAMESPACE},
                "routes": [
                    each.values(its_hosts)
                    for each in virtual_services
                    if (its_hosts := each.hosts(hosts, named))
                ],
            },
            depends_on=[*mesh.ready, ingress.release, *depends_on],
        )


def _servers(tls: GatewayTls, certificate: str) -> dict[str, Any]:
    suites = {"cipherSuites": list(tls.cipher_suites)} if tls.minimum_version == "1.2" else {}
    return {
        "http": not tls.closes_http,
        "https": {
            "credentialName": certificate,
            "minProtocolVersion": f"TLSV{tls.minimum_version.replace('.', '_')}",
            **suites,
        },
    }


def _is_reached(hosts: tuple[str, ...]) -> None:
    named, *gateway_hosts = hosts
    if named != ANY_HOST and not any(covers(each, named) for each in gateway_hosts):
        raise RuleError(
            "a host that the gateway's hosts include: " + ", ".join(gateway_hosts),
            "add it to the gateway's hosts",
        )


def _each_once(full_names: tuple[str, ...]) -> None:
    if len(set(full_names)) != len(full_names):
        raise RuleError("VirtualServices of different names", "give each a name of its own")


def _not_the_probe(paths: tuple[str, str]) -> None:
    prefix_, probe_path = paths
    if shadows(prefix_, probe_path):
        raise RuleError(
            f"a prefix that is not the beginning of the probe's path, {probe_path}",
            "choose a longer prefix, or another path for the probe",
        )
