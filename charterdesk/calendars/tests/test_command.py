"""`charterdesk time --lines` answers each line with one line, and never stops at a bad one."""

import json
import subprocess
import sys

import pytest

from charterdesk.calendars.command import answer_line

OFFICE = {
    "zone": "Europe/Berlin",
    "hours": {"mon": [["09:00", "12:30"], ["13:30", "18:00"]], "thu": [["09:00", "12:30"]]},
    "holidays": ["2026-12-21"],
    "exceptions": [{"date": "2026-12-24", "hours": [["09:00", "12:00"]]}],
}
SUNDAYS = {"zone": "Europe/Berlin", "hours": {"sun": [["00:00", "24:00"]]}}
NIGHTS = {"zone": "America/New_York", "hours": {"sat": [["22:00", "06:00"]]}}


def ask(**question):
    return json.loads(answer_line(json.dumps(question)))


@pytest.mark.parametrize(
    ("calendar", "start", "add", "end"),
    [
        (OFFICE, "2026-11-22T09:00:00Z", "PT4H", "2026-11-23T14:00:00+01:00"),
        (OFFICE, "2026-11-23T09:00:00+01:00", "PT3H30M", "2026-11-23T12:30:00+01:00"),
        (OFFICE, "2026-11-23T12:30:00+01:00", "PT0S", "2026-11-23T13:30:00+01:00"),
        (OFFICE, "2026-11-23T10:00", "PT0S", "2026-11-23T10:00:00+01:00"),
        (OFFICE, "2026-12-17T13:00:00+01:00", "PT3H", "2026-12-24T12:00:00+01:00"),
        (OFFICE, "2026-11-23T09:00:00.5+01:00", "PT0.25S", "2026-11-23T09:00:00.750000+01:00"),
        (SUNDAYS, "2026-10-25T00:00", "PT3H", "2026-10-25T02:00:00+01:00"),  # the second 02:00
        (SUNDAYS, "2026-10-25T02:30", "PT1H", "2026-10-25T02:30:00+01:00"),  # from the first to the second
        (SUNDAYS, "2026-10-24T20:00", "P1DT1H", "2026-10-26T00:00:00+01:00"),  # 25 hours long
        (SUNDAYS, "2026-03-29T02:30", "-PT0S", "2026-03-29T03:30:00+02:00"),
        (NIGHTS, "2026-10-31T21:00", "PT3H-60M", "2026-11-01T00:00:00-04:00"),
        (SUNDAYS, "2026-03-29T02:30", "PT1H", "2026-03-29T04:30:00+02:00"),  # a time that never was
        (NIGHTS, "2026-10-31T21:00", "PT9H", "2026-11-01T06:00:00-05:00"),  # a night of nine hours
    ],
)
def test_adding_open_time(calendar, start, add, end):
    assert ask(calendar=calendar, start=start, add=add) == {"end": end}


@pytest.mark.parametrize(
    ("calendar", "start", "end", "seconds"),
    [
        (OFFICE, "2026-11-23T12:00:00+01:00", "2026-11-23T14:00:00+01:00", 3600),
        (OFFICE, "2026-11-23T14:00:00+01:00", "2026-11-23T12:00:00+01:00", -3600),
        (OFFICE, "2026-11-23T10:00:00.5+01:00", "2026-11-23T10:00:01+01:00", 0.5),
        (SUNDAYS, "2026-10-25T00:00", "2026-10-26T00:00", 25 * 3600),
        (SUNDAYS, "2026-03-29T00:00", "2026-03-30T00:00", 23 * 3600),
        ({"zone": "UTC", "hours": {}}, "2026-01-01T00:00Z", "2027-01-01T00:00Z", 0),
    ],
)
def test_measuring_open_time(calendar, start, end, seconds):
    assert ask(calendar=calendar, start=start, end=end) == {"business_seconds": seconds}


