"""Names, at the borders of what Azure and Kubernetes take."""

from collections.abc import Callable

import pytest

from rules import RuleError, names, networks

Rule = Callable[[str], str]
# The rule, the shortest and the longest name that it takes, and names that it refuses.
CASES: list[tuple[str, Rule, list[str], list[str]]] = [
    (
        "resource_group",
        names.resource_group,
        ["a", "a" * 90, "(a).b_c-d", "-"],
        ["", "a" * 91, "a.", "a b", "é", "a/b", "groupé", "१"],
    ),
    (
        "virtual_network",
        names.virtual_network,
        ["ab", "a" * 64, "1a_", "a.b-c_"],
        ["a", "a" * 65, "_a", "a-", "a.", "né", "n१"],
    ),
    (
        "cluster",
        names.cluster,
        ["a", "a" * 63, "1-_9"],
        ["", "a" * 64, "-a", "a-", "a_", "é", "a.b", "kluster१"],
    ),
    ("dns_prefix", names.dns_prefix, ["a1", "a" * 54], ["a", "a" * 55, "-a", "a-", "a_b", "a१b"]),
    ("node_pool", names.node_pool, ["a", "a" * 12, "a1"], ["", "a" * 13, "1a", "A", "a-b", "a१"]),
    ("front_door", names.front_door, ["a1", "a" * 90], ["a", "a" * 91, "-a", "a-", "a_b", "a१b"]),
    (
        "front_door_endpoint",
        names.front_door_endpoint,
        ["a1", "a" * 46],
        ["a", "a" * 47, "-a", "a-", "a_b", "aéb"],
    ),
    (
        "private_link_service",
        names.private_link_service,
        ["a1", "a" * 80, "a._-_"],
        ["a", "a" * 81, "-a", "a-", "a.", "aé1", "a१"],
    ),
    ("kubernetes", names.kubernetes, ["a", "a" * 63, "1-a"], ["", "a" * 64, "A", "-a", "a-", "a१"]),
    (
        "storage_account",
        names.storage_account,
        ["abc", "a" * 24],
        ["ab", "a" * 25, "Abc", "a-b", "ab१"],
    ),
    (
        "storage_container",
        names.storage_container,
        ["abc", "a" * 63, "a-b"],
        ["ab", "a" * 64, "a--b", "-ab", "ab-", "aBc", "ab१"],
    ),
    (
        "storage_key",
        names.storage_key,
        ["a", "a" * 200, "x/y.z"],
        ["", "a" * 201, "/a", "a b", "é"],
    ),
    (
        "environment",
        names.environment,
        ["a", "a" * 20, "dev-2"],
        ["", "a" * 21, "Dev", "-a", "a-", "a_b", "a.b", "dév", "a/b", ".."],
    ),
    (
        "uuid",
        names.uuid,
        ["00000000-0000-0000-0000-000000000000", "ABCDEF12-3456-7890-abcd-ef1234567890"],
        [
            "",
            "0" * 32,
            "0000000-0000-0000-0000-000000000000",
            "१0000000-0000-0000-0000-000000000000",
        ],
    ),
    (
        "subnet_name",
        networks.subnet_name,
        ["a", "a" * 80, "1.a-b_", "GatewaySubnet"],
        ["", "a" * 81, "-a", "a-", "a.", "_a", "a b", "a/b", "é", "a१"],
    ),
    (
        "subscription",
        names.subscription,
        ["*", "00000000-0000-0000-0000-000000000000"],
        ["", "**", "all", "00000000-0000-0000-0000-00000000000"],
    ),
    (
        "image",
        names.image,
        [
            "registry.k8s.io/e2e-test-images/agnhost:2.53",
            f"registry.k8s.io/agnhost@sha256:{'a' * 64}",
            f"registry.k8s.io/agnhost:2.53@sha256:{'0' * 64}",
            "localhost:5000/a:b",
        ],
        [
            "agnhost",
            "agnhost:2.53",
            "registry.k8s.io/agnhost",
            f"registry.k8s.io/agnhost@sha256:{'a' * 63}",
            f"registry.k8s.io/agnhost@sha256:{'A' * 64}",
            "registry.k8s.io/agnhost:é",
            "registry.k8s.io/agnhost:१",
        ],
    ),
]


@pytest.mark.parametrize(
    ("rule", "value"),
    [(rule, value) for _, rule, good, _ in CASES for value in good],
)
def test_a_name_is_accepted(rule: Rule, value: str) -> None:
    assert rule(value) == value


@pytest.mark.parametrize(
    ("rule", "value"),
    [(rule, value) for _, rule, _, bad in CASES for value in bad],
)
def test_a_name_is_refused_with_an_example_that_would_be_accepted(rule: Rule, value: str) -> None:
    with pytest.raises(RuleError) as refused:
        rule(value)
    example = refused.value.fix.removeprefix('write a name such as "').removesuffix('"')
    assert rule(example) == example


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("Shop.Contoso.com", "shop.contoso.com"),
        ("10.52.192.20", "10.52.192.20"),
        (f"{'a' * 63}.b", f"{'a' * 63}.b"),
    ],
)
def test_a_host_is_kept_in_lower_case(value: str, kept: str) -> None:
    assert names.host(value) == kept


@pytest.mark.parametrize(
    "value",
    [
        "",
        "contoso",
        "a..b",
        "-a.com",
        "a-.com",
        f"{'a' * 64}.com",
        "é.com",
        "a.१",
        "a b.com",
        ".".join(["a" * 50] * 5 + ["b"]),
    ],
)
def test_what_is_no_host_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match="a host name of two or more labels"):
        names.host(value)


@pytest.mark.parametrize("value", names.RESERVED_NAMESPACES)
def test_a_namespace_of_the_system_takes_no_application(value: str) -> None:
    with pytest.raises(RuleError, match="a namespace of applications, none of cert-manager"):
        names.application_namespace(value)


def test_a_namespace_of_applications_is_accepted() -> None:
    assert names.application_namespace("shop") == "shop"


def test_the_group_of_the_nodes_is_named_as_aks_names_it() -> None:
    assert names.node_resource_group("rg", "aks", "westeurope") == "MC_rg_aks_westeurope"


@pytest.mark.parametrize("value", ["a", "x" * 512, "Kostenstelle Süd", "a.b-c_d", "cost(azure)"])
def test_a_name_of_a_tag_is_accepted(value: str) -> None:
    assert names.tag_name(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "",
        "x" * 513,
        "azure",
        "AzureCost",
        "microsoft.a",
        "Windows",
        *(f"a{c}" for c in "<>%&\\?/#:"),
    ],
)
def test_another_name_of_a_tag_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match="1 to 512 characters without"):
        names.tag_name(value)


@pytest.mark.parametrize("value", ["", "v" * 256, "a/b:c"])
def test_a_value_of_a_tag_is_accepted(value: str) -> None:
    assert names.tag_value(value) == value


def test_a_longer_value_of_a_tag_is_refused() -> None:
    with pytest.raises(RuleError, match="up to 256 characters"):
        names.tag_value("v" * 257)
