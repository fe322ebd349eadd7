"""A life with failures: a role is missing, a value is misspelled, an image never gets ready."""

import json
from typing import Any

import pytest

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.project import Synthesized
from tests.acceptance.terraform.process import TerraformError
from tests.cluster.deployment import GATEWAY, Deployment, real_charts
from tests.cluster.journal import Journal
from tests.cluster.services import wait_until
from tests.cluster.test_connections import states
from tests.cluster.test_load_balancer import PLC
from tests.cluster.test_private_link import COMPUTED

VALUES = "ISTIO_AKS_GATEWAY__VALUES"
MISSPELLED = {VALUES: '{"replicaCuont": 3}'}
BROKEN = "registry.example.com/proxyv2:broken"
UNREADY = {VALUES: json.dumps({"podAnnotations": {"sidecar.istio.io/proxyImage": BROKEN}})}
MOVED = {"ISTIO_AKS_LOAD_BALANCER__PRIVATE_IP_ADDRESS": "10.52.192.21"}
# Of the 900 seconds that the stack gives Helm, so many are enough here.
SECONDS = 40
Noted = dict[str, Any]


def live(made: Deployment, synthesized: Synthesized) -> Noted:
    """Live it, and destroy what is there at the end; what was seen."""
    journal = Journal(made.world.azure)
    noted: Noted = {}
    with journal.step(f"apply istio without the role on plc, Helm waiting {SECONDS} s"):
        noted["without-role"] = _without_role(made)
    with journal.step("apply istio again, with the role"):
        made.stack().apply()
    noted["applied"] = _state(made)
    with journal.step("plan with a value that the chart does not know"):
        noted["misspelled"] = _refused(made, synthesized, MISSPELLED)
    noted["after-misspelled"] = _state(made)
    made.cluster.kubelet.never_ready.add(BROKEN)
    with journal.step(f"apply an image that never gets ready, Helm waiting {SECONDS} s"):
        noted["unready"] = _refused(made, synthesized, UNREADY)
    noted["after-unready"] = _state(made)
    made.world.project.resynthesize(synthesized(real_charts()))
    noted["plan-as-before"] = made.stack().plan().actions
    with journal.step("apply another address of the load balancer"):
        noted["moved"] = _moved(made, synthesized)
    with journal.step("destroy istio"):
        made.stack().destroy()
    noted["left"] = [made.releases(), made.objects("/api/v1/services")]
    noted["report"] = journal.text()
    noted["steps"] = {each.name: each.changes for each in journal.steps}
    return noted


def _without_role(made: Deployment) -> Noted:
    store = made.world.azure.store
    kind = "microsoft.authorization/roleassignments"
    (role,) = [each for each in store.of_kind(kind) if PLC in each["id"]]
    store.delete(ArmId(role["id"]))
    said = _fails(made)
    events = made.get("/api/v1/namespaces/istio-ingress/events")["items"]
    store.put(ArmId(role["id"]), role)
    return {
        "said": said,
        "events": [
            [each["reason"], each["message"], each.get("count")]
            for each in events
            if each["involvedObject"]["kind"] == "Service"
        ],
        "releases": made.releases(),
        "services": made.objects("/api/v1/namespaces/istio-ingress/services"),
    }


def _moved(made: Deployment, synthesized: Synthesized) -> Noted:
    """What a plan says of another address, and how it is after the apply."""
    made.world.project.resynthesize(synthesized({**real_charts(), **MOVED}))
    plan = made.stack().plan()
    before = states(made.world.azure)
    made.stack().apply()
    wait_until(lambda: _state(made)["address"] == "10.52.192.21")
    wait_until(lambda: made.world.azure.store.get(ArmId(COMPUTED)))
    return {
        "plan": plan.actions,
        "connections": [before, states(made.world.azure)],
        "second-plan": made.stack().plan().actions,
    }


def _refused(made: Deployment, synthesized: Synthesized, settings: dict[str, str]) -> str:
    made.world.project.resynthesize(synthesized({**real_charts(), **settings}))
    return _fails(made)


def _fails(made: Deployment) -> str:
    """Apply, with less patience than the stack has; what Terraform says."""
    stack = made.stack()
    file = stack.folder / "cdk.tf.json"
    content = json.loads(file.read_text())
    release = content["resource"]["helm_release"]["istio-ingress"]
    assert release["timeout"] == 900
    release["timeout"] = SECONDS
    file.write_text(json.dumps(content, indent=2))
    with pytest.raises(TerraformError) as failed:
        stack.apply()
    return failed.value.text


def _state(made: Deployment) -> Noted:
    service = made.get(GATEWAY)
    return {
        "releases": [each for each in made.releases() if each[0] == "istio-ingress"],
        "uid": service["metadata"]["uid"],
        "address": service["status"]["loadBalancer"]["ingress"][0]["ip"],
        "annotations": service["metadata"]["annotations"],
    }
