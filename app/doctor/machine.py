"""What a deploy needs on this machine besides Terraform."""

import shutil
from collections.abc import Iterator

from app.doctor.site import Question, Site
from app.errors import Problem
from settings.terraform import Kubelogin


def questions(site: Site) -> Iterator[Question]:
    """Whether kubelogin is here, where helm and kubernetes come to the cluster by it."""
    if site.makes("istio") and isinstance(site.settings.way_in, Kubelogin):
        yield _kubelogin


def _kubelogin() -> Iterator[Problem]:
    if shutil.which("kubelogin") is None:
        yield Problem(
            source="kubelogin",
            allowed="on the PATH: the stack istio comes to the cluster by it",
            fix="`az aks install-cli`",
        )
