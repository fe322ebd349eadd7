"""azurerm's log is read whole, and nothing secret or personal is kept."""

from typing import Any

from tests.live.exchanges import Exchange, Reader

SUBSCRIPTION = "aaaaaaaa-1111-2222-3333-444444444444"
PERSON = "bbbbbbbb-1111-2222-3333-444444444444"
ROLE = "4d97b98b-1d4f-4787-a291-c67834d212e7"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/g"


def _log(*lines: str) -> str:
    """A log as Terraform 1.11 writes it; a second passes with each line."""
    before = "[DEBUG] provider.terraform-provider-azurerm_v4.55.0"
    return "\n".join(
        f"2026-11-24T10:00:{number:02}.000Z {before}{f': {line}' if line else ''}"
        for number, line in enumerate(lines)
    )


def _asked(method: str, target: str, body: str = "") -> list[str]:
    return ["[DEBUG] AzureRM Request: ", f"{method} {target} HTTP/1.1", "Host: a", "", body]


def _answered(target: str, status: str, *body: str) -> list[str]:
    url = f"[DEBUG] AzureRM Response for https://a{target}: "
    return [url, f"HTTP/1.1 {status}", "Content-Type: application/json", "", *body]


def _read(*lines: str) -> list[Exchange]:
    return Reader(SUBSCRIPTION).read(_log(*lines))


def _answer(body: str) -> Any:
    (each,) = _read(*_asked("GET", GROUP), *_answered(GROUP, "200 OK", body))
    return each.answer


def test_a_request_is_read_with_its_answer() -> None:
    target = f"{GROUP}?%24filter=x&api-version=2023-07-01"
    (each,) = _read(
        *_asked("PUT", target, '{"location":"a"}'), *_answered(target, "201 Created", '{"b": 1}')
    )
    path = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g"
    query = {"$filter": "x"}
    assert each == Exchange(0, 4, "PUT", path, query, {"location": "a"}, 201, {"b": 1})


def test_answers_find_their_requests_in_any_order() -> None:
    one, other = f"{GROUP}/one", f"{GROUP}/other"
    read = _read(
        *_asked("GET", one),
        *_asked("GET", other),
        *_answered(other, "404 Not Found"),
        *_answered(one, "200 OK"),
    )
    assert [(each.path[-5:], each.status) for each in read] == [("other", 404), ("g/one", 200)]


def test_a_request_without_an_answer_is_left_out() -> None:
    read = _read(*_asked("GET", GROUP), *_asked("GET", GROUP), *_answered(GROUP, "200 OK"))
    assert [each.status for each in read] == [200]


def test_an_answer_in_chunks_is_put_together() -> None:
    read = _read(*_asked("GET", GROUP), *_answered(GROUP, "200 OK", "5", '{"a":', "2", "1}", "0"))
    assert [each.answer for each in read] == [{"a": 1}]


def test_an_answer_that_is_no_json_is_kept_as_text() -> None:
    assert _answer("<html>") == "<html>"


def test_logins_and_credentials_are_left_out() -> None:
    for target in (f"/{PERSON}/oauth2/v2.0/token", f"{GROUP}/listClusterUserCredential"):
        assert _read(*_asked("POST", target), *_answered(target, "200 OK", "{}")) == []


def test_an_id_becomes_the_same_number_each_time() -> None:
    assert _answer(f'["{PERSON}", "{PERSON.upper()}"]') == [
        "00000000-0000-0000-0000-000000000001",
        "00000000-0000-0000-0000-000000000001",
    ]


def test_ids_of_azures_own_roles_stay() -> None:
    assert _answer(f'["/x/roleDefinitions/{ROLE}", "{ROLE}"]') == [
        f"/x/roleDefinitions/{ROLE}",
        ROLE,
    ]


def test_persons_are_left_out() -> None:
    assert _answer('{"a": {"systemData": {"createdBy": "somebody@contoso.com"}, "b": 1}}') == {
        "a": {"b": 1}
    }


def test_secrets_are_left_out_by_the_names_of_their_keys() -> None:
    body = '{"adminPassword": "x", "primaryKey": "x", "clientSecret": "x", "name": "x"}'
    assert _answer(body) == {
        "adminPassword": "(left out)",
        "primaryKey": "(left out)",
        "clientSecret": "(left out)",
        "name": "x",
    }
