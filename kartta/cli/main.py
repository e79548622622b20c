"""The command line: loads a command when it is asked for, and turns errors into exit codes."""

import errno
import logging
import os
import sys
from importlib import import_module
from io import StringIO
from typing import Any

import click

from kartta.cli.say import say, say_lines
from kartta.process import LEAST_MEMORY, OutputError, memory_limit
from kartta.version import __version__
from scanner.errors import AuditError, ConfigError, RegisterError, ReportError, RuleError

EXIT_VIOLATIONS = 1
EXIT_USAGE = 2
EXIT_INCOMPLETE = 3
EXIT_INTERNAL = 4
EXIT_INTERRUPTED = 130

_FAULTS = frozenset(
    {errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOSPC, errno.EDQUOT, errno.ESTALE}
)
"""Of this machine and not of Kartta; what is imported late meets them too."""
_COMMANDS = {
    "init": "kartta.cli.init:init",
    "scan": "kartta.cli.scan:scan",
    "inspect": "kartta.cli.inspect:inspect",
    "report": "kartta.cli.report:report",
    "show": "kartta.cli.show:show",
    "diff": "kartta.cli.diff:diff",
    "waive": "kartta.cli.waive:waive",
    "ropa": "kartta.cli.ropa:ropa",
    "notice": "kartta.cli.notice:notice",
    "graph": "kartta.cli.graph:graph",
    "coverage": "kartta.cli.coverage:coverage",
    "clock": "kartta.cli.clock:clock",
    "subject": "kartta.cli.subject:subject",
    "requests": "kartta.cli.requests:requests",
    "catalog": "kartta.cli.catalog:catalog",
    "rules": "kartta.cli.rules:rules",
    "doctor": "kartta.cli.doctor:doctor",
}


class _Commands(click.Group):
    """Loads a command's module when it is named or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the commands in the order in which they are used."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Run the command; say what went wrong in three parts, and exit as documented."""
        try:
            _expect_memory()
            return super().invoke(ctx)
        except AuditError as error:
            _complain(error.message, error.hint)
            is_usage = isinstance(error, ConfigError | RegisterError | RuleError | ReportError)
            sys.exit(EXIT_USAGE if is_usage else EXIT_INTERNAL)
        except click.ClickException as error:
            # What was typed may be a file's name that a shell has filled in.
            shown = StringIO()
            error.show(shown)
            say_lines(shown.getvalue().rstrip("\n"), err=True)
            sys.exit(error.exit_code)
        except (click.exceptions.Exit, click.Abort, OutputError):
            raise
        except KeyboardInterrupt:
            _complain(
                "interrupted", "what was finished is kept; the same command goes on from there"
            )
            sys.exit(EXIT_INTERRUPTED)
        except MemoryError:
            _complain(
                "there is not enough memory",
                "raise 'ulimit -v', or use fewer --workers; what was finished is kept",
            )
            sys.exit(EXIT_INTERNAL)
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            if isinstance(error, OSError) and error.errno in _FAULTS:
                _complain(
                    f"this machine failed: {os.strerror(error.errno)}",
                    "see to disk space, open files ('ulimit -n') and memory; what was finished is "
                    "kept, and the same command goes on from there",
                )
                sys.exit(EXIT_INTERNAL)
            # The exception's text may hold scanned values; its class and place do not.
            trace = error.__traceback__
            while trace and trace.tb_next:
                trace = trace.tb_next
            place = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else "?"
            _complain(
                f"internal error: {type(error).__name__} in {place}",
                "run again with 'kartta --debug …' and report what it prints; "
                "what was finished is kept in the catalog",
            )
            sys.exit(EXIT_INTERNAL)


def _expect_memory() -> None:
    """Refuse to begin where libraries would end the process with words and a status of their own.

    Raises:
        ConfigError: the shell gives a process too little.
    """
    limit = memory_limit()
    if limit is not None and limit < LEAST_MEMORY:
        raise ConfigError(
            f"a process may have {limit // 2**20} MB of memory here, and needs "
            f"{LEAST_MEMORY // 2**20}",
            hint="raise 'ulimit -v' in this shell, or the limit of the service",
        )


def _complain(message: str, hint: str) -> None:
    say(f"Error: {message}", err=True)
    if hint:
        say(f"  → {hint}", err=True)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kartta")
@click.option("--debug", is_flag=True, help="Log every asset, and show tracebacks.")
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How log lines on standard error look.",
)
def cli(*, debug: bool, log_format: str) -> None:
    """Show where personal data really is, against what was declared and what the law asks.

    Reads only, works offline, and stores no scanned value.

    \b
    Examples:
      kartta scan ~/recruitment              look at a folder, without any configuration
      kartta init && kartta scan             set up an audit and run it
      kartta report -o findings.html         what an auditor reads
      kartta ropa export register.xlsx       what the data protection officer keeps
    """
    _configure_logging(debug=debug, log_format=log_format)


def _configure_logging(*, debug: bool, log_format: str) -> None:
    handler = logging.StreamHandler()
    if log_format == "json":
        from kartta.cli.log import JsonFormatter

        handler.setFormatter(JsonFormatter())
    else:
        from kartta.cli.log import TextFormatter

        handler.setFormatter(TextFormatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(
        level=logging.DEBUG if debug else logging.WARNING, handlers=[handler], force=True
    )
