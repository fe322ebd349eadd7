"""The objects that hold for the mesh and its namespaces: which features make some."""

from collections.abc import Callable, Iterator, Sequence

from cdktf import ITerraformDependable

from constructs.mesh.mesh import Mesh
from constructs.mesh.mesh_objects import MeshObject, MeshObjects
from constructs.mesh.tracing import tracing_objects
from rules import names
from settings import Settings
from stacks.base import EnvironmentStack

# One line for each feature.
PARTS: Sequence[Callable[[Settings], Iterator[MeshObject]]] = (
    lambda settings: tracing_objects(settings.tracing),
)


def add_mesh_objects(
    stack: EnvironmentStack, mesh: Mesh, namespaces: Sequence[ITerraformDependable]
) -> None:
    """Make them in one release; none where there is none."""
    objects = [each for part in PARTS for each in part(stack.settings)]
    if objects:
        MeshObjects(
            stack,
            "mesh-objects",
            namespace=names.MESH_NAMESPACE,
            objects=objects,
            depends_on=[*mesh.ready, *namespaces],
        )
