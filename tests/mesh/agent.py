"""The real pilot-agent, which starts, drains and ends the gateway's Envoy, with what was recorded.

Envoy runs with Istio's own bootstrap; into that the recorded listener is put, since istiod's would
hold Istio's own filters, which plain Envoy lacks. istiod is not asked.
"""

import json
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.envoy import envoy_program, free_port, static_resources
from tests.mesh.kubernetes import PATIENCE, program, wait_for
from tests.mesh.proxy import get
from tests.mesh.recordings import recorded
from tests.synthesis import Json

# In Istio's image proxyv2: /var/lib/istio/envoy/envoy_bootstrap_tmpl.json.
BOOTSTRAP = "envoy_bootstrap_tmpl.json"


@dataclass(frozen=True)
class Agent:
    """It runs: its process, the port on which its Envoy answers, and that for Prometheus."""

    process: "subprocess.Popen[bytes]"
    port: int
    status: int


@contextmanager
def agent(pod: Json, applications: int, folder: Path, told: Json | None = None) -> Iterator[Agent]:
    """Run it meanwhile as the container of a pod.

    Args:
        pod: the template of the gateway's Deployment.
        applications: the port of what answers in the place of all applications.
        folder: its working directory.
        told: what istiod told the gateway, in the place of what was recorded of the defaults.
    """
    port, ready = free_port(), free_port()
    ours = static_resources(told or recorded("default"), port, applications, folder / "access.log")
    template = folder / BOOTSTRAP
    template.write_text(_with(Path(program(BOOTSTRAP)).read_text(), ours))
    annotations = folder / "etc" / "istio" / "pod" / "annotations"
    annotations.parent.mkdir(parents=True)
    annotations.write_text(
        "".join(f"{key}={json.dumps(text)}\n" for key, text in _annotations(pod).items())
    )
    environment = {
        each["name"]: each["value"]
        for each in pod["spec"]["containers"][0]["env"]
        if "value" in each
    }
    local = {
        "binaryPath": envoy_program(),
        "controlPlaneAuthPolicy": "NONE",
        "discoveryAddress": f"localhost:{free_port()}",
        "proxyAdminPort": free_port(),
        "statusPort": ready,
    }
    log = folder / "pilot-agent.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [program("pilot-agent"), "proxy", "router", f"--templateFile={template}"],
            cwd=folder,
            env=environment
            | {
                "ENVOY_PROMETHEUS_PORT": str(free_port()),
                "ENVOY_STATUS_PORT": str(free_port()),
                # It asks nobody for a certificate then.
                "FILE_MOUNTED_CERTS": "true",
                "INSTANCE_IP": "127.0.0.1",
                "POD_NAME": "istio-ingress-1",
                "POD_NAMESPACE": "istio-ingress",
                "PROXY_CONFIG": json.dumps(local),
            },
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_for(lambda: _answer(process, port, log))
            yield Agent(process, port, ready)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # Its Envoy too.
            process.wait(timeout=PATIENCE)


def _answer(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    assert process.poll() is None, log.read_text()
    get(f"http://127.0.0.1:{port}/probe")


def _annotations(pod: Json) -> Mapping[str, str]:
    found: Mapping[str, str] = pod["metadata"]["annotations"]
    return found


def _with(bootstrap: str, ours: Json) -> str:
    """Istio's bootstrap with our listener and clusters, and without a wait for istiod."""
    for key, opening in (("listeners", '"listeners":['), ("clusters", '"clusters": [')):
        assert opening in bootstrap, f"{BOOTSTRAP} has no {opening}"
        text = "".join(f"{json.dumps(each)}," for each in ours[key])
        bootstrap = bootstrap.replace(opening, opening + text, 1)
    return bootstrap.replace('"initial_fetch_timeout": "0s"', '"initial_fetch_timeout": "1s"')
