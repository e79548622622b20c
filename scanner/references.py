"""Secrets by reference: `${env:NAME}` or `${file:/run/secrets/name}` names where one is found.

`${keyring:service/name}` and `${command:pass show name}` do, too. What names a secret travels, and
the secret does not: it is looked up where a source is opened, on the machine that opens it. A
command runs there, so whoever writes an audit file is trusted.
"""

import os
import re
import shlex
import subprocess
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from pydantic import BaseModel, SecretStr

from scanner.errors import ConfigError

REFERENCE = re.compile(r"\$\{(?P<kind>[a-z]+):(?P<name>[^}]+)\}")

_USER = re.compile(r"(?<=://)(?:\$\{[^}]+\}|[^/@])+(?=@)")
"""User and password in a URL; what they are named by may hold what ends them."""

COMMAND_SECONDS = 30
"""What a command may take to say a secret."""
_TRY = f"run it in a terminal: it gets no shell, no input and {COMMAND_SECONDS} seconds"

Model = TypeVar("Model", bound=BaseModel)


def expand(text: str, where: str) -> str:
    """Replace every reference in a text by what it names.

    In the user and password of a URL it is written as a URL needs it; a `%` is taken as it stands.

    Raises:
        ConfigError: what is named is not there or cannot be asked, or the kind is unknown.
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
    readers: dict[str, Callable[[str], str]] = {
        "env": _from_environment,
        "file": _from_file,
        "keyring": _from_keyring,
        "command": _from_command,
    }
    read = readers.get(kind)
    if read is None:
        raise ConfigError(
            f"{where}: unknown reference '{kind}:'",
            hint="use ${env:NAME}, ${file:/path}, ${keyring:service/name} or ${command:…}",
        )
    try:
        return read(name)
    except ConfigError as error:
        raise ConfigError(f"{where}: {error.message}", hint=error.hint) from error


def _from_environment(name: str) -> str:
    value = os.environ.get(name)
    if value is None:
        raise ConfigError(
            f"the environment has no variable {name}", hint=f"set {name} and try again"
        )
    return value


def _from_file(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"the secret file {name} cannot be read", hint="check path and rights"
        ) from error


def _from_keyring(name: str) -> str:
    service, _, user = name.rpartition("/")
    try:
        keyring, errors = import_module("keyring"), import_module("keyring.errors")
    except ImportError as error:
        raise ConfigError(
            "the keyring cannot be asked: the package 'keyring' is not installed",
            hint="pip install keyring, or keep the secret in a file, a variable or a command",
        ) from error
    try:
        secret = keyring.get_password(service, user)
    except errors.KeyringError as error:
        raise ConfigError(
            f"the keyring cannot be asked ({type(error).__name__})",
            hint="unlock it, or choose another one: 'keyring diagnose'",
        ) from error
    if secret is None:
        raise ConfigError(
            f"the keyring has nothing for '{name}'", hint=f"keyring set '{service}' '{user}'"
        )
    return str(secret)


@cache
def _from_command(line: str) -> str:
    """Ask a command, once in each process; what it says goes nowhere else."""
    try:
        words = shlex.split(line)
        done = subprocess.run(  # noqa: S603 - the user's own words, and no shell
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=COMMAND_SECONDS,
            check=False,
        )
        secret = done.stdout.decode("utf-8").strip()
    except (OSError, ValueError, IndexError, subprocess.TimeoutExpired) as error:
        raise ConfigError(
            f"the command for a secret did not end well ({type(error).__name__})", hint=_TRY
        ) from error
    if done.returncode or not secret:
        said = "" if secret else " and said nothing"
        raise ConfigError(
            f"the command for a secret ended with status {done.returncode}{said}", hint=_TRY
        )
    return secret
