"""Secrets by reference: `${env:NAME}` and `${file:/run/secrets/name}` name where one is found.

What names a secret travels, and the secret does not: it is looked up where a source is opened, on
the machine that opens it.
"""

import os
import re
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from pydantic import BaseModel, SecretStr

from scanner.errors import ConfigError

REFERENCE = re.compile(r"\$\{(?P<kind>[a-z]+):(?P<name>[^}]+)\}")

_USER = re.compile(r"(?<=://)(?:\$\{[^}]+\}|[^/@])+(?=@)")
"""User and password in a URL; what they are named by may hold what ends them."""

Model = TypeVar("Model", bound=BaseModel)


def expand(text: str, where: str) -> str:
    """Replace every reference in a text by what it names.

    In the user and password of a URL it is written as a URL needs it; a `%` is taken as it stands.

    Raises:
        ConfigError: the variable is not set, the file is not there, or the kind is unknown.
    """

    def found(match: re.Match[str]) -> str:
        return _found(match["kind"], match["name"], where)

    def in_url(match: re.Match[str]) -> str:
        # A password's own @ or / would end it, and its rest would be taken for the host.
        return REFERENCE.sub(lambda each: quote(found(each), safe="%"), match[0])

    return REFERENCE.sub(found, _USER.sub(in_url, text))


def resolved(model: Model, where: str) -> Model:
    """Give a model with the references in its secrets expanded.

    Raises:
        ConfigError: as `expand`.
    """
    secrets = {
        name: SecretStr(expand(value.get_secret_value(), f"{where}: {name}"))
        for name, value in iter(model)
        if isinstance(value, SecretStr)
    }
    return model.model_copy(update=secrets)


def _found(kind: str, name: str, where: str) -> str:
    if kind == "env":
        value = os.environ.get(name)
        if value is None:
            raise ConfigError(
                f"{where}: the environment has no variable {name}", hint=f"set {name} and try again"
            )
        return value
    if kind == "file":
        try:
            return Path(name).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(
                f"{where}: the secret file {name} cannot be read", hint="check path and rights"
            ) from error
    raise ConfigError(
        f"{where}: unknown reference '{kind}:'", hint="use ${env:NAME} or ${file:/path}"
    )
