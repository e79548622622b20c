"""`kartta ropa import` and `diff` as their users meet them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kartta.cli.main import cli
from ropa.declared import load_register
from ropa.model import Register
from ropa.save import plan, save
from tests.reports.declared import full
from tests.reports.editing import Editor

REGISTER = "version: 1\n# ours\ncontroller: {name: Kuusi Oy, country: FI}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an audit folder with a full register and its workbook."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    path = tmp_path / "register.yaml"
    path.write_text(REGISTER)
    save(plan(load_register(path), full(), path))
    path.write_text(f"# ours\n{path.read_text()}")
    (tmp_path / "kartta.yaml").write_text("register: register.yaml\n")
    return tmp_path


@pytest.fixture
def editor(folder: Path) -> Editor:
    """Give the workbook."""
    return Editor(folder / "register.xlsx", full())


def kartta(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(cli, ["ropa", *arguments], input=answer)


def declared(folder: Path) -> Register:
    return load_register(folder / "register.yaml")


def test_untouched_workbook_says_that_nothing_differs(folder: Path, editor: Editor) -> None:
    result = kartta("import", "register.xlsx")

    assert (result.exit_code, result.stdout) == (0, "Nothing differs.\n")
    assert declared(folder) == full()


def test_change_is_shown_asked_and_written(folder: Path, editor: Editor) -> None:
    editor.write("Retention", "recruitment/refused", "Time limit", "2 years")
    editor.save()
    result = kartta("import", "register.xlsx", answer="y\n")

    assert result.exit_code == 0, result.output
    for told in ("recruitment/refused", "Time limit", "1 year 6 months", "2 years", "Retention!C5"):
        assert told in result.stdout
    assert "its comments will be lost" in result.stderr
    assert declared(folder).activities[0].retention[0].duration == "P2Y"


@pytest.mark.parametrize(("arguments", "answer"), [(("--dry-run",), ""), ((), "n\n"), ((), "")])
def test_nothing_is_written_unless_it_is_wanted(
    arguments: tuple[str, ...], answer: str, folder: Path, editor: Editor
) -> None:
    before = (folder / "register.yaml").read_bytes()
    editor.write("Systems", "ats", "System", "New name")
    editor.save()
    result = kartta("import", "register.xlsx", *arguments, answer=answer)

    assert "New name" in result.stdout
    assert (folder / "register.yaml").read_bytes() == before


def test_yes_writes_without_asking(folder: Path, editor: Editor) -> None:
    editor.write("Systems", "ats", "System", "New name")
    editor.save()
    result = kartta("import", "register.xlsx", "--yes")

    assert result.exit_code == 0
    assert "Write these changes" not in result.output
    assert declared(folder).systems[0].name == "New name"


def test_every_refused_cell_is_named_and_nothing_is_written(folder: Path, editor: Editor) -> None:
    editor.write("Systems", "ats", "System", "New name")
    editor.write("Systems", "ats", "Country", "Finland")
    editor.write("Systems", "share", "Kind", "Cupboard")
    editor.save()
    result = kartta("import", "register.xlsx", "--yes")

    assert result.exit_code == 2
    assert "Systems!D5: 'Finland'" in result.stderr
    assert "Systems!B6: 'Cupboard'" in result.stderr
    assert declared(folder) == full()


def test_without_a_register_there_is_nothing_to_import_into(folder: Path, editor: Editor) -> None:
    (folder / "kartta.yaml").write_text("organisation: {name: Kuusi Oy}\n")
    result = kartta("import", "register.xlsx")

    assert result.exit_code == 2
    assert "no register to import into" in result.stderr


def test_diff_of_register_and_workbook_goes_both_ways(folder: Path, editor: Editor) -> None:
    editor.write("Systems", "ats", "System", "New name")
    editor.save()
    there = kartta("diff", "register.yaml", "register.xlsx").stdout
    back = kartta("diff", "register.xlsx", "register.yaml").stdout

    assert there.index("Recruiting system") < there.index("New name")
    assert back.index("New name") < back.index("Recruiting system")


def test_diff_of_two_workbooks_and_of_two_registers(folder: Path, editor: Editor) -> None:
    editor.write("Systems", "ats", "System", "New name")
    editor.delete("Processing", "payroll")
    editor.save()
    Editor(folder / "old.xlsx", full())
    books = kartta("diff", "old.xlsx", "register.xlsx").stdout
    (folder / "other.yaml").write_text(
        (folder / "register.yaml").read_text().replace("HR share", "HR drive")
    )
    registers = kartta("diff", "register.yaml", "other.yaml", "--lang", "fi").stdout

    assert "Changes: 2" in books
    assert "New name" in books
    assert "(removed)" in books
    assert "Changes: 1" in registers
    assert "Järjestelmä" in registers
    assert "HR drive" in registers


def test_same_register_and_its_finnish_workbook_do_not_differ(folder: Path) -> None:
    Editor(folder / "seloste.xlsx", full(), "fi")

    assert kartta("diff", "register.yaml", "seloste.xlsx").stdout == "Nothing differs.\n"
