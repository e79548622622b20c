"""Log lines: as JSON for pipelines, and harmless for terminals."""

import logging

from reports.text import json_text, visible

_STANDARD = frozenset(vars(logging.makeLogRecord({})))


class JsonFormatter(logging.Formatter):
    """One object a line: level, logger, the constant sentence, and its fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        fields = {key: value for key, value in vars(record).items() if key not in _STANDARD}
        line = {"level": record.levelname.lower(), "logger": record.name, "event": record.msg}
        return json_text(line | fields, default=str)


class TextFormatter(logging.Formatter):
    """Lines for people; what others have named cannot move the rest of them."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the lines: more than one where there is a traceback."""
        return "\n".join(map(visible, super().format(record).split("\n")))
