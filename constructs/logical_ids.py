"""Resource addresses that a person recognises in a plan."""

from weakref import WeakKeyDictionary

from cdktf import TerraformElement, TerraformStack

HIDDEN = ("Default", "Resource")

_taken: WeakKeyDictionary[TerraformStack, set[tuple[str, str]]] = WeakKeyDictionary()


def logical_id_by_path(element: TerraformElement, kind: str) -> None:
    """Name an element after its path in the stack: base in Mesh "istio" is named istio-base.

    cdktf would add eight hexadecimal digits to the name of everything that is not a direct child
    of the stack. The parts "Default" and "Resource" are left out, as cdktf does it. Call this right
    after making the element, before anything refers to it.

    Args:
        element: the resource or data source.
        kind: its Terraform type, such as "helm_release".

    Raises:
        ValueError: when the stack has an element of this type and name already. Terraform would
            merge the two without a word.
    """
    path = [scope.node.id for scope in element.node.scopes]
    stack = TerraformStack.of(element)
    below_stack = path[len(stack.node.scopes) :]
    name = "-".join(part for part in below_stack if part not in HIDDEN)
    names = _taken.setdefault(stack, set())
    if (kind, name) in names:
        raise ValueError(
            f"{kind}.{name} exists in the stack {stack.node.id} already;"
            " fix: give the construct another id"
        )
    names.add((kind, name))
    element.override_logical_id(name)
