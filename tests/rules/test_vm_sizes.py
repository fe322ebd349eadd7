import pytest

from rules import RuleError, vm_sizes


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("Standard_D4s_v5", "Standard_D4s_v5"),
        ("standard_d4s_v5", "Standard_D4s_v5"),
        ("STANDARD_D4S_V5", "Standard_D4s_v5"),
        ("standard_ds2_v2", "Standard_DS2_v2"),
        ("Standard_D3_v2", "Standard_D3_v2"),
        ("Standard_D2s_v3", "Standard_D2s_v3"),
        ("standard_e4-2s_v5", "Standard_E4-2s_v5"),
        ("standard_nc24ads_a100_v4", "Standard_NC24ads_A100_v4"),
        ("standard_d11_v2_promo", "Standard_D11_v2_Promo"),
        ("standard_dc8as_cc_v5", "Standard_DC8as_cc_v5"),
        ("Standard_A2", "Standard_A2"),
    ],
)
def test_a_size_is_kept_as_azure_writes_it(value: str, kept: str) -> None:
    assert vm_sizes.vm_size(value) == kept


@pytest.mark.parametrize(
    "value",
    [
        "",
        "D4s_v5",
        "Standard_4",
        "Standard_Potato",
        "Standard_",
        "Standard_D4s v5",
        "Standard_D४",
        "Basic_A1",
        "Standard_D4s_",
        "xStandard_D4s_v5",
    ],
)
def test_what_can_be_no_size_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match="an Azure VM size: Standard_, a family"):
        vm_sizes.vm_size(value)


@pytest.mark.parametrize("value", ["Standard_B2s", "standard_b4ms", "Standard_B2ats_v2"])
def test_the_b_series_is_a_size_but_none_of_a_system_pool(value: str) -> None:
    vm_sizes.vm_size(value)
    with pytest.raises(RuleError, match="none of the B series"):
        vm_sizes.system_vm_size(value)


@pytest.mark.parametrize("value", ["Standard_NC4as_T4_v3", "standard_nd96isr_h100_v5"])
def test_the_n_series_is_a_size_but_none_of_a_system_pool(value: str) -> None:
    vm_sizes.vm_size(value)
    with pytest.raises(RuleError, match="none of the N series"):
        vm_sizes.system_vm_size(value)


@pytest.mark.parametrize("value", ["Standard_D2s_v3", "Standard_DS2_v2", "Standard_M128ms"])
def test_other_series_are_sizes_of_a_system_pool(value: str) -> None:
    assert vm_sizes.system_vm_size(value) == value


@pytest.mark.parametrize(
    ("value", "has_one"),
    [
        ("Standard_D4s_v5", False),
        ("Standard_D4ds_v5", True),
        ("Standard_D4d_v4", True),
        ("Standard_D4_v4", False),
        ("Standard_E8as_v5", False),
        ("Standard_E8ads_v5", True),
        ("Standard_E4-2ds_v5", True),
        ("Standard_E4-2s_v5", False),
        ("Standard_F4s_v2", True),
        ("Standard_D4s_v3", True),
        ("Standard_DS2_v2", True),
        ("Standard_DC8as_cc_v5", False),
        ("Standard_DC8ads_cc_v5", True),
        ("Standard_L8s_v3", True),
        ("Standard_NC24ads_A100_v4", True),
        ("Standard_A2", True),
    ],
)
def test_a_size_has_a_disk_of_its_own(value: str, has_one: bool) -> None:
    assert vm_sizes.has_local_disk(value) is has_one
