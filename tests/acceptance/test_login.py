"""Scenario 7: Azure does not know the subscription, or does not let the user in."""

from dataclasses import replace

import pytest

from tests.acceptance.azure.faults import Fault
from tests.acceptance.azure.messages import Answer, error
from tests.acceptance.terraform.process import TerraformError
from tests.acceptance.world import World

OTHER = "00000000-0000-0000-0000-00000000dead"


def test_a_wrong_subscription_is_named(empty: World) -> None:
    stack = empty.stack("aks")
    wrong = replace(stack, environment={**stack.environment, "ARM_SUBSCRIPTION_ID": OTHER})
    with pytest.raises(TerraformError) as failed:
        wrong.plan()
    assert "SubscriptionNotFound" in str(failed.value)
    assert f"The subscription '{OTHER}' could not be found" in str(failed.value)


def test_an_expired_token_is_told(empty: World) -> None:
    answer = error(401, "ExpiredAuthenticationToken", "The access token expiry has passed.")
    empty.azure.faults.add(Fault("GET", "/subscriptions/*", answer, times=100))
    with pytest.raises(TerraformError, match="ExpiredAuthenticationToken"):
        empty.stack("aks").plan()


def test_an_expired_secret_is_told(empty: World) -> None:
    answer = Answer(
        401,
        {
            "error": "invalid_client",
            "error_description": "AADSTS7000222: The provided client secret keys are expired.",
        },
    )
    empty.azure.faults.add(Fault("POST", "*/oauth2/*", answer, times=100))
    with pytest.raises(TerraformError, match="client secret keys are expired"):
        empty.stack("aks").plan()
