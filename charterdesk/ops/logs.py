"""Log lines: readable ones with the part's name in front, or one JSON object per line."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, TextIO

WIDTH = 8  # of the longest part's name


class JsonFormatter(logging.Formatter):
    """A log record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return time (UTC), level, logger and text; a traceback stays within the text."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        text = super().format(record)
        return json.dumps({"time": at, "level": record.levelname.lower(), "logger": record.name, "text": text})


class Printer:
    """Prints what the parts say, line by line, to one stream."""

    def __init__(self, *, as_json: bool, stream: TextIO = sys.stdout) -> None:
        self.as_json = as_json
        self.stream = stream

    def line(self, part: str, text: str, **more: object) -> None:
        """Print one line of `part`; `more` joins the JSON object. A closed terminal is no error."""
        try:
            self.stream.write((self._json(part, text, more) if self.as_json else self._text(part, text)) + "\n")
            self.stream.flush()
        except (BrokenPipeError, ValueError):
            return

    def _text(self, part: str, text: str) -> str:
        return f"{datetime.now().astimezone():%H:%M:%S} {part:{WIDTH}} | {text}"

    def _json(self, part: str, text: str, more: dict[str, object]) -> str:
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        return json.dumps({"time": at, "part": part, **(_object(text) or {"text": text}), **more})


def _object(text: str) -> dict[str, Any] | None:
    """The JSON object in `text`, where a part speaks JSON already."""
    if not text.startswith("{"):
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def django_logging(*, as_json: bool) -> dict[str, object]:
    """The `LOGGING` of settings.py: everything to standard error, from INFO up, in the chosen form."""
    text = {"format": "%(levelname)s %(name)s: %(message)s"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"chosen": {"()": "charterdesk.ops.logs.JsonFormatter"} if as_json else text},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "chosen"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
            "procrastinate": {"level": "WARNING"},
            "botocore": {"level": "WARNING"},
        },
    }
