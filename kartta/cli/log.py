"""Log lines as JSON, for pipelines."""

import json
import logging

_STANDARD = frozenset(vars(logging.makeLogRecord({})))


class JsonFormatter(logging.Formatter):
    """One object a line: level, logger, the constant sentence, and its fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        fields = {key: value for key, value in vars(record).items() if key not in _STANDARD}
        line = {"level": record.levelname.lower(), "logger": record.name, "event": record.msg}
        return json.dumps(line | fields, default=str, ensure_ascii=False)
