"""`kartta init`: a first audit file and a first register, to be filled in."""

import json
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from kartta.cli.say import say

KARTTA = """\
# What is audited. Paths are relative to this file; secrets stand elsewhere and are named by
# reference: ${env:NAME}, ${file:/run/secrets/name}, ${keyring:service/name} or ${command:…}.
# 'kartta doctor' checks this file.
organisation:
  name: @NAME@
  domains: @DOMAINS@       # our own mail domains; every other one is outside

register: register.yaml

# The key of the hashes is made in .kartta/key, where one backup takes it with the catalog, and
# whoever has both can guess what was found. Better kept elsewhere (openssl rand -hex 32):
# key: "${file:/run/secrets/kartta}"   # or "${command:pass show kartta}", "${keyring:kartta/key}"

sources:
  - {id: recruitment-files, kind: folder, path: ./files}
# - {id: recruitment-mail, kind: maildir, path: ./mail}
# - {id: recruitment-archive, kind: mbox, path: ./archive.mbox}
# - {id: hr, kind: database, url: "postgresql://reader@db.example.com/hr"}
# - {id: recruiting-system, kind: greenhouse, path: ./greenhouse-export}

# lists:
#   - {kind: consents, path: consents.csv}   # holds, requests, positions, staff, mailboxes too

# waivers:
#   - {rule: TRF-05, subject: recruiting-system-us, owner: "the DPO", until: 2027-06-30,
#      reason: "assessment under way, contract signed"}
"""

_SOURCES = "sources:\n"
REGISTER = """\
# The record of processing activities (GDPR Art. 30(1)). Replace what is made up; what is left
# empty is reported as missing. docs/register.md names every key and the categories of data.
version: 1
controller:
  name: Our company
  business_id: ""
  address: ""
  email: ""
  country: FI
  domains: [example.com]
  dpo: {name: Data protection officer, email: dpo@example.com}

activities:
  - id: recruitment
    name: {en: Recruitment, fi: Rekrytointi}
    purposes:
      - id: selection
        name: {en: Choosing applicants, fi: Hakijoiden valinta}
        basis: A6-1-f
        legitimate_interest: {en: Hiring suitable people, fi: Sopivien henkilöiden palkkaaminen}
    data_subjects: [{en: Job applicants, fi: Työnhakijat}]
    categories: [identity.name, contact, recruitment.application, recruitment.cv]
    retention:
      - {id: applications, duration: P1Y, trigger: selection_told, basis: A6-1-f}
    measures: {en: "", fi: ""}
    systems: [files]

systems:
  - {id: files, name: Recruitment files, kind: file_share, country: FI,
     sources: [recruitment-files]}
"""


@click.command
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option(
    "--from-notice",
    "notice",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Draft the register from this privacy notice.",
)
@click.option(
    "--database",
    metavar="URL",
    help="Add this database as a source, with what its headings and statuses seem to mean.",
)
def init(folder: Path, notice: Path | None, database: str | None) -> None:
    """Write a first kartta.yaml and register.yaml into DIR.

    With --from-notice the register is drafted from a privacy notice: each entry has the line and
    the words that it comes from, and the names of the fields that a person must confirm. Files
    that are there already are left alone. CSV files and workbooks in DIR that seem to be lists of
    consents, holds or positions are named as comments, with the columns that would be read. With
    --database the dated columns of its tables and the words of its statuses are proposed; of its
    values only statuses are shown. Both are documents of yours without scanned data: who
    may read them is what your umask says.

    \b
    Examples:
      kartta init audit && cd audit && kartta doctor
      kartta init --from-notice notice.pdf audit
      kartta init --database 'postgresql://reader:${env:PGPASSWORD}@db.example/hr' audit
    """
    from kartta import proposals
    from scanner.errors import ConfigError

    files = _drafted(notice) if notice else _blank()
    if database:
        source = proposals.database(database)
        files["kartta.yaml"] = files["kartta.yaml"].replace(_SOURCES, f"{_SOURCES}{source}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files["kartta.yaml"] += proposals.lists_in(folder)
        for name, content in files.items():
            path = folder / name
            if path.exists():
                say(f"kept {path}", err=True)
                continue
            path.write_text(content, encoding="utf-8")
            say(f"wrote {path}", err=True)
    except OSError as error:
        raise ConfigError(
            f"{folder} cannot be written ({error.strerror})", hint="name another folder"
        ) from error
    what = "confirm what 'confirm' names" if notice else "fill in the files"
    click.echo(f"Next: {what}, then 'kartta doctor' and 'kartta scan'.", err=True)


def _blank() -> dict[str, str]:
    """Give the files of an organisation that has declared nothing yet."""
    return {"kartta.yaml": _audit_file("Our company", ("example.com",)), "register.yaml": REGISTER}


def _drafted(notice: Path) -> dict[str, str]:
    """Give the files that a privacy notice leads to."""
    from kartta.notices import contained, register_of
    from ropa.notice.draft import as_yaml

    today = datetime.now().astimezone().date()
    register = contained(notice, partial(register_of, on=today))
    controller = register.controller
    return {
        "kartta.yaml": _audit_file(controller.name, controller.domains),
        "register.yaml": as_yaml(register, notice.name),
    }


def _audit_file(name: str, domains: tuple[str, ...]) -> str:
    """Fill in the audit file; JSON's texts are YAML's too."""
    known = ", ".join(domains)
    written = json.dumps(name, ensure_ascii=False)
    return KARTTA.replace("@NAME@", written).replace("@DOMAINS@", f"[{known}]")
