"""What the documents say of the code, compared with the code."""

import re
from pathlib import Path

from tools.documents import document, schema

ROOT = Path(__file__).parents[1]


def test_the_settings_are_documented_as_the_code_has_them() -> None:
    assert _text("docs/settings.md") == document()


def test_the_schema_is_that_of_the_code() -> None:
    assert _text("settings.schema.json") == schema()


def test_every_setting_has_a_text() -> None:
    rows = re.findall(r"^\| (`.+?`) \|.+?\| (.*?) \|", _text("docs/settings.md"), re.MULTILINE)
    assert [key for key, text in rows if not text] == []
    assert len(rows) > 100


def test_every_difference_has_a_reason() -> None:
    for line in _text("docs/differences.md").splitlines():
        if line.startswith("| ") and not line.startswith("| what"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            assert all(cells), line


def test_every_construct_is_listed() -> None:
    listed = set(re.findall(r"^\| `([\w/]+\.py)` \|", _text("constructs/README.md"), re.MULTILINE))
    internal = {"logical_ids.py", "guard.py"}
    folder = ROOT / "constructs"
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.py")}
    assert listed == files - internal


def test_commands_of_the_readme_are_targets_of_make() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", _text("Makefile"), re.MULTILINE))
    named: set[str] = set(re.findall(r"(?:^|`)make ([a-z-]+)", _text("README.md"), re.MULTILINE))
    assert named <= targets


def test_links_lead_somewhere() -> None:
    folders = ("docs", "constructs", "examples")
    below = [page for folder in folders for page in (ROOT / folder).rglob("*.md")]
    for page in [*ROOT.glob("*.md"), *below]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[\w-]+)?\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_decision_is_listed_and_led_to() -> None:
    folder = ROOT / "docs" / "decisions"
    pages = {page.name for page in folder.glob("*.md")} - {"README.md"}
    listed = set(re.findall(r"\]\(([\w-]+\.md)\)", _text("docs/decisions/README.md")))
    assert listed == pages


def test_sample_tfvars_has_the_variables_of_the_stack() -> None:
    names = set(re.findall(r"^#? ?(\w+) += ", _text("tfvars"), re.MULTILINE))
    assert names == {
        "agents_size",
        "region",
        "kubernetes_version",
        "rbac_aad_admin_group_object_ids",
    }


def _text(path: str) -> str:
    return (ROOT / path).read_text()


def test_every_workflow_is_in_the_table_of_the_pipelines() -> None:
    rows = (ROOT / "docs/pipelines.md").read_text().splitlines()
    named = [row.split("`")[1] for row in rows if row.startswith("| `")]
    files = {path.stem for path in (ROOT / ".github/workflows").glob("*.yml")}
    assert files - set(named) == set()


def test_no_table_is_interrupted() -> None:
    """A row after an empty line is text to GitHub."""
    for path in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        lines = ["", *path.read_text().splitlines(), ""]
        heads = [
            at for at in range(1, len(lines) - 1) if not lines[at - 1] and lines[at][:1] == "|"
        ]
        assert [
            lines[at] for at in heads if not lines[at + 1].startswith(("|--", "|:", "| --"))
        ] == []
