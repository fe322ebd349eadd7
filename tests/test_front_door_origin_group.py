import pytest
from cdktf import TerraformStack

from constructs.front_door.origin_group import FrontDoorOriginGroup
from settings.front_door import LoadBalancing, Probe
from tests.synthesis import Json, synth


def groups(stack: TerraformStack) -> Json:
    made: Json = synth(stack)["resource"]["azurerm_cdn_frontdoor_origin_group"]
    return made


def test_has_the_values_of_the_original(stack: TerraformStack) -> None:
    FrontDoorOriginGroup(
        stack, "web", name="MyOriginGroup", profile_id="p", probe=Probe(path="/probe")
    )
    assert groups(stack)["web"] == {
        "name": "MyOriginGroup",
        "cdn_frontdoor_profile_id": "p",
        "session_affinity_enabled": True,
        "load_balancing": {
            "sample_size": 4,
            "successful_samples_required": 3,
            "additional_latency_in_milliseconds": 50,
        },
        "health_probe": {
            "path": "/probe",
            "request_type": "GET",
            "protocol": "Http",
            "interval_in_seconds": 100,
        },
    }


def test_second_group_on_the_same_profile_has_a_probe_of_its_own(stack: TerraformStack) -> None:
    FrontDoorOriginGroup(stack, "web", name="Web", profile_id="p", probe=Probe(path="/probe"))
    FrontDoorOriginGroup(
        stack,
        "api",
        name="Api",
        profile_id="p",
        probe=Probe(path="/livez", interval_in_seconds=30, request_type="HEAD"),
    )
    made = groups(stack)
    assert made["web"]["health_probe"]["path"] == "/probe"
    assert made["api"]["health_probe"] == {
        "path": "/livez",
        "request_type": "HEAD",
        "protocol": "Http",
        "interval_in_seconds": 30,
    }
    assert made["web"]["cdn_frontdoor_profile_id"] == made["api"]["cdn_frontdoor_profile_id"]


def test_goes_without_a_probe(stack: TerraformStack) -> None:
    FrontDoorOriginGroup(stack, "web", name="Web", profile_id="p", probe=None)
    assert "health_probe" not in groups(stack)["web"]


@pytest.mark.parametrize("interval", [0, 256, 300])
def test_refuses_a_probe_interval(interval: int) -> None:
    with pytest.raises(ValueError, match="a whole number from 1 to 255 seconds"):
        Probe(path="/probe", interval_in_seconds=interval)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "probe",
        "/pro be",
        "/probe?x=1",
        "/probe*",
        "/",
        "/{x}",
        "/a{b",
        "/a/../probe",
        "/./a",
        "//probe",
        "/a//b",
        "/pr%6Fbe",
        "/pröbe",
        "/a\\b",
        "/a;b",
    ],
)
def test_refuses_a_probe_path(path: str) -> None:
    with pytest.raises(ValueError, match='a path below "/": parts of letters'):
        Probe(path=path)


def test_refuses_more_successes_than_samples() -> None:
    with pytest.raises(
        ValueError, match="allowed: successful_samples_required: at most sample_size, 4"
    ):
        LoadBalancing(sample_size=4, successful_samples_required=5)
