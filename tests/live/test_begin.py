"""`make live` begins only when it is told its own name, and not where it might harm."""

import pytest

from tests.live.__main__ import main
from tests.live.terraform import Scratch


@pytest.fixture(autouse=True)
def _nothing_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> str:
        raise AssertionError(arguments)

    monkeypatch.setattr(Scratch, "run", refuse)
    monkeypatch.setattr(Scratch, "synthesize", refuse)
    # main overrides settings by variables; they go with the test.
    monkeypatch.setattr("os.environ", {"ARM_SUBSCRIPTION_ID": "a subscription"})


def test_it_says_what_it_costs_and_where_it_goes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("builtins.input", lambda prompt: "")
    main([])
    told = " ".join(capsys.readouterr().out.split())
    assert "This deploys live-aks and live-istio to the subscription a subscription" in told
    assert "a resource group of its own, istio-aks-live, and destroys it again" in told
    assert "about 5 to 10 US dollars" in told


def test_nothing_is_done_without_the_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("builtins.input", lambda prompt: "yes")
    assert main([]) == 2
    assert capsys.readouterr().out.endswith("Nothing was done.\n")


def test_it_touches_nothing_that_is_in_use(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(__import__("os").environ, "ISTIO_AKS_EXISTING__RESOURCE_GROUP", "true")
    assert main([]) == 2
    assert capsys.readouterr().err == (
        "live: [existing]: names what is in use; fix: settings that make all anew\n"
    )


def test_a_name_that_is_somebody_elses_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--name", "prod"])
    assert "live, or live and up to 8 letters or digits: prod" in capsys.readouterr().err


def test_a_subscription_must_be_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.environ", {})
    assert main([]) == 2
    assert capsys.readouterr().err == (
        "live: ARM_SUBSCRIPTION_ID: not set; fix: az login, then export it\n"
    )
