"""What was said to be wrong in articles: who puts it right, what became of it, and telling those who were misled."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Date, Given, Id, Number, Size, Words, one_of
from charterdesk.api.surges import CircularOut, NewCircular, start_answering
from charterdesk.api.ticket_opening import no_such
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.base.refused import require
from charterdesk.knowledge.actions.feedback import end_correction, hand_correction, open_correction
from charterdesk.knowledge.models import ArticleText, Correction
from charterdesk.knowledge.policies import may_approve, may_write
from charterdesk.people.models import Agent
from charterdesk.people.permissions import BULK
from charterdesk.surges.queries import corrections, still_misled
from charterdesk.tickets.actions.articles import say_wrong
from charterdesk.tickets.policies import may_work_on

router = Router(tags=["Many at once"])


class CorrectionOut(BaseModel):
    """Something in an article that is to be put right, or was."""

    correction_id: int
    text_id: int
    wrong_version: int
    about: str = Field(description="Where it came up.", examples=["ticket:1042"])
    reason: str
    owner_id: int | None
    due_on: date
    outcome: str = Field(description="open, corrected or unfounded", examples=["open"])
    result: str
    misled: int = Field(description="On how many tickets it was given while it was wrong.")
    opened_at: datetime
    ended_at: datetime | None


class CorrectionPage(BaseModel):
    """Some corrections; `next` is the cursor of the next page, null at the end."""

    items: list[CorrectionOut]
    next: str | None


class CorrectionsAsked(Asked):
    """Which corrections."""

    outcome: Annotated[str, one_of(code for code, _name in Correction.STATES)] = ABSENT
    cursor: Cursor = ""
    limit: Size = 50


class NewCorrection(Given):
    """What is wrong in an article."""

    text_id: Id
    reason: Annotated[Words, Field(min_length=1, max_length=2000)]
    number: Number = Field(ABSENT, description="Of the ticket on which it came up.")


class CorrectionOwner(Given):
    """Who puts it right, and until when."""

    owner_id: Id
    due_on: Date = ABSENT


class CorrectionEnd(Given):
    """What became of it."""

    outcome: Annotated[str, one_of([Correction.CORRECTED, Correction.UNFOUNDED])]
    result: Annotated[Words, Field(min_length=1, max_length=2000)]


def _of_correction(each: Any) -> dict[str, Any]:
    return {
        "correction_id": each.pk,
        "text_id": each.text_id,
        "wrong_version": each.number,
        "about": each.about,
        "reason": each.reason,
        "owner_id": each.owner_id,
        "due_on": each.due_on,
        "outcome": each.state,
        "result": each.result,
        "misled": each.misled,
        "opened_at": each.opened_at,
        "ended_at": each.ended_at,
    }


def _correction(request: ApiRequest, pk: int) -> Correction:
    require(may_write(request.viewer))
    return get_object_or_404(corrections(), pk=pk)


@router.get("/corrections", auth=Scope("knowledge:read", staff=True), response=CorrectionPage)
def list_corrections(request: ApiRequest, asked: Query[CorrectionsAsked]) -> HttpResponse:
    """What was said to be wrong in articles, newest first. One statement."""
    require(may_write(request.viewer))
    found = corrections()
    if asked.outcome:
        found = found.filter(state=asked.outcome)
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    rows = [_of_correction(each) for each in found[: asked.limit + 1]]
    return page_of(rows, asked.limit, place=("correction_id",))


@router.post("/corrections", auth=Scope("knowledge:write", staff=True), response={201: CorrectionOut})
@once
def report_error(request: ApiRequest, given: NewCorrection) -> HttpResponse:
    """Say what is wrong in an article; its owner puts it right within a week."""
    text = get_object_or_404(ArticleText.objects.visible_to(request.viewer).live(), pk=given.text_id)
    if given.number:
        ticket = seen_ticket(request, given.number)
        require(may_work_on(request.viewer, ticket))
        made = say_wrong(ticket, text=text, reason=given.reason, by=request.viewer)
    else:
        made = open_correction(text, reason=given.reason, by=request.viewer)
    return answer(_of_correction(corrections().get(pk=made.pk)), status=201)


@router.put("/corrections/{correction_id}/owner", auth=Scope("knowledge:write", staff=True), response=CorrectionOut)
@once
def hand_one_correction(request: ApiRequest, correction_id: Path[Id], given: CorrectionOwner) -> HttpResponse:
    """Say who puts it right; 409 `knowledge.is_ended`."""
    require(may_approve(request.viewer))
    correction = _correction(request, correction_id)
    owner = Agent.objects.filter(pk=given.owner_id, is_active=True).first()
    if owner is None:
        raise no_such("agent")
    hand_correction(correction, owner=owner, due_on=given.due_on or correction.due_on, by=request.viewer)
    return answer(_of_correction(correction))


@router.post("/corrections/{correction_id}/end", auth=Scope("knowledge:write", staff=True), response=CorrectionOut)
@once
def end_one_correction(request: ApiRequest, correction_id: Path[Id], given: CorrectionEnd) -> HttpResponse:
    """Say what became of it; 409 `knowledge.is_ended`."""
    correction = _correction(request, correction_id)
    end_correction(correction, outcome=given.outcome, result=given.result, by=request.viewer)
    return answer(_of_correction(correction))


@router.post(
    "/corrections/{correction_id}/circulars", auth=Scope("knowledge:write", staff=True), response={202: CircularOut}
)
@once
def tell_misled(request: ApiRequest, correction_id: Path[Id], given: NewCircular) -> HttpResponse:
    """Tell those who were given what is wrong and were not told yet; 409 `surges.nobody`."""
    correction = _correction(request, correction_id)
    require(may_approve(request.viewer) and request.viewer.may(BULK))
    return start_answering(request, still_misled(correction, request.viewer), correction.key, given.texts)
