"""The applications behind the gateway: their namespaces, the sample, and the routes to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from cdktf import ITerraformDependable, TerraformStack

from constructs.mesh import Mesh
from constructs.namespace import Namespace
from constructs.route_table import Route, RouteTable, tables_by_host
from constructs.sample_app import SampleApp
from constructs.sidecar_injection import INJECTION_LABEL, SidecarInjection
from rules.names import SAMPLE_NAMESPACE
from rules.routes import ANY_HOST
from settings import Settings
from stacks import names


@dataclass(frozen=True)
class Applications:
    """What the gateway must know of the applications."""

    namespaces: Sequence[ITerraformDependable]
    tables: Sequence[RouteTable]


def add_applications(stack: TerraformStack, settings: Settings, mesh: Mesh) -> Applications:
    """Put the namespaces of the settings into the mesh, and the sample into its own."""
    namespaces: list[ITerraformDependable] = [
        SidecarInjection(stack, f"{name}-injection", namespace=name).labels
        for name in settings.namespaces.existing
    ]
    namespaces += [
        Namespace(stack, f"{name}-namespace", name=name, labels=INJECTION_LABEL).namespace
        for name in settings.namespaces.created
    ]
    tables = tables_by_host(
        [
            Route(
                host=route.host,
                prefix=route.prefix,
                service=route.service,
                namespace=route.namespace,
                port=route.port,
            )
            for route in settings.routes
        ],
        namespace=names.INGRESS,
    )
    if settings.sample.enabled:
        sample = SampleApp(
            stack,
            names.SAMPLE,
            name=names.SAMPLE,
            namespace=SAMPLE_NAMESPACE,
            image=settings.sample.image,
            # A pod that starts before these has no sidecar.
            depends_on=[mesh.istiod, *namespaces],
        )
        tables.append(_sample_table(sample))
    return Applications(namespaces=namespaces, tables=tables)


def _sample_table(sample: SampleApp) -> RouteTable:
    route = Route(
        host=ANY_HOST,
        prefix="/",
        service=sample.name,
        namespace=sample.namespace,
        port=sample.port,
    )
    return RouteTable(name=sample.name, namespace=sample.namespace, routes=[route])
