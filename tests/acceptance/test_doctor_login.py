"""`make doctor` says in one line who is not signed in, and what could not be asked."""

import os
from pathlib import Path

import pytest

from tests.acceptance.azure.faults import Fault
from tests.acceptance.azure.messages import Answer, error
from tests.acceptance.azure.resource_manager import SUBSCRIPTION
from tests.acceptance.azure.stand_in import Azure
from tests.acceptance.azure.subscription import size
from tests.acceptance.doctor import examine, sign_in, write_az

ROOT_ID = f"/subscriptions/{SUBSCRIPTION}"


def test_without_the_cli_a_line_says_so(azure: Azure, tmp_path: Path) -> None:
    found = examine(azure, tmp_path, "", {"PATH": str(tmp_path)})
    assert found.status == 1
    assert found.missing == [
        "az: allowed: on the PATH: Azure is asked with its login; fix: install the Azure"
        " CLI, and run `az login`"
    ]


def test_where_nobody_is_signed_in_a_line_says_so(azure: Azure, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write_az(other, "echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1")
    found = examine(azure, tmp_path, "", {"PATH": f"{other}:{os.environ['PATH']}"})
    assert found.status == 1
    assert found.missing == [
        "az: allowed: somebody who is signed in; `az cloud show` says: ERROR: Please run 'az login'"
        " to setup account.; fix: run `az login`; `az account list` shows the subscriptions that it"
        " knows"
    ]


def test_another_program_of_that_name_is_told(azure: Azure, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write_az(other, "echo hello")
    found = examine(azure, tmp_path, "", {"PATH": f"{other}:{os.environ['PATH']}"})
    assert found.status == 1
    assert found.lines[0].startswith("az: allowed: somebody who is signed in; ")


def test_a_cloud_without_https_gets_no_token(azure: Azure, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    sign_in(other, azure)
    file = other / "az"
    file.write_text(file.read_text().replace(f"https://{azure.host}", f"http://{azure.host}"))
    found = examine(azure, tmp_path, "", {"PATH": f"{other}:{os.environ['PATH']}"})
    assert found.status == 1
    assert found.lines[0].startswith("az: allowed: a cloud that is asked by https, not http://")


def test_a_subscription_that_nobody_names_is_told(azure: Azure, tmp_path: Path) -> None:
    found = examine(azure, tmp_path, "", {"ARM_SUBSCRIPTION_ID": ""})
    assert found.missing == [
        "ARM_SUBSCRIPTION_ID: allowed: an id, where subscription_id is not set: azurerm does not"
        f" take that of the CLI; fix: `export ARM_SUBSCRIPTION_ID={SUBSCRIPTION}`"
    ]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('subscription_id = "00000000-0000-0000-0000-00000000dead"', "can see and use; fix: run"),
        ("", "Enabled; it is Disabled, in which nothing can be made; fix: run `az login`"),
    ],
)
def test_a_subscription_of_no_use_is_one_line(
    azure: Azure, tmp_path: Path, settings: str, words: str
) -> None:
    azure.subscription.state = "Disabled"
    found = examine(azure, tmp_path, settings)
    assert found.status == 1
    (line,) = found.missing
    assert line.startswith("subscription 00000000-0000-0000-0000-00000000")
    assert words in line


def test_an_azure_that_is_not_trusted_is_one_line(azure: Azure, tmp_path: Path) -> None:
    found = examine(azure, tmp_path, "", {"SSL_CERT_FILE": "/dev/null"})
    assert found.status == 1
    (line,) = found.missing
    assert "CERTIFICATE_VERIFY_FAILED" in line


def test_what_may_not_be_read_is_a_line_and_no_failure(azure: Azure, tmp_path: Path) -> None:
    refusal = error(403, "AuthorizationFailed", "The client does not have authorization.")
    azure.faults.add(Fault("GET", "*/Microsoft.Compute/skus", refusal, times=100))
    found = examine(azure, tmp_path)
    assert found.status == 0
    assert found.lines[0] == (
        f"could not be asked: {ROOT_ID}/providers/Microsoft.Compute/skus: 403 AuthorizationFailed:"
        " The client does not have authorization."
    )
    assert found.lines[1].endswith(" asked: nothing is missing, 1 could not be asked")


def test_a_connection_that_is_dropped_is_a_line(azure: Azure, tmp_path: Path) -> None:
    azure.faults.add(Fault("GET", "*/kubernetesVersions", None, times=100))
    found = examine(azure, tmp_path)
    assert found.status == 0
    assert found.lines[0].startswith(f"could not be asked: {ROOT_ID}/providers/Microsoft.Contain")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_the_token_is_shown_to_nobody_else(azure: Azure, tmp_path: Path, status: int) -> None:
    elsewhere = Answer(status, None, {"Location": f"https://{azure.host}/elsewhere"})
    azure.faults.add(Fault("GET", "*/kubernetesVersions", elsewhere, times=100))
    found = examine(azure, tmp_path)
    assert found.lines[0].startswith(f"could not be asked: {ROOT_ID}/providers/Microsoft.Contain")
    assert azure.recording.requests("GET", "/elsewhere") == []


def test_a_list_goes_on_at_its_next_page(azure: Azure, tmp_path: Path) -> None:
    first = {"value": [], "nextLink": f"https://{azure.host}{ROOT_ID}/next"}
    azure.faults.add(Fault("GET", "*/skus", Answer(200, first)))
    sizes = {"value": list(azure.subscription.sizes.values())}
    azure.faults.add(Fault("GET", "*/next", Answer(200, sizes)))
    assert examine(azure, tmp_path).status == 0


def test_a_next_page_elsewhere_is_not_asked(azure: Azure, tmp_path: Path) -> None:
    page = {"value": [], "nextLink": f"https://{azure.host}.example.com/next"}
    azure.faults.add(Fault("GET", "*/skus", Answer(200, page)))
    found = examine(azure, tmp_path)
    assert found.status == 0
    assert found.lines[0] == (
        f"could not be asked: {ROOT_ID}/providers/Microsoft.Compute/skus: its next page is"
        " elsewhere"
    )


def test_an_answer_of_another_form_is_a_line(azure: Azure, tmp_path: Path) -> None:
    azure.subscription.versions = [{"version": "1.34"}, {"kubernetes": "1.35", "isDefault": True}]
    found = examine(azure, tmp_path)
    assert found.status == 0
    assert "could not be asked: an answer of Azure's has another form: KeyError" in found.lines[0]


def test_a_size_of_another_form_is_a_line(azure: Azure, tmp_path: Path) -> None:
    azure.subscription.sizes["Standard_D4s_v5"] = size("Standard_D4s_v5", "f", 4, vCPUs="many")
    found = examine(azure, tmp_path)
    assert found.lines[0].startswith("could not be asked: an answer of Azure's has another form")
