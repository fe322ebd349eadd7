"""Which images the settings install, and how they get into a registry of one's own."""

from collections.abc import Iterator, Mapping

from rules import images
from rules.images import Image
from settings.environments import Environment
from settings.model import Settings


def installed(settings: Settings) -> list[Image]:
    """The images of everything that the stack istio runs, by name; without those of AKS.

    Of a chart whose version is not known here there is none.
    """
    istio = settings.istio
    found = [
        each
        for release in sorted(set(istio.control_planes.values()))
        for each in images.of_istio(release, cni=istio.cni, distroless=istio.distroless)
    ]
    if settings.sample.enabled:
        found.append(images.image(settings.sample.image))
    if settings.gateway.tls and settings.gateway.tls.cert_manager:
        found += images.of_cert_manager(settings.gateway.tls.cert_manager.version)
    if settings.monitoring.enabled:
        options = settings.monitoring
        found += images.of_monitoring(options.version, dashboards=options.dashboards) or []
    # A sample that is named with the registry of one's own is there already.
    chosen = settings.images.registry
    return sorted(
        (each for each in found if not (chosen and str(each).startswith(f"{chosen}/"))), key=str
    )


def image_lines(
    environment: Environment, digests: Mapping[str, str] | None = None
) -> Iterator[str]:
    """A line of a shell script for each image; what is no command is a comment.

    Args:
        environment: whose images.
        digests: of those that are pinned, by their names; they are brought as they were pinned.
    """
    settings = environment.settings
    if "istio" not in settings.stacks:
        return
    chosen = settings.images.registry
    for each in installed(settings):
        yield _line(each, chosen, (digests or {}).get(str(each)))
    version = settings.monitoring.version
    if settings.monitoring.enabled and images.of_monitoring(version) is None:
        yield (
            f"# The images of kube-prometheus-stack {version} are not known here:"
            " helm template its chart and look for image:"
        )


def _line(image: Image, chosen: str | None, digest: str | None) -> str:
    # An import takes either a tag or a digest, which an index of several platforms keeps.
    source = f"{str(image).rpartition(':')[0]}@{digest}" if digest else str(image)
    if chosen is None:
        return f"# {image}@{digest}" if digest else f"# {image}"
    host, _, path = chosen.partition("/")
    target = f"{path}/{image.name}" if path else image.name
    named = f"--image {target}"
    if "@" in target:
        # By its digest it has no tag (azure-docs, container-registry-import-images.md).
        repository, _, last = target.partition("@")[0].rpartition("/")
        named = f"--repository {repository}/{last.partition(':')[0]}"
    if not host.endswith(images.AZURE):
        return f"# copy {source} to {host}/{target}"
    # A registry with a label of its domain has a hash behind its name (azure-cli, acr/_validators).
    name = host.removesuffix(images.AZURE).partition("-")[0]
    return f"az acr import --name {name} --source {source} {named}"
