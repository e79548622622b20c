"""The key of the hashes: where it is looked up, where it lies, and what happens when it changes."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import ClassVar

import pytest

from scanner.errors import ConfigError
from scanner.references import expand
from tests.away import away
from tests.conftest import ROOT

SECRET = "an-invented-secret-of-the-hashes"  # noqa: S105 - nobody's
OTHER = "another-invented-secret-of-them!"
SOURCES = (
    "sources: [{id: files, kind: folder, path: files}, {id: more, kind: folder, path: more}]\n"
)


def kartta(folder: Path, *words: str, key: str = SECRET) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "kartta", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "KARTTA_TEST_KEY": key},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def company(tmp_path: Path) -> Path:
    for name in ("files", "more"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("onni.lahti@posti.example, hetu 010190-900P")
    (tmp_path / "files" / "gone.txt").write_text("aino.korpi@posti.example")
    (tmp_path / "kartta.yaml").write_text('key: "${env:KARTTA_TEST_KEY}"\n' + SOURCES)
    return tmp_path


def keys(folder: Path) -> set[tuple[str, str]]:
    with sqlite3.connect(folder / ".kartta" / "catalog.sqlite") as connection:
        query = "select source_id, key from identifiers join assets on assets.id = asset_id"
        found = set(connection.execute(query))
    connection.close()
    return found


def test_a_command_says_a_secret_and_is_no_shell(tmp_path: Path) -> None:
    script = tmp_path / "say it"
    script.write_text(f"#!/bin/sh\necho '{SECRET}'\necho noise >&2\necho x >> '{tmp_path}/asked'\n")
    script.chmod(0o700)

    assert SECRET == expand(f"${{command:'{script}' $HOME ; false}}", "key")
    assert SECRET == expand(f"${{command:'{script}' $HOME ; false}}", "source: url")
    assert "x\n" == (tmp_path / "asked").read_text(), "once in a process"


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (f"sh -c 'echo {SECRET}; exit 3'", "ended with status 3"),
        ("true", "said nothing"),
        ("there-is-no-such-program", "FileNotFoundError"),
        ("sh -c 'unbalanced", "ValueError"),
        (r"printf '\377'", "UnicodeDecodeError"),
    ],
)
def test_a_command_that_fails_is_told_without_what_it_said(command: str, why: str) -> None:
    with pytest.raises(ConfigError, match=why) as raised:
        expand(f"${{command:{command}}}", "key")

    assert SECRET not in str(raised.value)
    assert raised.value.message.startswith("key: ")


def test_a_command_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.references.COMMAND_SECONDS", 0.2)

    with pytest.raises(ConfigError, match="TimeoutExpired"):
        expand("${command:sleep 60}", "key")


def test_a_keyring_is_asked_where_one_is_installed() -> None:
    keyring = pytest.importorskip("keyring")

    class Ring(keyring.backend.KeyringBackend):  # type: ignore[misc,name-defined] # not installed
        priority: ClassVar[float] = 1

        def get_password(self, service: str, username: str) -> str | None:
            return SECRET if (service, username) == ("kartta/hr", "key") else None

        def set_password(self, service: str, username: str, password: str) -> None:
            raise NotImplementedError

    keyring.set_keyring(Ring())

    assert SECRET == expand("${keyring:kartta/hr/key}", "key")
    with pytest.raises(ConfigError, match="nothing for 'kartta/other'"):
        expand("${keyring:kartta/other}", "key")


def test_without_a_keyring_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)

    with pytest.raises(ConfigError, match="'keyring' is not installed"):
        expand("${keyring:kartta/key}", "key")


def test_an_audit_file_of_others_runs_no_command(company: Path) -> None:
    audit = company / "kartta.yaml"
    audit.write_text(f'key: "${{command:touch {company}/ran}}"\n{SOURCES}')
    audit.chmod(0o666)

    done = kartta(company, "scan")

    assert 2 == done.returncode
    assert "others than you may change the file" in done.stderr
    assert not (company / "ran").exists()


def test_doctor_says_where_the_key_lies(
    company: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    away = tmp_path_factory.mktemp("away") / "key"
    away.write_text(SECRET)
    away.chmod(0o600)
    said = {}
    for name, reference in {
        "beside": "",
        "within": f"${{file:{company}/key}}",
        "away": f"${{file:{away}}}",
        "both": f"${{file:{company}/key}}${{env:KARTTA_TEST_KEY}}",
        "environment": "${env:KARTTA_TEST_KEY}",
        "command": f"${{command:cat {away}}}",
    }.items():
        (company / "key").write_text(SECRET)
        key = f'key: "{reference}"\n' if reference else ""
        (company / "kartta.yaml").write_text(key + SOURCES)
        lines = kartta(company, "doctor").stdout.splitlines()
        (said[name],) = [line for line in lines if "  hash key: " in line]

    assert said["beside"].startswith("warn  hash key: 64 bytes, in the file ")
    assert "one backup takes both" in said["beside"]
    assert "one backup takes both" in said["within"]
    assert f"ok    hash key: 32 bytes, in the file {away}" == said["away"]
    assert said["both"].startswith("ok    hash key: 64 bytes, in the file ")
    assert (
        "ok    hash key: 32 bytes, in the environment variable KARTTA_TEST_KEY"
        == (said["environment"])
    )
    assert "ok    hash key: 32 bytes, from a command" == said["command"]


def test_of_two_secrets_in_a_row_both_count(company: Path) -> None:
    """Only the first 64 bytes of a key were used: a second secret behind it changed nothing."""
    (company / "key").write_text("k" * 64)
    (company / "kartta.yaml").write_text(
        f'key: "${{file:{company}/key}}${{env:KARTTA_TEST_KEY}}"\n{SOURCES}'
    )

    kartta(company, "scan")
    before = keys(company)
    kartta(company, "scan", key=OTHER)

    assert before.isdisjoint(keys(company))


def test_another_key_reads_all_again_and_is_remembered(company: Path) -> None:
    """It was silent: nobody knew why what was deleted before was no longer seen in copies."""
    first = kartta(company, "scan")
    (company / "files" / "gone.txt").unlink()
    kartta(company, "scan")
    before = keys(company)

    partly = kartta(company, "scan", "more", key=OTHER)
    assert 2 == partly.returncode
    assert "reads only some of its sources" in partly.stderr
    assert before == keys(company)
    assert "hashes: of another key than this one" in kartta(company, "doctor", key=OTHER).stdout
    assert "the key is another one" in kartta(company, "inspect", "more", key=OTHER).stderr
    assert "the key is another one" not in kartta(company, "inspect", "more").stderr

    changed = kartta(company, "scan", key=OTHER)
    after = keys(company)
    again = kartta(company, "scan", key=OTHER)

    assert not first.returncode + changed.returncode + again.returncode
    assert before.isdisjoint(after)
    assert {source for source, _ in before} == {source for source, _ in after}
    assert "the key was another one until" in changed.stderr
    assert "1 hashes of what was deleted before are kept" in changed.stderr
    assert "the key was another" not in first.stderr + again.stderr
    assert "1 hashes of what was deleted before" in kartta(company, "doctor", key=OTHER).stdout
    assert SECRET.encode() not in (company / ".kartta" / "catalog.sqlite").read_bytes()


def marks(folder: Path) -> list[tuple[str, bool]]:
    with closing(sqlite3.connect(folder / ".kartta" / "catalog.sqlite")) as connection:
        query = "select source_id, key_check is not null from departed order by source_id"
        return [(source, bool(marked)) for source, marked in connection.execute(query)]


def test_what_was_deleted_under_an_earlier_key_is_marked_until_that_comes_back(
    company: Path,
) -> None:
    """It was counted, and lay beside the new key's hashes as if it were one of them."""
    kartta(company, "scan")
    (company / "files" / "gone.txt").unlink()
    kartta(company, "scan")
    assert [("files", False)] == marks(company)
    with away(company / "more"):  # not read again: its hashes stay those of the earlier key
        kartta(company, "scan", key=OTHER)
        (company / "elsewhere" / "a.txt").unlink()
    changed = kartta(company, "scan", key=OTHER)
    assert [("files", True), ("more", True), ("more", True)] == marks(company)
    assert "3 hashes of what was deleted before" in kartta(company, "doctor", key=OTHER).stdout

    kartta(company, "scan")
    assert 0 == changed.returncode
    assert [("files", False), ("more", False), ("more", False)] == marks(company)


def test_a_key_that_was_made_can_be_moved_and_stays_the_same(company: Path) -> None:
    """It was raw bytes, which no reference could read: to move it was to change it."""
    (company / "kartta.yaml").write_text(SOURCES)
    kartta(company, "scan")
    before = keys(company)

    (company / ".kartta" / "key").rename(company.parent / f"{company.name}.key")
    (company / "kartta.yaml").write_text(
        f'key: "${{file:{company.parent}/{company.name}.key}}"\n{SOURCES}'
    )
    moved = kartta(company, "scan", "--full")

    assert before == keys(company)
    assert "the key was another" not in moved.stderr
    assert not (company / ".kartta" / "key").exists()
