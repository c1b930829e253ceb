"""Calls for tests: a number of a team, and what a telephone system says of a call."""

from datetime import datetime
from typing import Any

from charterdesk.base.keys import SYSTEM
from charterdesk.calls.actions import Report, save_line, take_report
from charterdesk.calls.models import Call, PhoneLine
from charterdesk.people.models import Team

OURS = "+4930123456"
THEIRS = "+4930987654"


def make_line(team: Team, *, number: str = OURS, **fields: Any) -> PhoneLine:
    """A number whose calls are `team`'s."""
    return save_line(
        PhoneLine(), by=SYSTEM, fields={"name": f"Line {number}", "number": number, "team": team, **fields}
    )


def report(call_id: str, state: str, at: datetime, *, caller: str = THEIRS, **fields: Any) -> Call:
    """What the telephone system says of a call from `caller`."""
    told = Report(call_id=call_id, state=state, at=at, from_=caller, to=OURS, **fields)
    return take_report(told, source="test", by=SYSTEM)
