"""`kartta catalog`: look whether the catalog is whole, copy it, put a copy back."""

from pathlib import Path

import click

from kartta.cli.say import say
from kartta.cli.workspace import Workspace, options


@click.group
def catalog() -> None:
    """Check, copy and restore what is remembered between scans.

    \b
    Examples:
      kartta catalog check
      kartta catalog backup kartta-2026-11-30.sqlite
      kartta catalog restore kartta-2026-11-30.sqlite
    """


@catalog.command
@options
def check(config_file: Path | None, catalog: str | None) -> None:
    """Look through the whole catalog: its pages, and what must not contradict itself.

    A catalog that is whole gives exit status 0, a damaged one 4.

    \b
    Examples:
      kartta catalog check
      kartta catalog check --catalog old/catalog.sqlite
    """
    from scanner.catalog import integrity

    with Workspace.open(config_file, catalog).catalog() as store, store.transaction() as connection:
        found = 0
        for problem in integrity.problems(connection):
            say(problem)
            found += 1
        if found:
            raise integrity.broken(store.where, "see above")
        rows = ", ".join(f"{number:,} {table}" for table, number in integrity.counts(connection))
        say(f"The catalog {store.where} is whole: {rows}.")


@catalog.command
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@options
def backup(file: Path, config_file: Path | None, catalog: str | None) -> None:
    """Copy the catalog to FILE, as it is at one moment, also while a scan writes to it.

    The copy is its owner's alone, like the catalog. Its checksum is written beside it.

    \b
    Examples:
      kartta catalog backup kartta-2026-11-30.sqlite
      kartta catalog backup /backup/kartta.sqlite -c audit/kartta.yaml
    """
    from scanner.catalog import backup as copies
    from scanner.errors import CatalogError

    space = Workspace.open(config_file, catalog)
    place = _file(space, "pg_dump --format=custom --file=FILE")
    space.catalog().engine.dispose()  # refuses what is no catalog, with what to do
    try:
        digest = copies.backup(place, file)
    except OSError as error:
        raise CatalogError(
            f"the copy {file} cannot be written ({error.strerror})", hint="choose another place"
        ) from error
    say(f"{digest}  {file}")
    say(f"wrote {file} and {file.name}{copies.SUFFIX}", err=True)


@catalog.command
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@options
def restore(file: Path, config_file: Path | None, catalog: str | None) -> None:
    """Put the copy FILE in the catalog's place; what was there is kept beside it.

    Refused if the copy is damaged, was made by a newer version, or while a scan is at work.

    \b
    Examples:
      kartta catalog restore kartta-2026-11-30.sqlite
      kartta catalog restore /backup/kartta.sqlite -c audit/kartta.yaml
    """
    from scanner.catalog import backup as copies
    from scanner.errors import CatalogError

    place = _file(Workspace.open(config_file, catalog), "pg_restore --clean --dbname=… FILE")
    try:
        kept = copies.restore(file, place)
    except OSError as error:
        raise CatalogError(
            f"{file} cannot be put in the catalog's place ({error.strerror})",
            hint="check disk space and that you may write there; the catalog is as it was",
        ) from error
    say(f"restored {place}" + (f"; the old one is kept as {kept}" if kept else ""), err=True)


def _file(space: Workspace, instead: str) -> Path:
    """Give the catalog's file.

    Raises:
        ConfigError: it is in a database server, which has its own commands.
    """
    from scanner.errors import ConfigError

    file = space.catalog_file()
    if file is None:
        raise ConfigError(
            "the catalog is in a database server", hint=f"use the server's own command: {instead}"
        )
    return file
