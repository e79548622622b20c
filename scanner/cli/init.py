"""`kartta init`: a first audit file and a first register, to be filled in."""

from pathlib import Path

import click

KARTTA = """\
# What is audited. Paths are relative to this file; secrets stand elsewhere and are named by
# reference: ${env:NAME} or ${file:/run/secrets/name}. 'kartta doctor' checks this file.
organisation:
  name: Our company
  domains: [example.com]       # our own mail domains; every other one is outside

register: register.yaml

sources:
  - {id: recruitment-files, kind: folder, path: ./files}
# - {id: recruitment-mail, kind: maildir, path: ./mail}
# - {id: recruitment-archive, kind: mbox, path: ./archive.mbox}
# - {id: hr, kind: database, url: "postgresql://reader@db.example.com/hr"}
# - {id: recruiting-system, kind: greenhouse, path: ./greenhouse-export}

# waivers:
#   - {rule: TRF-05, subject: recruiting-system-us, owner: "the DPO", until: 2027-06-30,
#      reason: "assessment under way, contract signed"}
"""

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
def init(folder: Path) -> None:
    """Write a first kartta.yaml and register.yaml into DIR.

    Files that are there already are left alone.

    \b
    Example:
      kartta init audit && cd audit && kartta doctor
    """
    from scanner.errors import ConfigError

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in (("kartta.yaml", KARTTA), ("register.yaml", REGISTER)):
            path = folder / name
            if path.exists():
                click.echo(f"kept {path}", err=True)
                continue
            path.write_text(content, encoding="utf-8")
            click.echo(f"wrote {path}", err=True)
    except OSError as error:
        raise ConfigError(
            f"{folder} cannot be written ({error.strerror})", hint="name another folder"
        ) from error
    click.echo("Next: fill in the files, then 'kartta doctor' and 'kartta scan'.", err=True)
