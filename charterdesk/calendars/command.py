"""`charterdesk time --lines`: business time for other programs, by the desk's code without its database."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from charterdesk.calendars.arithmetic import CalendarError, add, between
from charterdesk.calendars.spec import read_calendar, read_duration, read_instant

SECOND = timedelta(seconds=1)
FORM = 'a question is {"calendar", "start", "add"} or {"calendar", "start", "end"}'


def answer(question: Any) -> dict[str, Any]:
    """Answer one question, an object as `main` describes. Raises `CalendarError` for what has no answer."""
    asked = set(question) if isinstance(question, Mapping) else set()
    if asked not in ({"calendar", "start", "add"}, {"calendar", "start", "end"}):
        raise CalendarError("question", FORM)
    calendar = read_calendar(question["calendar"])
    start = read_instant(question["start"], calendar)
    if "add" in question:
        end = add(calendar, start, read_duration(question["add"]))
        return {"end": end.astimezone(calendar.tz).isoformat()}
    passed = between(calendar, start, read_instant(question["end"], calendar))
    whole, rest = divmod(passed, SECOND)
    return {"business_seconds": passed / SECOND if rest else whole}


def answer_line(line: str | bytes) -> str:
    """Answer one line of JSON (UTF-8) with one line of JSON: `{"error": ...}` where there is no answer."""
    try:
        question = json.loads(line.decode("utf-8-sig") if isinstance(line, bytes) else line)
    except (ValueError, RecursionError) as error:  # no JSON, no UTF-8, a number or a nesting beyond all reason
        return json.dumps({"error": f"this line is no JSON: {error}"})
    try:
        result = answer(question)
    except CalendarError as error:
        result = {"error": str(error)}
    except (OverflowError, RecursionError) as error:
        result = {"error": f"this lies beyond what can be reckoned: {error}"}
    return json.dumps(result)


def main(argv: Sequence[str] | None = None) -> int:
    """Answer questions of business time from standard input, one JSON line each, at once.

    `{"calendar": {...}, "start": "2026-11-22T09:00:00+01:00", "add": "PT4H"}` gives `{"end"}`: the first
    instant at which so much open time has passed, on the calendar's wall clock with its offset.
    `{"calendar", "start", "end"}` gives `{"business_seconds"}`, negative when `end` is the earlier.
    `spec.read_calendar` says how a calendar is written. Every line gets one answer, an empty one too.
    """
    parser = argparse.ArgumentParser(prog="charterdesk time", description="Reckon with business time.")
    parser.add_argument("--lines", action="store_true", required=True, help="one JSON question per line of input")
    parser.parse_args(argv)
    for line in sys.stdin.buffer:
        sys.stdout.write(answer_line(line) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
