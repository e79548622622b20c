"""News fragments have names that the changelog can be made from, and it is made from them."""

from datetime import date
from pathlib import Path

import pytest

from tools import changelog

ROOT = Path(__file__).parent.parent


def test_every_fragment_is_named_as_one() -> None:
    changelog.fragments(ROOT / "changelog.d")

    assert changelog.MARK in (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()


def test_a_release_takes_the_fragments(tmp_path: Path) -> None:
    folder = tmp_path / "changelog.d"
    folder.mkdir()
    (folder / "12.fixed.md").write_text("A scan ends.\n")
    (folder / "7.clock.rules.md").write_text("RET-01 knows leap years:\nresults may change.\n")
    (folder / "7.added.md").write_text("`kartta watch`.\n\nIt waits.\n")
    (tmp_path / "CHANGELOG.md").write_text(f"# Changelog\n\n{changelog.MARK}\n\n## 0.1.0\n")

    changelog.release(tmp_path, "0.2.0", date(2027, 3, 1))

    assert (tmp_path / "CHANGELOG.md").read_text() == (
        f"# Changelog\n\n{changelog.MARK}\n\n"
        "## 0.2.0 (2027-03-01)\n\n"
        "### Rules (the results of an audit may change)\n\n"
        "- RET-01 knows leap years:\n  results may change. (#7)\n\n"
        "### Added\n\n- `kartta watch`.\n\n  It waits. (#7)\n\n"
        "### Fixed\n\n- A scan ends. (#12)\n\n\n"
        "## 0.1.0\n"
    )
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["added.md", "8.new.md", "8.Topic.added.md", "8.added.txt"])
def test_another_name_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("News.")

    with pytest.raises(ValueError, match="name it"):
        changelog.fragments(tmp_path)
