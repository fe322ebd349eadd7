"""The states of the original's two projects: what is in them, and what becomes of it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Any

from app.errors import Problem, UserError
from rules.original import MOVED

Json = dict[str, Any]

# What the original's projects are called, by the stack that takes each of them up.
PROJECTS: Mapping[str, str] = {"aks": "aks-tf", "istio": "istio-tf"}
_SAME: Mapping[str, tuple[str, ...]] = {
    "aks": (
        "azurerm_resource_group.this",
        "azurerm_kubernetes_cluster_node_pool.user",
        "azurerm_kubernetes_cluster_node_pool.ingress",
    ),
    "istio": (
        "azurerm_cdn_frontdoor_origin.istio-ingress-origin",
        "helm_release.istio-base",
        "helm_release.istio-ingress",
    ),
}
# What stays as it is and is in no state afterwards: the old control plane, which goes when nobody
# follows it; the old Prometheus, which has no disk, and is made anew; and what was Terraform's own.
FORGOTTEN: Mapping[str, tuple[str, ...]] = {
    "aks": (
        "module.aks.tls_private_key.ssh",
        "module.aks.null_resource.kubernetes_version_keeper",
    ),
    "istio": (
        "helm_release.istiod",
        "helm_release.prometheus",
        "kubectl_manifest.prometheus",
        "random_id.front_door_endpoint_name",
    ),
}


@dataclass(frozen=True)
class State:
    """The state of one of the projects.

    Args:
        stack: the stack that takes it up.
        file: where it is.
        content: what is in it.
    """

    stack: str
    file: Path
    content: Json

    @classmethod
    def read(cls, stack: str, file: Path) -> "State":
        """Read a state, as `terraform state pull` writes it.

        Raises:
            UserError: for a file that is none, or that is not of this project.
        """
        try:
            content = json.loads(file.read_text())
        except OSError as error:
            raise UserError([_no_state(stack, file, error.strerror or str(error))]) from None
        except ValueError:
            raise UserError([_no_state(stack, file, "it is not JSON")]) from None
        if isinstance(content, dict) and "encrypted_data" in content:
            raise UserError([_no_state(stack, file, "it is encrypted")])
        if not _is_state(content):
            raise UserError([_no_state(stack, file, "it is no whole state of version 4")])
        state = cls(stack, file, content)
        if problems := list(state._problems()):
            raise UserError(problems)
        return state

    def attributes(self, address: str) -> Json:
        """The attributes of a resource, or of a data source, at an address of the original's.

        Raises:
            UserError: where it is not there.
        """
        for found, instance in self._instances():
            if found == address:
                attributes: Json = instance["attributes"]
                return attributes
        raise UserError([self._missing(address)])

    def has(self, address: str) -> bool:
        """Whether something is there at an address."""
        return any(found == address for found, _ in self._instances())

    def forgotten(self) -> list[str]:
        """The addresses of what is to be in no state afterwards, as they stand in it."""
        return [
            found for found, _ in self._instances() if _without_key(found) in FORGOTTEN[self.stack]
        ]

    def _problems(self) -> Iterator[Problem]:
        known = {*_wanted(self.stack), *FORGOTTEN[self.stack]}
        addresses = [each for each, _ in self._instances()]
        if known.isdisjoint(addresses):
            yield self._of_another(addresses)
            return
        yield from (self._missing(each) for each in _wanted(self.stack) if each not in addresses)
        for address in addresses:
            managed = address.rpartition("data.")[1] == ""
            if managed and address not in known and _without_key(address) not in known:
                yield Problem(
                    source=str(self.file),
                    key=address,
                    shows_value=False,
                    allowed="what the original makes: this is somebody's own, and a plan of ours"
                    " would destroy it",
                    fix="give it a state of its own before: terraform state mv"
                    f" -state={quote(str(self.file))} -state-out=own.tfstate {quote(address)}"
                    f" {quote(address)}",
                )

    def _of_another(self, addresses: Sequence[str]) -> Problem:
        """A line for a state that has nothing of this project."""
        for stack, project in PROJECTS.items():
            if stack != self.stack and not set(_wanted(stack)).isdisjoint(addresses):
                return Problem(
                    source=str(self.file),
                    allowed=f"the state of {PROJECTS[self.stack]}; this is that of {project}",
                    fix="exchange the two",
                )
        return _no_state(self.stack, self.file, "it has nothing that the project makes")

    def _missing(self, address: str) -> Problem:
        return Problem(
            source=str(self.file),
            key=address,
            shows_value=False,
            allowed=f"the state of {PROJECTS[self.stack]} with all that it makes; this is not in"
            " it",
            fix="apply the original once more, and take its state then: terraform state pull",
        )

    def _instances(self) -> Iterator[tuple[str, Json]]:
        for resource in self.content.get("resources", []):
            parts = [resource.get("module"), "data" if resource["mode"] == "data" else None]
            name = ".".join(filter(None, [*parts, resource["type"], resource["name"]]))
            for instance in resource["instances"]:
                key = instance.get("index_key")
                yield name if key is None else f"{name}[{json.dumps(key)}]", instance


def _wanted(stack: str) -> list[str]:
    """The addresses that a project's state must have."""
    of_aks = [each for each in MOVED.values() if "frontdoor" not in each]
    moved = of_aks if stack == "aks" else [each for each in MOVED.values() if each not in of_aks]
    return [*_SAME[stack], *moved]


def _is_state(content: object) -> bool:
    """Whether everything is there that this reads of any state."""
    if not isinstance(content, dict) or content.get("version") != 4:
        return False
    resources = content.get("resources", [])
    return isinstance(resources, list) and all(
        isinstance(each, dict)
        and all(isinstance(each.get(key), str) for key in ("mode", "type", "name"))
        and isinstance(each.get("instances"), list)
        and all(
            isinstance(instance, dict) and isinstance(instance.get("attributes"), dict)
            for instance in each["instances"]
        )
        for each in resources
    )


def _without_key(address: str) -> str:
    return address.partition("[")[0]


def _no_state(stack: str, file: Path, reason: str) -> Problem:
    return Problem(
        source=str(file),
        allowed=f"a state of the original's project {PROJECTS[stack]}: {reason[:200]}",
        fix=f"in its folder: terraform state pull > {stack}.tfstate, and name that file",
    )
