"""A charter for tests: published as it would be by two people, with an effect in the past.

A pytest plugin too: what a process knows of charters would name rows that a test has rolled back.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from charterdesk.calendars.actions import ensure_version
from charterdesk.charter.actions.documents import approve_draft, begin_draft, publish_charter
from charterdesk.charter.content import ANSWERED, CREDIT, Charter, Objective, Remedy
from charterdesk.charter.in_force import forget, know_none
from charterdesk.charter.models import Case, CharterVersion
from charterdesk.events.delivery import deliver
from charterdesk.events.log import COLUMNS, entry_of
from charterdesk.events.models import Reader
from charterdesk.events.rule_changes import load_default_rules
from charterdesk.sla.testing import stamp
from charterdesk.tickets.models import Ticket


@pytest.fixture(autouse=True)
def _no_charter_outlives_its_test() -> Iterator[None]:
    know_none()
    yield
    know_none()


LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
HOUR_S = 3600


def answer_within(hours: float, code: str = "answer", **fields: object) -> Objective:
    """The promise that a person answers within so many open hours."""
    return Objective(
        code=code,
        title={"en": "An answer in time"},
        promise={"en": f"A person answers you within {hours:g} hours."},
        stop=str(fields.pop("stop", ANSWERED)),
        within_s=int(hours * HOUR_S),
        **fields,  # type: ignore[arg-type]
    )


def credit(amount: str, code: str = "credit", **fields: object) -> Remedy:
    """The remedy of a credit in EUR."""
    given = {"title": {"en": "Credit"}, **fields}
    return Remedy(code=code, kind=CREDIT, amount=amount, **given)  # type: ignore[arg-type]


def publish_for_test(charter: Charter, *, effective_at: datetime = LONG_AGO) -> CharterVersion:
    """`charter` in force since `effective_at`."""
    draft = begin_draft(by="agent:1", content=charter)
    approve_draft(draft, by="agent:2")
    publish_charter(draft, by="agent:1", effective_at=None)
    former = CharterVersion.objects.exclude(pk=draft.pk).order_by("-effective_at").first()
    if former and former.effective_at and former.effective_at >= effective_at:
        effective_at = former.effective_at + timedelta(seconds=1)
    CharterVersion.objects.filter(pk=draft.pk).update(effective_at=effective_at)
    draft.refresh_from_db()
    forget()
    return draft


def happened(hour: float) -> None:
    """Let what was published since the last call, and all that follows from it, have happened at `hour` of the test."""
    load_default_rules()
    reader, _created = Reader.objects.get_or_create(name="testing")
    while True:
        stamp(hour)
        rows = _rows_after(reader.floor_id)
        if not rows:
            return
        with transaction.atomic():
            deliver([entry_of(row) for row in rows])
            reader.floor_id = int(rows[-1][0])
            reader.save(update_fields=["floor_id"])


def _rows_after(number: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM events_event WHERE id > %s ORDER BY id", [number])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def broken_case(ticket: Ticket, version: CharterVersion, objective: str = "answer") -> Case:
    """A promise on `ticket` that was broken, as the clock would have left it."""
    calendar = ensure_version(ticket.team.calendar)
    return Case.objects.create(
        ticket=ticket,
        version=version,
        calendar_version=calendar,
        objective=objective,
        team_id=ticket.team_id,
        state=Case.BROKEN,
        started_at=ticket.opened_at,
        used=timedelta(0),
        due_at=ticket.opened_at,
        decided_at=ticket.opened_at,
        day=ticket.opened_at.date(),
    )