@pytest.mark.parametrize(
    ("question", "error"),
    [
        (
            {"calendar": OFFICE, "start": "2026-11-23T12:00Z", "add": "-PT1H"},
            "a duration to add is never negative",
        ),
        (
            {"calendar": OFFICE, "start": "2026-11-23T12:00Z", "add": "PT-1H"},
            "a duration to add is never negative",
        ),
        ({"calendar": OFFICE, "start": "2026-11-23T12:00Z", "add": "PT٤H"}, "a duration is written PT4H"),
        ({"calendar": OFFICE, "start": "2026-11-23T12:00Z", "add": "PT1-1H"}, "a duration is written PT4H"),
        (
            {"calendar": {"zone": "localtime"}, "start": "2026-11-23T12:00Z", "add": "PT4H"},
            "zone is a name",
        ),
        ({"calendar": {"zone": "-5,x"}, "start": "2026-11-23T12:00Z", "add": "PT4H"}, "zone is a name"),
        (
            {"calendar": OFFICE, "start": "2026-11-23T12:00Z", "add": "P1M"},
            "months and years have no fixed length",
        ),
        ({"calendar": OFFICE, "start": "2026-11-23T12:00Z", "add": "4h"}, "a duration is written PT4H"),
        ({"calendar": OFFICE, "start": "2026-11-23T12:00Z", "add": "PT"}, "a duration is written PT4H"),
        ({"calendar": OFFICE, "start": "2026-11-23T12:00Z", "add": "PT1.2.3H"}, "a duration is written PT4H"),
        (
            {"calendar": OFFICE, "start": "2026-11-23T12:00Z", "add": "P99999999999D"},
            "longer than any calendar",
        ),
        ({"calendar": OFFICE, "start": "yesterday", "add": "PT4H"}, "a time is written"),
        ({"calendar": OFFICE, "start": "2026-11-23T12:00Z"}, "a question is"),
        (
            {"calendar": OFFICE, "start": "0001-01-01T00:00", "end": "2026-01-01T00:00"},
            "beyond what can be reckoned",
        ),
        (
            {"calendar": {"zone": "UTC"}, "start": "2026-11-23T12:00Z", "add": "PT4H"},
            "does not open for so long",
        ),
        ({"calendar": {"zone": "UTC"}, "start": "2026-11-23T12:00Z", "add": "PT0S"}, "never opens again"),
        (
            {"calendar": {"zone": "Mars/Olympus"}, "start": "2026-11-23T12:00Z", "add": "PT4H"},
            "zone is a name",
        ),
        (
            {
                "calendar": {"zone": "UTC", "hours": {"mon": [["25:00", "26:00"]]}},
                "start": "2026-11-23",
                "add": "PT4H",
            },
            "mon: a time is written 08:30",
        ),
        ([1, 2], "a question is"),
        ({"calendar": {"zone": "UTC", "hours": []}, "start": "2026-11-23", "add": "PT4H"}, "hours are given by day"),
        (None, "a question is"),
    ],
)
def test_what_has_no_answer_gets_a_reason(question, error):
    answered = json.loads(answer_line(json.dumps(question)))
    assert list(answered) == ["error"]
    assert error in answered["error"]


@pytest.mark.parametrize(
    "line", [b"", b"\n", b"{", b"\xff\n", b"NaN x", b"[" * 100_000, b'{"start": ' + b"1" * 5000 + b"}"]
)
def test_a_line_that_is_no_json_gets_one_answer_that_says_so(line):
    answered = json.loads(answer_line(line))
    assert list(answered) == ["error"]
    assert answered["error"].startswith("this line is no JSON: ")


def test_the_command_answers_each_line_at_once_without_django_and_without_holidays():
    question = json.dumps({"calendar": OFFICE, "start": "2026-11-22T09:00:00Z", "add": "PT4H"})
    program = """
import sys
from charterdesk.calendars.command import main
main(["--lines"])
print({"django", "holidays"} & set(sys.modules))
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as command:
        assert command.stdin and command.stdout
        answers = []
        for asked in (question, "{", "", question):
            command.stdin.write(asked + "\n")
            command.stdin.flush()
            answers.append(json.loads(command.stdout.readline()))
        rest, _ = command.communicate()
    assert answers[0] == answers[3] == {"end": "2026-11-23T14:00:00+01:00"}
    assert list(answers[1]) == list(answers[2]) == ["error"]
    assert (rest, command.returncode) == ("set()\n", 0)
