"""The objects that hold for the mesh and its namespaces: which features make some."""

from collections.abc import Callable, Iterator, Sequence

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_kubernetes.namespace_v1 import NamespaceV1

from constructs.ingress.gateway_scaling import gateway_scaling
from constructs.mesh.mesh import Mesh
from constructs.mesh.mesh_objects import MeshObject, MeshObjects
from constructs.mesh.tracing import tracing_objects
from rules import names
from settings import Settings
from stacks.base import EnvironmentStack
from stacks.network_policies import network_policies_of
from stacks.trust import trust_objects


def _scaling(settings: Settings) -> Iterator[MeshObject]:
    if settings.gateway.requests_per_second is not None:
        yield from gateway_scaling(settings.gateway, names.INGRESS, names.INGRESS)


# One line for each feature.
PARTS: Sequence[Callable[[Settings], Iterator[MeshObject]]] = (
    _scaling,
    network_policies_of,
    trust_objects,
    lambda settings: tracing_objects(settings.tracing),
)


def add_mesh_objects(
    stack: EnvironmentStack, mesh: Mesh, namespaces: Sequence[ITerraformDependable]
) -> None:
    """Make them in one release; none where there is none."""
    objects = [each for part in PARTS for each in part(stack.settings)]
    made = [each for each in stack.node.find_all() if isinstance(each, NamespaceV1)]
    if objects:
        MeshObjects(
            stack,
            "mesh-objects",
            namespace=names.MESH_NAMESPACE,
            objects=objects,
            # An object may be in any namespace of the stack.
            depends_on=[
                *mesh.ready,
                *namespaces,
                *(each for each in made if each not in namespaces),
            ],
        )
