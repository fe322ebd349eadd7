"""The applications behind the gateway: their namespaces, the sample, and the routes to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from cdktf import ITerraformDependable, TerraformStack
from constructs import Construct

from constructs.ingress.virtual_services import VirtualService, virtual_services_by_host
from constructs.mesh.application_namespace import ApplicationNamespace
from constructs.mesh.mesh import Mesh
from constructs.mesh.sample_app import SampleApp
from rules import names
from rules.images import image
from rules.routes import ANY_HOST
from settings import Settings
from settings.routes import Route


@dataclass(frozen=True)
class Applications:
    """What the gateway must know of the applications."""

    namespaces: Sequence[ITerraformDependable]
    virtual_services: Sequence[VirtualService]


def add_applications(stack: TerraformStack, settings: Settings, mesh: Mesh) -> Applications:
    """Put the namespaces of the settings into the mesh, and the sample into its own."""
    # Left out of addresses, so that a namespace may be called as another construct is.
    scope = Construct(stack, "Resource")
    namespaces = [
        each
        for name, options in settings.namespaces.items()
        for each in ApplicationNamespace(
            scope,
            name,
            name=name,
            options=options,
            revision=options.revision or settings.istio.revision,
        ).ready
    ]
    virtual_services = virtual_services_by_host(
        settings.routes,
        namespace=names.INGRESS,
    )
    if settings.sample.enabled:
        sample = SampleApp(
            stack,
            names.SAMPLE,
            name=names.SAMPLE,
            namespace=names.SAMPLE_NAMESPACE,
            image=_sample_image(settings),
            # A pod that starts before these has no sidecar.
            depends_on=[*mesh.ready, *namespaces],
        )
        virtual_services.append(_sample_routes(sample))
    return Applications(namespaces=namespaces, virtual_services=virtual_services)


def _sample_image(settings: Settings) -> str:
    named, registry = settings.sample.image, settings.images.registry
    if registry is None or named.startswith(f"{registry}/"):
        return named
    return image(named).in_registry(registry)


def _sample_routes(sample: SampleApp) -> VirtualService:
    route = Route(
        host=ANY_HOST,
        prefix="/",
        service=sample.name,
        namespace=sample.namespace,
        port=sample.port,
    )
    return VirtualService(name=sample.name, namespace=sample.namespace, routes=[route])
