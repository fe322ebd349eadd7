"""The applications behind the gateway: their namespaces, the sample, and the routes to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from cdktf import ITerraformDependable, TerraformStack

from constructs.ingress.virtual_services import VirtualService, virtual_services_by_host
from constructs.mesh.mesh import Mesh
from constructs.mesh.namespace import Namespace
from constructs.mesh.sample_app import SampleApp
from constructs.mesh.sidecar_injection import SidecarInjection, injection_label
from rules import names, pod_security
from rules.images import image
from rules.routes import ANY_HOST
from settings import Settings
from settings.namespaces import Namespace as NamespaceOptions
from settings.routes import Route


@dataclass(frozen=True)
class Applications:
    """What the gateway must know of the applications."""

    namespaces: Sequence[ITerraformDependable]
    virtual_services: Sequence[VirtualService]


def add_applications(stack: TerraformStack, settings: Settings, mesh: Mesh) -> Applications:
    """Put the namespaces of the settings into the mesh, and the sample into its own."""
    namespaces = [
        _namespace(stack, name, options, options.revision or settings.istio.revision)
        for name, options in settings.namespaces.items()
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


def _namespace(
    stack: TerraformStack, name: str, options: NamespaceOptions, revision: str
) -> ITerraformDependable:
    level = pod_security.labels(options.pod_security, enforced=options.pod_security_enforced)
    if options.existing:
        return SidecarInjection(
            stack, f"{name}-injection", namespace=name, revision=revision, more_labels=level
        ).labels
    labels = {**injection_label(revision), **level}
    return Namespace(stack, f"{name}-namespace", name=name, labels=labels).namespace


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
