"""What the real istiod put into pods, and what Kubernetes' Pod Security Admission said of them."""

from pathlib import Path

import pytest

from tests.mesh.injection import CASES, given, record
from tests.placement.unchecked import stacks_of
from tests.synthesis import Json


@pytest.mark.parametrize("name", CASES)
def test_the_record_was_made_with_these_values(tmp_path: Path, name: str) -> None:
    assert given(stacks_of(CASES[name], tmp_path)[1]) == record()[name]["given"], (
        "ask istiod again: tests/mesh/injection.py says how"
    )


def init(case: str, name: str) -> Json:
    made = record()[case]["injected"]["initContainers"]
    found: Json = next(each for each in made if each["name"] == name)
    return found


def test_without_istio_cni_the_levels_refuse_every_sidecar() -> None:
    said = record()["default"]["pods"]
    assert said["privileged"] == "let in"
    for level in ("baseline", "restricted"):
        assert 'container "istio-init" must not include "NET_ADMIN", "NET_RAW"' in said[level]


def test_with_istio_cni_a_pod_that_keeps_a_level_keeps_it_with_its_sidecar() -> None:
    assert record()["cni"]["pods"] == {
        "privileged": "let in",
        "baseline": "let in",
        "restricted": "let in",
    }


def test_with_istio_cni_nothing_adds_a_capability() -> None:
    for each in record()["cni"]["injected"]["initContainers"]:
        assert each["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert each["securityContext"]["runAsNonRoot"] is True


def test_istio_cni_itself_needs_a_namespace_without_a_level() -> None:
    said = record()["cni"]["on-nodes"]
    assert said["istio-system"] == "let in"
    assert "hostPath volumes" in said["shop-baseline"]


def test_istio_cni_goes_to_every_node_and_is_sent_away_last() -> None:
    said = record()["cni"]["on-nodes"]
    assert said["priority"] == "system-node-critical"
    assert {"operator": "Exists", "effect": "NoSchedule"} in said["tolerations"]
    assert {"operator": "Exists", "effect": "NoExecute"} in said["tolerations"]


def test_the_sidecar_is_a_native_one_and_drains_before_the_application_has_ended() -> None:
    sidecar = init("default", "istio-proxy")
    assert sidecar["restartPolicy"] == "Always"
    assert sidecar["lifecycle"]["preStop"]["exec"]["command"][-2:] == ["POST", "drain"]
    assert record()["default"]["injected"]["containers"] == []


def test_every_namespace_may_have_pods_of_the_highest_priority() -> None:
    assert record()["default"]["system-cluster-critical"] == "let in with priority 2000000000"


def test_what_is_said_of_sidecars_is_what_they_get() -> None:
    sidecar = init("sized", "istio-proxy")
    assert sidecar["resources"] == {
        "requests": {"cpu": "50m", "memory": "96Mi"},
        # The chart's own where nothing is said.
        "limits": {"cpu": "2", "memory": "512Mi"},
    }
    assert sidecar["image"].endswith("-distroless")
    assert record()["sized"]["injected"]["configuration"]["concurrency"] == 1


def test_only_a_sidecar_that_is_no_native_one_has_to_be_told_to_hold_the_application() -> None:
    native = init("sized", "istio-proxy")
    assert "postStart" not in native["lifecycle"]
    (other,) = record()["sized"]["not-native"]["containers"]
    assert other["lifecycle"]["postStart"]["exec"]["command"] == ["pilot-agent", "wait"]
    (untold,) = record()["default"]["not-native"]["containers"]
    assert "lifecycle" not in untold
