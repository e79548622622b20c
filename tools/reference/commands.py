"""The page of every command and option, from click."""

import inspect
from collections.abc import Iterator, Mapping

import click

from kartta.cli.main import cli
from tools.reference.markdown import code, table

_KEPT = "\b"
"""Click's mark of a paragraph that keeps its lines."""
_VALUES: Mapping[str, str] = {"integer range": "NUMBER", "integer": "NUMBER", "datetime": "DAY"}


def commands(
    command: click.Command = cli, path: tuple[str, ...] = ("kartta",)
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Walk the command line, each group before what is in it."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from commands(below, (*path, name))


def page() -> str:
    """Describe every command."""
    lines = [
        "# Commands\n",
        "Results go to standard output, everything else to standard error. `-h` and `--help` of",
        "any command say what stands here.\n",
    ]
    for path, command in commands():
        lines.extend(_command(path, command))
    return "\n".join(lines) + "\n"


def _command(path: tuple[str, ...], command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=" ".join(path))
    yield f"## {' '.join(path)}\n"
    yield f"```text\n{' '.join([' '.join(path), *command.collect_usage_pieces(context)])}\n```\n"
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        yield from _paragraph(paragraph)
    options = [each for each in command.params if isinstance(each, click.Option)]
    if options:
        rows = [[_names(option), option.help or "", _default(option)] for option in options]
        yield table(("option", "what", "default"), rows) + "\n"


def _paragraph(text: str) -> Iterator[str]:
    if not text.startswith(_KEPT):
        yield text + "\n"
        return
    first, *rest = text.removeprefix(_KEPT).strip("\n").split("\n")
    if rest and all(line.startswith("  ") for line in rest):
        yield first + "\n"
        yield "```console\n" + "\n".join(f"$ {line.strip()}" for line in rest) + "\n```\n"
    else:
        yield "\n".join((first, *rest)) + "\n"


def _names(option: click.Option) -> str:
    names = [*option.opts, *option.secondary_opts]
    if isinstance(option.type, click.Choice):
        value = "|".join(map(str, option.type.choices))
    elif option.is_flag or option.count:
        value = ""
    else:
        value = option.metavar or _VALUES.get(option.type.name, option.type.name.upper())
    return ", ".join(code(name) for name in names) + (f" {code(value)}" if value else "")


def _default(option: click.Option) -> str:
    if isinstance(option.show_default, str):
        return option.show_default
    if option.is_flag or option.required:
        return "required" if option.required else ""
    default = option.default
    return code(str(default)) if isinstance(default, str | int | float) else ""
