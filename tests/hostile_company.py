"""A company on disk in which everything that somebody else could name has a hostile name."""

import io
import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from itertools import cycle
from pathlib import Path

from reports.yaml import yaml_text
from tests.conftest import ROOT
from tests.reports.hostile import HOSTILE, poisoned

TEXTS = tuple(f"owned {text}"[:2_000] for text in HOSTILE if not text.startswith("\ud800"))
"""What is written into the register and the audit file: each tells by its first word."""
MOVING = "owned\x1b]0;title\x07\x1b[2J\u202egpj\x9b31m\u2028\u2066[red]x[link=y]\x1b]8;;e.test\x07"
"""The worst at once, and short enough for a name."""
UNDECODABLE = os.fsdecode(b"owned\x9b31m\xff\xfe\x1b[1m\x90q\x9d52;c;eA==\x07.txt")
PERSON = "Anna Laine, anna.laine@posti.example, sairauslomalla masennuksen vuoksi, 040 123 4567. "
NOTICE = f"""# Privacy notice {MOVING}

The controller is Owned{MOVING} Oy, privacy@owned.example. We process your name and e-mail to
choose applicants on the basis of our legitimate interest, and give them to Owned{MOVING} Ltd in
the United States. Data are kept for one year{MOVING}. You may lodge a complaint.
"""
REQUESTS = """name,email,kind,received_at
Anna Laine,anna.laine@posti.example,erasure,2026-11-02
"""
_TITLE = "{en: Bank account outside payroll, fi: Tilinumero palkanlaskennan ulkopuolella}"


def build(folder: Path) -> None:
    """Make it: an audit file, a register, a notice, a pack of rules, and sources of each family."""
    names = [UNDECODABLE, f"{MOVING}.txt", *map(_as_name, TEXTS)]
    _files(folder / "files", names)
    _database(folder / "rows.sqlite", [text.replace("\x00", "") for text in TEXTS])
    _mail(folder / "mail", names)
    _pack(folder / "pack")
    supply = cycle(TEXTS)
    audit = {
        "organisation": {"name": next(supply)},
        "register": "register.yaml",
        "rules": ["pack"],
        "waivers": [
            {"rule": "OWN-01", "subject": text, "owner": text, "reason": f"owned for ever {text}",
             "until": "2020-01-01"}
            for text in TEXTS
        ],
        "sources": [
            {"id": kind, "name": next(supply), "kind": kind, **where}
            for kind, where in (
                ("folder", {"path": "files"}),
                ("maildir", {"path": "mail"}),
                ("database", {"url": "sqlite:///rows.sqlite"}),
                ("mbox", {"path": MOVING}),
            )
        ],
    }  # fmt: skip
    audit["lists"] = [{"kind": "requests", "path": f"{MOVING}.csv"}]
    (folder / f"{MOVING}.csv").write_text(REQUESTS, "utf-8")
    register = poisoned(TEXTS).register.model_dump(mode="json", exclude_defaults=True)
    register["systems"][0]["sources"] = ["folder*"]
    other = register | {"controller": register["controller"] | {"name": f"other {MOVING}"}}
    for name, document in (("kartta", audit), ("register", register), ("other", other)):
        (folder / f"{name}.yaml").write_text(yaml_text(document), "utf-8")
    (folder / f"{MOVING}.md").write_text(NOTICE, "utf-8")


def _as_name(text: str) -> str:
    """Give the text as a file may be called, which is nearly anything."""
    cut = text.replace("/", "").replace("\x00", "").encode("utf-8", "replace")[:200]
    return f"{cut.decode('utf-8', 'ignore')}.txt"


def _files(folder: Path, names: list[str]) -> None:
    for within, given in ((folder, names), (folder / MOVING, names[:2])):
        within.mkdir()
        for name in given:
            (within / name.replace("/", "")).write_text(PERSON)
    for suffix in ("pdf", "docx"):
        (folder / f"{MOVING}.{suffix}").write_bytes(b"%PDF-1.7 nothing")
    (folder / "archive.zip").write_bytes(_archive(names))


def _archive(names: list[str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names[1:]:
            archive.writestr(name, PERSON)
            archive.writestr(f"{name}.pdf", b"%PDF-1.7 nothing")
    return buffer.getvalue()


def _database(file: Path, names: list[str]) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        for number, name in enumerate(names):
            quoted = name.replace('"', '""')
            table, column = f'"{number} {quoted}"', f'"{quoted} email"'
            database.execute(f"create table {table} ({column} text, note blob)")
            row = ("anna.laine@posti.example", b"%PDF-1.7 nothing")
            database.execute(f"insert into {table} values (?, ?)", row)  # noqa: S608


def _mail(folder: Path, names: list[str]) -> None:
    for box, given in ((folder, names), (folder / f".{MOVING}", names[:2])):
        for part in ("cur", "new", "tmp"):
            (box / part).mkdir(parents=True)
        for number, name in enumerate(given):
            raw = os.fsencode(name).replace(b"\r", b"").replace(b"\n", b"")
            quoted = raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
            (box / "cur" / f"{number}:2,S").write_bytes(
                b'From: "' + quoted + b'" <anna.laine@owned.example>\n'
                b"To: hr@our.example\nSubject: " + raw + b"\n"
                b"Date: Mon, 02 Nov 2026 10:00:00 +0200\nMIME-Version: 1.0\n"
                b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\n'
                + PERSON.encode() + b'\n--b\nContent-Type: application/pdf; name="' + quoted
                + b'.pdf"\nContent-Disposition: attachment; filename="' + quoted
                + b'.pdf"\n\n%PDF-1.7 nothing\n--b--\n'
            )  # fmt: skip


def _pack(folder: Path) -> None:
    shutil.copytree(ROOT / "examples" / "custom-pack", folder)
    rule, about = folder / "OWN-01.yaml", folder / "pack.yaml"
    titled = yaml_text({"title": {"en": MOVING, "fi": MOVING}})
    rule.write_text(rule.read_text("utf-8").replace(f"title: {_TITLE}\n", titled), "utf-8")
    about.write_text(about.read_text("utf-8").replace("Example Oy", "Owned Oy"), "utf-8")
