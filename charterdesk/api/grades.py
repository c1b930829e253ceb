"""How requests ended for their customers: grades, consent in writing, and refusing, which management alone may."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.html import linebreaks
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Asked, Cursor, Date, Given, Id, Moment, Number, Size, Words
from charterdesk.api.problems import Problem, problem_of
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.api.uploads import Upload, files_of
from charterdesk.base.refused import Refused, require
from charterdesk.people.models import Agent
from charterdesk.tickets.actions import (
    give_consent,
    grade_ticket,
    keep_paper_consent,
    refuse_barred,
    refuse_request,
)
from charterdesk.tickets.actions.consenting import MOST_SCANS
from charterdesk.tickets.models import Consent, Grade, RefusalAttempt, Ticket
from charterdesk.tickets.policies import may_grade, may_read_refusals, may_solve, may_work_on

router = Router(tags=["Grades and complaints"])
GRADE = ("id", "ticket__number", "score", "comment", "team_id", "agent_id", "way", "solved_at", "given_at")
MOST_SETTLED = 20
ATTEMPT = ("id", "ticket__number", "agent_id", "missing", "explanation", "message_id", "made_at")


class GradeOut(BaseModel):
    """What a customer gave for one solution."""

    id: int
    ticket: int = Field(description="Its number.", examples=[1042])
    score: int = Field(description="1 (bad) to 5 (good).", examples=[4])
    comment: str
    team_id: int
    agent_id: int | None = Field(description="Whose solution it was.")
    way: str = Field(examples=["mail"])
    solved_at: datetime
    given_at: datetime


class GradePage(BaseModel):
    """Some grades; `next` is the cursor of the next page, null at the end."""

    items: list[GradeOut]
    next: str | None


class GradesAsked(Asked):
    """Which grades."""

    team_id: Id = ABSENT
    agent_id: Id = ABSENT
    since: Moment = Field(ABSENT, description="Given then or later.")
    cursor: Cursor = ""
    limit: Size = 50


class NewGrade(Given):
    """How it went: 1 and 2 open the ticket again, 3 to 5 close it."""

    score: Annotated[int, Field(ge=1, le=5, examples=[4]), WHOLE]
    comment: Annotated[Words, Field(max_length=5000)] = ""


class NewConsent(Given):
    """A customer writes what they agree to; the desk names the message in which they did, or the paper they signed."""

    text: Annotated[Words, Field(max_length=5000)] = ""
    message_id: Id = ABSENT
    signed_on: Date | None = Field(None, description="The day on the paper, where they agreed on paper.")
    attachments: list[Upload] = Field([], max_length=MOST_SCANS, description="Its scans: what `POST /uploads` gave.")


class ConsentOut(BaseModel):
    """That a customer agreed in writing."""

    id: int
    message_id: int | None
    text: str
    agent_id: int | None = Field(description="Who recorded it; null where they agreed themselves.")
    signed_on: date | None = Field(description="The day on the paper, whose scans hang on `message_id`; else null.")
    given_at: datetime


class NewRefusal(Given):
    """Why, as the customer reads it."""

    explanation: Annotated[Words, Field(max_length=20_000, examples=["The leak is behind your meter."])]


class AttemptOut(BaseModel):
    """That somebody wanted to refuse a request; `missing` says why they could not, empty: it was refused."""

    id: int
    ticket: int = Field(description="Its number.", examples=[1042])
    agent_id: int | None
    missing: list[str] = Field(examples=[["not_settled"]])
    explanation: str
    message_id: int | None
    made_at: datetime


class AttemptPage(BaseModel):
    """Some tries; `next` is the cursor of the next page, null at the end."""

    items: list[AttemptOut]
    next: str | None


class SettledOut(BaseModel):
    """What speaks for and against that a ticket is done, the latest twenty of each."""

    grades: list[GradeOut]
    consents: list[ConsentOut]
    refusals: list[AttemptOut]


class AttemptsAsked(Asked):
    """Which of them."""

    cursor: Cursor = ""
    limit: Size = 50


@router.get("/grades", auth=Scope("tickets:read", staff=True), response=GradePage)
def list_grades(request: ApiRequest, asked: Query[GradesAsked]) -> HttpResponse:
    """Grades on tickets you see, the latest first. One statement."""
    found = Grade.objects.filter(ticket__in=Ticket.objects.visible_to(request.viewer)).order_by("-pk")
    wanted = {"team_id": asked.team_id, "agent_id": asked.agent_id, "given_at__gte": asked.since}
    found = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    return page_of([_row(row) for row in found.values(*GRADE)[: asked.limit + 1]], asked.limit, place=("id",))


@router.post("/tickets/{number}/grades", auth=Scope("tickets:write"), response={201: GradeOut})
@once
def give_grade(request: ApiRequest, number: Path[Number], given: NewGrade) -> HttpResponse:
    """Grade the solution of one's own ticket, once; 409 `tickets.already_graded`, `tickets.nothing_to_grade`."""
    ticket = seen_ticket(request, number)
    require(may_grade(request.viewer, ticket))
    made = grade_ticket(ticket, by=request.viewer, score=given.score, comment=given.comment, way=Grade.API)
    return answer(_row(Grade.objects.values(*GRADE).get(pk=made.pk)), status=201)


