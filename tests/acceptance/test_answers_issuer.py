"""When AKS has an OIDC issuer, and that it never lets go of it."""

import pytest

from tests.acceptance.answers import CLUSTER, Asker, cluster
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.messages import Json

ON = {"enabled": True}
OFF = {"enabled": False}


@pytest.fixture
def azure(authority: Authority) -> Asker:
    return Asker(authority)


def _issuer(azure: Asker) -> Json:
    return dict(azure.properties(CLUSTER)["oidcIssuerProfile"])


def test_it_is_on_from_1_34_on_and_has_an_address(azure: Asker) -> None:
    azure.put(CLUSTER, cluster(kubernetesVersion="1.34"))
    issuer = _issuer(azure)
    assert issuer.pop("issuerURL").startswith(
        "https://westeurope.oic.prod-aks.azure.com/00000000-0000-0000-0000-000000000000/"
    )
    assert issuer == ON


def test_it_is_off_before_1_34(azure: Asker) -> None:
    azure.put(CLUSTER, cluster(kubernetesVersion="1.33"))
    assert _issuer(azure) == OFF


def test_an_upgrade_does_not_switch_it_on(azure: Asker) -> None:
    azure.put(CLUSTER, cluster(kubernetesVersion="1.33"))
    azure.put(CLUSTER, cluster(kubernetesVersion="1.34"))
    assert _issuer(azure) == OFF


def test_it_can_be_switched_on(azure: Asker) -> None:
    azure.put(CLUSTER, cluster(kubernetesVersion="1.33"))
    azure.put(CLUSTER, cluster(kubernetesVersion="1.33", oidcIssuerProfile=ON))
    assert _issuer(azure)["enabled"] is True


def test_it_stays_where_nothing_is_said_of_it(azure: Asker) -> None:
    azure.put(CLUSTER, cluster(kubernetesVersion="1.33", oidcIssuerProfile=ON))
    azure.put(CLUSTER, cluster(kubernetesVersion="1.33"))
    assert _issuer(azure)["enabled"] is True


def test_it_cannot_be_switched_off(azure: Asker) -> None:
    azure.put(CLUSTER, cluster())
    answer = azure.put(CLUSTER, cluster(oidcIssuerProfile=OFF))
    assert answer.status == 400
    assert answer.body == {
        "error": {
            "code": "OIDCIssuerFeatureCannotBeDisabled",
            "message": "OIDC issuer feature cannot be disabled.",
        }
    }
    assert _issuer(azure)["enabled"] is True
