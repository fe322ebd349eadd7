"""What the checks look at: an environment, its subscription, and what is deployed of it."""

import os
import shutil
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from app.doctor.azure import Azure, Json, NotAnsweredError
from app.errors import Problem, UserError
from app.states import State, resources
from rules.keys import Location, key_of
from settings import Environment, Settings
from settings.terraform import AzurermBackend

CLUSTERS = "2025-07-01"

# One thing that is asked: the misses, or a NotAnsweredError.
Question = Callable[[], Iterable[Problem]]


@dataclass(frozen=True)
class Site:
    """An environment, and where it is to be deployed.

    Args:
        environment: whose settings they are.
        azure: its subscription's cloud.
        subscription: the id of the subscription.
        folder: where local states lie.
    """

    environment: Environment
    azure: Azure
    subscription: str
    folder: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def settings(self) -> Settings:
        """What the settings file says."""
        return self.environment.settings

    @property
    def root(self) -> str:
        """The id of the subscription as a path."""
        return f"/subscriptions/{self.subscription}"

    @property
    def region(self) -> str:
        """Where the cluster is to be."""
        return self.settings.cluster.region

    def makes(self, stack: str) -> bool:
        """Whether a stack is part of it."""
        return stack in self.settings.stacks

    def group(self, name: str) -> str:
        """The id of a resource group."""
        return f"{self.root}/resourceGroups/{name}"

    @property
    def home(self) -> str:
        """The id of the cluster's group."""
        return self.group(self.settings.names.resource_group)

    @property
    def cluster_id(self) -> str:
        """The id of the cluster."""
        name = self.settings.names.cluster
        return f"{self.home}/providers/Microsoft.ContainerService/managedClusters/{name}"

    @property
    def cluster(self) -> Json | None:
        """The cluster as Azure shows it; None where it is not there."""
        return self.azure.get(self.cluster_id, CLUSTERS)

    def owns(self, id_: str) -> bool:
        """Whether one of the states has the resource of this id.

        Raises:
            NotAnsweredError: for a state that cannot be read.
        """
        with self._lock:
            return any(
                str(instance.get("attributes", {}).get("id", "")).lower() == id_.lower()
                for resource in self._states
                for instance in resource.get("instances", [])
            )

    @cached_property
    def _states(self) -> list[State]:
        program = os.environ.get("TERRAFORM_BINARY_NAME") or "terraform"
        if isinstance(self.settings.backend, AzurermBackend) and shutil.which(program) is None:
            raise NotAnsweredError(f"the states in Azure Storage: {program} is not on the PATH")
        try:
            return [
                each
                for stack in self.environment.stacks()
                for each in resources(self.environment, stack, self.folder)
            ]
        except UserError as error:
            raise NotAnsweredError(str(error)) from None

    def problem(self, location: Location, allowed: str, fix: str, value: object = None) -> Problem:
        """A line about the setting that stands there; nothing is shown of an unset one."""
        return Problem(
            source=self.environment.source_of(location),
            key=key_of(location),
            value=value,
            allowed=allowed,
            fix=fix,
            shows_value=value is not None,
        )