@router.get("/tickets/{number}/settled", auth=Scope("tickets:read", staff=True), response=SettledOut)
def read_settled(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """How a ticket was graded, whether its customer agreed, and who wanted to refuse it. Four statements."""
    ticket = seen_ticket(request, number)
    grades = Grade.objects.filter(ticket=ticket).order_by("-pk").values(*GRADE)
    consents = Consent.objects.filter(ticket=ticket).order_by("-pk").values(*ConsentOut.model_fields)
    attempts = RefusalAttempt.objects.filter(ticket=ticket).order_by("-pk").values(*ATTEMPT)
    return answer(
        {
            "grades": [_row(row) for row in grades[:MOST_SETTLED]],
            "consents": list(consents[:MOST_SETTLED]),
            "refusals": [_row(row) for row in attempts[:MOST_SETTLED]],
        }
    )


@router.post("/tickets/{number}/consents", auth=Scope("tickets:write"), response={201: ConsentOut})
@once
def consent(request: ApiRequest, number: Path[Number], given: NewConsent) -> HttpResponse:
    """Agree in writing that one's ticket ends; the desk names where its customer did. It closes.

    The desk names a `message_id` of theirs, or the day and the scans of a paper they signed (409 `tickets.no_scan`,
    `tickets.bad_signing_day`).
    """
    ticket = seen_ticket(request, number)
    if request.viewer.is_staff:
        require(may_solve(request.viewer, ticket))
        made = _taken(request, ticket, given)
    else:
        require(may_grade(request.viewer, ticket))
        made = give_consent(ticket, by=request.viewer, text=given.text)
    return answer(Consent.objects.values(*ConsentOut.model_fields).get(pk=made.pk), status=201)


def _taken(request: ApiRequest, ticket: Ticket, given: NewConsent) -> Consent:
    """What the desk has of its customer's consent: a message, or a paper."""
    agent = Agent.objects.get(pk=request.viewer.agent_id or 0)
    if given.signed_on is None:
        message = get_object_or_404(ticket.messages, pk=given.message_id or 0)
        return give_consent(ticket, by=request.viewer, message=message, agent=agent)
    scans = files_of(request, given.attachments)
    return keep_paper_consent(ticket, by=request.viewer, agent=agent, signed_on=given.signed_on, scans=scans)


@router.post("/tickets/{number}/refusals", auth=Scope("tickets:write", staff=True), response={201: AttemptOut})
@once
def refuse(request: ApiRequest, number: Path[Number], given: NewRefusal) -> HttpResponse:
    """Refuse a request, as management, once its customer agreed; each try is kept. 409 `tickets.refusal_barred`."""
    ticket = seen_ticket(request, number)
    require(may_work_on(request.viewer, ticket))
    made = refuse_request(ticket, by=request.viewer, explanation=linebreaks(given.explanation, autoescape=True))
    try:
        refuse_barred(made)
    except Refused as refused:  # answered, not raised: raising would undo the record of the try
        return problem_of(Problem(409, refused.code, str(refused.message)))
    return answer(_row(RefusalAttempt.objects.values(*ATTEMPT).get(pk=made.pk)), status=201)


@router.get("/refusals", auth=Scope("tickets:read", staff=True), response=AttemptPage)
def list_refusals(request: ApiRequest, asked: Query[AttemptsAsked]) -> HttpResponse:
    """Who wanted to refuse what, the latest first, for who may refuse. One statement."""
    require(may_read_refusals(request.viewer))
    found = RefusalAttempt.objects.filter(ticket__in=Ticket.objects.visible_to(request.viewer)).order_by("-pk")
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    return page_of([_row(row) for row in found.values(*ATTEMPT)[: asked.limit + 1]], asked.limit, place=("id",))


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the database as the answer names it."""
    return {("ticket" if name == "ticket__number" else name): value for name, value in row.items()}
