"""A sample application: something that answers behind the gateway."""

from collections.abc import Sequence

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_kubernetes.deployment_v1 import (
    DeploymentV1,
    DeploymentV1Metadata,
    DeploymentV1Spec,
    DeploymentV1SpecSelector,
    DeploymentV1SpecTemplate,
    DeploymentV1SpecTemplateMetadata,
    DeploymentV1SpecTemplateSpec,
    DeploymentV1SpecTemplateSpecContainer,
    DeploymentV1SpecTemplateSpecContainerLivenessProbe,
    DeploymentV1SpecTemplateSpecContainerLivenessProbeHttpGet,
    DeploymentV1SpecTemplateSpecContainerPort,
    DeploymentV1SpecTemplateSpecContainerReadinessProbe,
    DeploymentV1SpecTemplateSpecContainerReadinessProbeHttpGet,
    DeploymentV1SpecTemplateSpecContainerResources,
    DeploymentV1SpecTemplateSpecContainerSecurityContext,
    DeploymentV1SpecTemplateSpecContainerSecurityContextCapabilities,
    DeploymentV1SpecTemplateSpecSecurityContext,
    DeploymentV1SpecTemplateSpecSecurityContextSeccompProfile,
)
from cdktf_cdktf_provider_kubernetes.service_v1 import (
    ServiceV1,
    ServiceV1Metadata,
    ServiceV1Spec,
    ServiceV1SpecPort,
)
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import names
from rules.releases import SAMPLE_IMAGE

PORT = 8080
_USER = "10001"


class SampleApp(Construct):
    """A Deployment and a Service that answer HTTP on port 8080.

    `/` says the time, `/hostname` the pod, `/clientip` the caller, `/header?key=NAME` a header of
    the request.

    Exposes `name`, `namespace` and `port`, for a route.

    Args:
        name: Deployment and Service.
        namespace: where they go.
        image: the image, by default one that the Kubernetes project maintains.
        depends_on: what must exist before the pod starts, such as injection and istiod.

    Raises:
        ValueError: for a name that Kubernetes refuses.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        namespace: str,
        image: str = SAMPLE_IMAGE,
        depends_on: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        self.name = guard(f"SampleApp {id_} name", name, names.kubernetes)
        self.namespace = namespace
        self.port = PORT
        labels = {"run": name}
        deployment = DeploymentV1(
            self,
            "deployment",
            metadata=DeploymentV1Metadata(name=name, namespace=namespace, labels=labels),
            spec=DeploymentV1Spec(
                replicas="1",
                selector=DeploymentV1SpecSelector(match_labels=labels),
                template=DeploymentV1SpecTemplate(
                    metadata=DeploymentV1SpecTemplateMetadata(labels=labels),
                    spec=_pod(name, image),
                ),
            ),
            depends_on=list(depends_on) or None,
        )
        logical_id_by_path(deployment, "kubernetes_deployment_v1")
        service = ServiceV1(
            self,
            "service",
            metadata=ServiceV1Metadata(name=name, namespace=namespace),
            spec=ServiceV1Spec(
                selector=labels,
                # Istio takes the protocol from the port's name.
                port=[ServiceV1SpecPort(name="http", port=PORT, target_port=str(PORT))],
            ),
        )
        logical_id_by_path(service, "kubernetes_service_v1")


def _pod(name: str, image: str) -> DeploymentV1SpecTemplateSpec:
    # What the restricted Pod Security Standard asks for, and a read-only root besides.
    return DeploymentV1SpecTemplateSpec(
        automount_service_account_token=False,
        security_context=DeploymentV1SpecTemplateSpecSecurityContext(
            run_as_non_root=True,
            run_as_user=_USER,
            run_as_group=_USER,
            seccomp_profile=DeploymentV1SpecTemplateSpecSecurityContextSeccompProfile(
                type="RuntimeDefault"
            ),
        ),
        container=[
            DeploymentV1SpecTemplateSpecContainer(
                name=name,
                image=image,
                args=["netexec", f"--http-port={PORT}"],
                port=[DeploymentV1SpecTemplateSpecContainerPort(container_port=PORT, name="http")],
                readiness_probe=DeploymentV1SpecTemplateSpecContainerReadinessProbe(
                    http_get=DeploymentV1SpecTemplateSpecContainerReadinessProbeHttpGet(
                        path="/healthz", port=str(PORT)
                    )
                ),
                liveness_probe=DeploymentV1SpecTemplateSpecContainerLivenessProbe(
                    http_get=DeploymentV1SpecTemplateSpecContainerLivenessProbeHttpGet(
                        path="/healthz", port=str(PORT)
                    )
                ),
                resources=DeploymentV1SpecTemplateSpecContainerResources(
                    requests={"cpu": "10m", "memory": "32Mi"}, limits={"memory": "64Mi"}
                ),
                security_context=DeploymentV1SpecTemplateSpecContainerSecurityContext(
                    allow_privilege_escalation=False,
                    read_only_root_filesystem=True,
                    capabilities=DeploymentV1SpecTemplateSpecContainerSecurityContextCapabilities(
                        drop=["ALL"]
                    ),
                ),
            )
        ],
    )
