"""The command line as its users meet it: quick help, clear errors, documented exit statuses."""

import json
import os
import pty
import resource
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import click
import pytest

from kartta.cli.main import cli

ROOT = Path(__file__).parent.parent


def kartta(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kartta", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "160"},
        capture_output=True,
        text=True,
        check=False,
    )


def commands(
    group: click.Group, prefix: tuple[str, ...] = ()
) -> list[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    found: list[tuple[tuple[str, ...], click.Command]] = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found += commands(command, (*prefix, name))
        if not isinstance(command, click.Group) or command.invoke_without_command:
            found.append(((*prefix, name), command))
    return found


@pytest.mark.parametrize(
    "command",
    [command for _, command in commands(cli)],
    ids=[" ".join(p) for p, _ in commands(cli)],
)
def test_every_command_explains_itself(command: click.Command) -> None:
    assert "Example" in (command.help or "")
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_help_is_quick() -> None:
    """Below 0.3 s of processor time: nothing heavy is imported. The best of five."""
    seconds = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = kartta(ROOT, "--help")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        assert done.returncode == 0

    assert min(seconds) < 0.3


def test_a_folder_is_scanned_without_any_configuration(tmp_path: Path) -> None:
    (tmp_path / "cv.txt").write_text("Onni Lahti, onni.lahti@posti.example, puh. 040 917 0555")

    done = kartta(tmp_path, "scan", ".")
    assert done.returncode == 0
    assert "E-mail address" in done.stdout
    assert "onni.lahti" not in done.stdout + done.stderr


def test_inspect_gives_offsets_in_the_decoded_file(tmp_path: Path) -> None:
    text = "Äidin osoite on\r\nåsa.öhman-1@posti.example\r\nja kortti 4111 1111 1111 1111."
    (tmp_path / "note.txt").write_bytes(text.encode())

    done = kartta(tmp_path, "inspect", "note.txt", "--jsonl")
    hits = [json.loads(line) for line in done.stdout.splitlines()]
    cards = [hit for hit in hits if hit["entity"] == "CREDIT_CARD"]
    assert [text[hit["start"] : hit["end"]] for hit in cards] == ["4111 1111 1111 1111"]
    assert set(cards[0]) == {
        "asset", "locator", "entity", "category", "start", "end", "confidence", "recognizer",
        "evidence",
    }  # fmt: skip


def test_inspect_looks_for_whom_an_earlier_scan_s_sources_name(tmp_path: Path) -> None:
    (tmp_path / "staff").mkdir()
    (tmp_path / "staff" / "CV_Ywenna_Kroszak.txt").write_text("ammattitaitoinen")
    (tmp_path / "note.txt").write_text("siitä puhuttiin ywenna kroszakin kanssa")

    before = kartta(tmp_path, "inspect", "note.txt")
    assert not (tmp_path / ".kartta").exists()
    kartta(tmp_path, "scan", "staff", "--workers", "1")
    after = kartta(tmp_path, "inspect", "note.txt")
    assert ("kroszak" in before.stdout, "PERSON" in before.stdout) == (False, False)
    assert ":16-32  PERSON  0.90  •••  (names.known: known)" in after.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("scan",), "nothing to scan"),
        (("scan", "not-there"), "not-there"),
        (("scan", "-c", "not-there.yaml"), "not-there.yaml"),
        (("report", "-o", "out.docx"), ".html"),
        (("report", "-o", "out.html"), "kartta scan"),
        (("ropa", "export", "out.pdf"), ".xlsx"),
        (("graph", "-o", "out.png"), ".svg"),
        (("rules", "show", "XX-99"), "XX-99"),
    ],
)
def test_a_wrong_command_exits_with_2_and_says_what_to_do(
    tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    done = kartta(tmp_path, *arguments)

    assert done.returncode == 2, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) >= 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            "sources:\n  - {id: a, kind: foldr, path: .}\n",
            "kartta.yaml:2: unknown kind of source 'foldr'",
        ),
        ("sources:\n  - {id: a, kind: folder, paht: .}\n", "kartta.yaml:2"),
        ("organization: {name: Us}\n", "did you mean 'organisation'?"),
        ("sources: [\n", "kartta.yaml:2"),
        ("a: 1\na: 2\n", "kartta.yaml:2: 'a' stands twice"),
        ("limits: {secnds: 3}\n", "limits.secnds: unknown key"),
        ("key: hunter2\n", "plain text"),
        (
            "sources:\n  - {id: a, kind: database, url: 'postgresql://u:hunter2@h/d'}\n",
            "plain text",
        ),
        (
            "sources:\n  - {id: a, kind: database, url: 'postgresql://u:hunter2@h/${env:HOME}'}\n",
            "plain text",
        ),
        ("sources:\n  - {id: a, kind: folder, path: '${env:NOT_SET_HERE}'}\n", "NOT_SET_HERE"),
    ],
)
def test_a_slip_in_the_audit_file_names_its_line(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "kartta.yaml").write_text(content)

    done = kartta(tmp_path, "scan")
    assert done.returncode == 2
    assert says in done.stderr
    assert "hunter2" not in done.stderr


