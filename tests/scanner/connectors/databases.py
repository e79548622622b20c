"""Open a database as a source, and look into it."""

from pathlib import Path

from scanner.connectors.base import Connector
from scanner.connectors.databases import database
from scanner.connectors.databases.database import Config
from scanner.extract.base import Limits
from scanner.model import Asset, Content, Segment

SECRET = "invented-Passw0rd"  # noqa: S105 - invented


def connector(url: str | Path, **options: object) -> Connector:
    return database.Database(configured(url, **options), Limits())


def configured(url: str | Path, **options: object) -> Config:
    url = f"sqlite:///{url}" if isinstance(url, Path) else url
    return Config.model_validate({"id": "hr", "url": url, **options})


def listed(source: Connector) -> list[str]:
    return [asset.path for asset in source.discover(None)]


def asset_named(source: Connector, path: str) -> Asset:
    return next(asset for asset in source.discover(None) if asset.path == path)


def contents(source: Connector, path: str) -> list[Content]:
    return list(source.read(asset_named(source, path)))


def by_label(found: list[Content]) -> dict[str, list[str]]:
    labels: dict[str, list[str]] = {}
    for each in found:
        if isinstance(each, Segment):
            labels.setdefault(each.label, []).extend(each.text.split("\n"))
    return labels
