"""A changed register goes back into its files: only what changed, and whole or not at all."""

import stat
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from ropa.declared import load_register
from ropa.model import Provenance, Recipient, Register, System, Text
from ropa.save import document_text, plain, plan, save
from scanner.errors import RegisterError
from tests.reports.declared import full, registers

HEAD = "version: 1\ncontroller: {name: Kuusi Oy, country: FI}\n"
FIRST = f"""\
# the main file
{HEAD}
recipients:
  - {{id: post, name: Posti, country: FI}}   # by hand
  - {{id: 'no', name: "NO", country: 'NO'}}
"""
SECOND = """\
systems:
  - {id: mail, name: 'Mail # box', kind: mailbox, operator: post}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a register in two files."""
    (tmp_path / "a.yaml").write_text(FIRST)
    (tmp_path / "b.yaml").write_text(SECOND)
    return tmp_path


def with_recipient(register: Register, name: str = "Posti Oy") -> Register:
    """Give the register with another name of its first recipient."""
    first, *rest = register.recipients
    return register.model_copy(
        update={"recipients": (first.model_copy(update={"name": name}), *rest)}
    )


@settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(after=registers())
def test_any_register_survives_its_file(after: Register, tmp_path: Path) -> None:
    path = tmp_path / "register.yaml"
    path.write_text(HEAD)
    save(plan(load_register(path), after, path))

    assert load_register(path) == after


def test_no_change_writes_nothing(folder: Path) -> None:
    register = load_register(folder)

    assert plan(register, register, folder) == ()


def test_only_the_file_of_a_change_is_written(folder: Path) -> None:
    before = load_register(folder)
    (written,) = plan(before, with_recipient(before), folder)
    save([written])

    assert written.path == folder / "a.yaml"
    assert load_register(folder) == with_recipient(before)
    assert (folder / "b.yaml").read_text() == SECOND
    assert "country: 'NO'" in (folder / "a.yaml").read_text()


def test_new_entry_goes_where_its_kind_is_and_a_removed_one_leaves(folder: Path) -> None:
    before = load_register(folder)
    after = before.model_copy(
        update={
            "recipients": before.recipients[:1],
            "systems": (*before.systems, System(id="web", name="Web", kind="website")),
        }
    )
    save(plan(before, after, folder))

    assert load_register(folder) == after
    assert [each["id"] for each in yaml.safe_load((folder / "b.yaml").read_text())["systems"]] == [
        "mail", "web",
    ]  # fmt: skip


def test_comments_that_will_be_lost_are_known(folder: Path) -> None:
    before = load_register(folder)
    systems = (before.systems[0].model_copy(update={"country": "FI"}),)
    after = with_recipient(before).model_copy(update={"systems": systems})

    assert [each.loses_comments for each in plan(before, after, folder)] == [True, False]


def test_file_keeps_its_rights_and_its_link(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "register.yaml"
    link.parent.mkdir()
    (folder / "b.yaml").unlink()
    (folder / "a.yaml").chmod(0o640)
    link.symlink_to(folder / "a.yaml")
    before = load_register(link)
    save(plan(before, with_recipient(before), link))

    assert link.is_symlink()
    assert stat.S_IMODE((folder / "a.yaml").stat().st_mode) == 0o640
    assert load_register(link).recipients[0].name == "Posti Oy"
    assert sorted(each.name for each in folder.iterdir()) == ["a.yaml", "elsewhere"]


def test_register_that_would_not_load_is_not_written(folder: Path) -> None:
    before = load_register(folder)
    dangling = before.model_copy(update={"recipients": ()})

    with pytest.raises(RegisterError, match="there is none"):
        plan(before, dangling, folder)
    assert (folder / "a.yaml").read_text() == FIRST


def test_failed_writing_replaces_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = load_register(folder)
    systems = (before.systems[0].model_copy(update={"country": "FI"}),)
    files = plan(before, with_recipient(before).model_copy(update={"systems": systems}), folder)
    write = Path.write_text

    def fails(path: Path, *arguments: str, **options: str) -> int:
        if path.name == ".b.yaml.part":
            raise OSError(28, "No space left on device", str(path))
        return write(path, *arguments, **options)

    monkeypatch.setattr(Path, "write_text", fails)

    with pytest.raises(RegisterError, match="No space left"):
        save(files)
    assert (folder / "a.yaml").read_text() == FIRST
    assert sorted(each.name for each in folder.iterdir()) == ["a.yaml", "b.yaml"]


def test_values_are_written_as_a_person_would() -> None:
    recipient = Recipient(id="x", name="Y", country="NO")
    raw = plain(recipient.model_dump(exclude_defaults=True))
    same, two = Text(en="Logs", fi="Logs"), Text(en="Logs", fi="Lokit")

    origin = Provenance(source="a.txt", place="line 1")
    told = plain(recipient.model_copy(update={"provenance": (origin,)}).model_dump())

    assert list(told)[-2:] == ["provenance", "confirm"]
    assert document_text(raw) == "id: x\nname: Y\ncountry: 'NO'\n"
    assert plain(same.model_dump()) == "Logs"
    assert plain(two.model_dump()) == {"en": "Logs", "fi": "Lokit"}


def test_full_register_is_readable_yaml(tmp_path: Path) -> None:
    path = tmp_path / "register.yaml"
    path.write_text(HEAD)
    save(plan(load_register(path), full(), path))
    text = path.read_text()

    assert load_register(path) == full()
    assert "&id" not in text
    assert "!!python" not in text