def test_the_exit_status_tells_a_pipeline_what_happened(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.txt").write_text("onni.lahti@posti.example")
    (tmp_path / "files" / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    (tmp_path / "kartta.yaml").write_text(
        "register: register.yaml\nsources: [{id: files, kind: folder, path: files}]\n"
    )
    (tmp_path / "register.yaml").write_text("controller: {name: Us, country: FI}\n")

    assert kartta(tmp_path, "scan").returncode == 0
    assert kartta(tmp_path, "scan", "--fail-on", "high").returncode == 1
    assert kartta(tmp_path, "scan", "--fail-on", "critical").returncode == 0
    assert kartta(tmp_path, "scan", "--fail-on-incomplete").returncode == 3


def test_what_init_writes_is_well(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "cv.txt").write_text("onni.lahti@posti.example")

    assert kartta(tmp_path, "init").returncode == 0
    doctor = kartta(tmp_path, "doctor")
    assert doctor.returncode == 0, doctor.stdout
    assert kartta(tmp_path, "scan").returncode == 0
    again = kartta(tmp_path, "init")
    assert "kept" in again.stderr


def test_two_scans_of_one_catalog_do_not_meet(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("onni.lahti@posti.example")
    kartta(tmp_path, "scan", "a.txt")
    from scanner.catalog.store import Catalog  # noqa: PLC0415 - only here

    with (
        Catalog.open(f"sqlite:///{tmp_path}/.kartta/catalog.sqlite") as catalog,
        catalog.writing(),
    ):
        done = kartta(tmp_path, "scan", "a.txt")

    assert done.returncode == 4
    assert "another scan" in done.stderr


def test_progress_is_shown_on_a_terminal(tmp_path: Path) -> None:
    """The first picture comes before there is a speed, and names may look like markup."""
    folder = tmp_path / "x[red] [b]"
    folder.mkdir()
    (folder / "a.txt").write_text("onni.lahti@posti.example")
    ours, theirs = pty.openpty()

    process = subprocess.Popen(
        [sys.executable, "-m", "kartta", "scan", str(folder)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm"},
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    assert process.wait() == 0, shown
    assert b"x[red] [b]" in shown


def test_a_scan_of_one_folder_does_not_judge_another(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    (tmp_path / "a" / "cv.txt").write_text("onni.lahti@posti.example")
    kartta(tmp_path, "scan", "a")

    done = kartta(tmp_path, "scan", "b", "--format", "json")
    assert [entry["source"]["id"] for entry in json.loads(done.stdout)["sources"]] == ["b"]


def test_a_source_that_is_not_there_is_no_clean_scan(tmp_path: Path) -> None:
    (tmp_path / "kartta.yaml").write_text("sources: [{id: a, kind: folder, path: nowhere}]\n")

    done = kartta(tmp_path, "scan")
    assert done.returncode == 2
    assert "nowhere" in done.stdout


def test_a_foreign_database_is_no_catalog_and_stays_as_it_is(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as database, database:
        database.execute("create table runs (x)")
    before = foreign.read_bytes()
    (tmp_path / "a.txt").write_text("x")

    for arguments in (("scan", "a.txt"), ("coverage",), ("report", "-o", "o.html")):
        done = kartta(tmp_path, *arguments, "--catalog", str(foreign))
        assert done.returncode == 4, done.stderr
        assert "no catalog of Kartta's" in done.stderr
    assert before == foreign.read_bytes()


def test_a_password_on_the_command_line_is_refused_and_not_repeated(tmp_path: Path) -> None:
    for arguments in (
        ("scan", "postgresql://u:hunter2@127.0.0.1:1/x"),
        ("scan", ".", "--catalog", "postgresql://u@h/x?password=hunter2"),
    ):
        done = kartta(tmp_path, *arguments)
        assert done.returncode == 2
        assert "hunter2" not in done.stdout + done.stderr


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".kartta").mkdir()
    (tmp_path / ".kartta" / "key").touch()
    (tmp_path / "a.txt").write_text("x")

    done = kartta(tmp_path, "scan", "a.txt")
    assert done.returncode == 2
    assert "16 bytes" in done.stderr


def test_a_scan_that_is_told_to_end_leaves_neither_workers_nor_files(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    for number in range(400):
        (tmp_path / "files" / f"{number}.txt").write_text("a.b@c.example, 040 1234567\n" * 2_000)
    process = subprocess.Popen(
        [sys.executable, "-m", "kartta", "scan", "files", "--workers", "2"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not list(tmp_path.glob("kartta-run-*")) and process.poll() is None:
        time.sleep(0.05)
    time.sleep(1)
    process.terminate()

    assert process.wait(timeout=20) == 143
    assert not list(tmp_path.glob("kartta-run-*"))
    time.sleep(1)
    children = [
        path
        for path in Path("/proc").glob("[0-9]*/environ")
        if str(tmp_path).encode() in _read(path)
    ]
    assert children == []


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_too_few_open_files_are_told_as_such(tmp_path: Path) -> None:
    """What a command imports late failed as an internal error, to be reported as a bug."""
    code = (
        "import os, resource, sys\n"
        "from kartta.cli.main import cli\n"
        "free = os.dup(0)\n"
        "os.close(free)\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (free, free))\n"
        "cli(sys.argv[1:])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "scan", str(tmp_path)],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip

    assert done.returncode == 4
    assert "Too many open files" in done.stderr
    assert "internal error" not in done.stderr
