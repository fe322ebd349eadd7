"""What the check of the fork takes for the same, and what it calls another."""

import json
from pathlib import Path

import pytest

from tools.fork.compare import Difference, differences, listed, unlisted, unseen

FILE = "stacks/aks/cdk.tf.json"
VERSION = Difference("stacks/*/cdk.tf.json", "terraform.version", "1", "2")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders, empty but for their names."""
    return tmp_path / "before", tmp_path / "after"


def write(folder: Path, content: object, file: str = FILE) -> None:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))


def said(before: Path, after: Path) -> list[str]:
    return [str(each) for each in differences(before, after)]


def test_the_same_values_in_another_layout_are_the_same(folders: tuple[Path, Path]) -> None:
    write(folders[0], '{"a": [\n], "b": 1}')
    write(folders[1], '{"b": 1, "a": []}')
    assert said(*folders) == []


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ({"a": {"b": "x"}}, {"a": {"b": "y"}}, 'a.b: "x" on cdktf, "y" on cdktn'),
        ({"a": [{"b": 1}]}, {"a": [{"b": 2}]}, "a.0.b: 1 on cdktf, 2 on cdktn"),
        ({"a": {}}, {"a": {"b": None}}, "a.b: nothing on cdktf, null on cdktn"),
        ({"a": [1, 2]}, {"a": [1]}, "a: [1, 2] on cdktf, [1] on cdktn"),
        ({"a": True}, {"a": 1}, "a: true on cdktf, 1 on cdktn"),
        ({"a": 1}, {"a": "1"}, 'a: 1 on cdktf, "1" on cdktn'),
    ],
)
def test_another_value_is_named_with_its_key(
    folders: tuple[Path, Path], before: object, after: object, line: str
) -> None:
    write(folders[0], before)
    write(folders[1], after)
    assert said(*folders) == [f"{FILE}: {line}"]


def test_a_file_that_is_on_one_side_only_is_named(folders: tuple[Path, Path]) -> None:
    write(folders[0], {}, "manifest.json")
    write(folders[1], {}, FILE)
    assert said(*folders) == [
        'manifest.json: "a file" on cdktf, nothing on cdktn',
        f'{FILE}: nothing on cdktf, "a file" on cdktn',
    ]


def test_other_files_are_compared_byte_by_byte(folders: tuple[Path, Path]) -> None:
    write(folders[0], "a: 1\n", "assets/values.yaml")
    write(folders[1], "a:  1\n", "assets/values.yaml")
    assert said(*folders) == ['assets/values.yaml: "a: 1\\n" on cdktf, "a:  1\\n" on cdktn']


@pytest.mark.parametrize(
    "other",
    [
        Difference("manifest.json", "terraform.version", "1", "2"),
        Difference(FILE, "terraform.other", "1", "2"),
        Difference(FILE, "terraform.version", "0", "2"),
        Difference(FILE, "terraform.version", "1", "3"),
    ],
)
def test_only_what_is_listed_word_for_word_is_expected(other: Difference) -> None:
    same = Difference(FILE, "terraform.version", "1", "2")
    assert unlisted([same, other], [VERSION]) == [other]


def test_what_is_listed_and_nowhere_is_named() -> None:
    assert unseen([], [VERSION]) == [
        'stacks/*/cdk.tf.json: terraform.version: "1" on cdktf, "2" on cdktn:'
        " listed in differences.toml, and seen nowhere"
    ]


def test_nothing_but_versions_and_the_source_of_kubernetes_is_listed() -> None:
    assert {each.key.rpartition(".")[2] for each in listed()} == {"version", "source"}
    assert [each.after for each in listed() if each.key.endswith("source")] == [
        "hashicorp/kubernetes"
    ]
