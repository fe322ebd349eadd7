import pytest

from rules import Rule, RuleError, versions


@pytest.mark.parametrize("value", ["1.30.3", "0.0.0", "88.5.3", "1.31.0-rc.0", "1.0.0-a-b.1"])
def test_an_exact_version_is_accepted(value: str) -> None:
    assert versions.release(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "1.30",
        "01.30.3",
        "1.030.3",
        "1.30.03",
        "1.30.3--",
        "1.30.3-",
        "1.30.3-rc..1",
        "1.30.3-01",
        "v1.30.3",
        "1.30.3+build",
        "१.30.3",
        "1.30.3-é",
        "",
        "1.30.3\n",
    ],
)
def test_what_is_no_exact_version_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match="an exact version of three numbers"):
        versions.release(value)


@pytest.mark.parametrize("value", ["1.22.0", "1.30.3", "1.40.0", "1.31.0-rc.0"])
def test_a_release_of_istio_is_accepted_from_1_22_on(value: str) -> None:
    assert versions.istio(value) == value


@pytest.mark.parametrize("value", ["1.17.1", "1.21.9", "0.30.0", "2.30.0", "99.0.0"])
def test_a_release_that_istio_has_not_or_the_chart_cannot_use_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match=r"a release 1\.x of Istio from 1\.22\.0 on"):
        versions.istio(value)


@pytest.mark.parametrize("value", ["1.30", "1.35.2", "1.5", "1.99.99"])
def test_a_version_of_kubernetes_is_accepted(value: str) -> None:
    assert versions.kubernetes(value) == value


@pytest.mark.parametrize("value", ["1", "1.100", "2.30", "1.30.100", "1.३०", "latest", "1.30."])
def test_what_is_no_version_of_kubernetes_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match="a Kubernetes version"):
        versions.kubernetes(value)


@pytest.mark.parametrize(
    ("istio", "first", "last"),
    [("1.28.0", 30, 34), ("1.29.7", 31, 35), ("1.30.3", 32, 36), ("1.31.0", 32, 36)],
)
def test_istio_supports_five_minor_versions_of_kubernetes(
    istio: str, first: int, last: int
) -> None:
    supported = versions.supported_kubernetes(istio)
    assert supported is not None
    assert [minor for minor in range(20, 50) if supported.includes(f"1.{minor}.1")] == list(
        range(first, last + 1)
    )
    assert str(supported) == f"1.{first} to 1.{last}"


def test_what_the_table_does_not_know_is_not_checked() -> None:
    assert versions.supported_kubernetes("1.40.0") is None


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (versions.azurerm, "4.55.0"),
        (versions.azurerm, "4.55.1"),
        (versions.azurerm, "4.100.0"),
        (versions.helm, "3.1.1"),
        (versions.helm, "3.10.0"),
        (versions.kubernetes_provider, "2.38.0"),
    ],
)
def test_a_provider_of_the_bindings_or_newer_is_accepted(rule: Rule[str], value: str) -> None:
    assert rule(value) == value


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (versions.azurerm, "4.54.9"),
        (versions.azurerm, "4.9.0"),
        (versions.azurerm, "5.0.0"),
        (versions.azurerm, "3.99.0"),
        (versions.azurerm, "4.55.0-beta"),
        (versions.helm, "3.1.0"),
        (versions.helm, "4.0.0"),
        (versions.kubernetes_provider, "3.0.0"),
    ],
)
def test_another_provider_is_refused(rule: Rule[str], value: str) -> None:
    with pytest.raises(RuleError, match="an exact version, .* or newer, below"):
        rule(value)
