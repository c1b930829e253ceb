"""Many requests with one cause: what was noticed, the problem made of it, one answer to all."""

import secrets
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Asked, Cursor, Given, Id, Number, Size, line, one_of
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.base.refused import require
from charterdesk.knowledge.policies import may_write
from charterdesk.people.models import LANGUAGES
from charterdesk.surges.actions import (
    add_tickets,
    begin_surge,
    dismiss_surge,
    join_problem,
    make_problem,
    set_terms,
    start_circular,
    stop_circular,
)
from charterdesk.surges.jobs import send_circular
from charterdesk.surges.models import Circular, Surge, SurgeTicket
from charterdesk.surges.policies import may_answer_all, may_begin, may_decide, may_set_terms
from charterdesk.surges.queries import (
    listed,
    seen_parts,
    terms_in_force,
    tickets_of,
    to_answer,
)
from charterdesk.tickets.models import Ticket

router = Router(tags=["Many at once"])
Texts = Annotated[
    dict[Annotated[str, one_of(code for code, _name in LANGUAGES)], Annotated[str, line(20_000)]],
    Field(json_schema_extra={"additionalProperties": False}),
]


class SurgeOut(BaseModel):
    """Many new requests of one team that speak of the same."""

    id: int
    team_id: int
    words: list[str] = Field(examples=[["no water", "Mill Lane"]])
    state: str = Field(description="noticed, problem or dismissed", examples=["noticed"])
    problem: int | None = Field(description="The number of the ticket they are part of.", examples=[1050])
    told: str = Field(description="What customers read of it on their requests.")
    tickets: int = Field(description="How many speak of it.", examples=[14])
    waiting: int = Field(description="How many nobody decided on.", examples=[3])
    noticed_at: datetime
    last_at: datetime


class SurgePage(BaseModel):
    """Some surges; `next` is the cursor of the next page, null at the end."""

    items: list[SurgeOut]
    next: str | None


class SurgeDetail(SurgeOut):
    """A surge with the numbers of its tickets, as far as the asker sees them."""

    waiting_numbers: list[int]
    part_numbers: list[int]


class SurgeTermsOut(BaseModel):
    """From when on similar requests are pointed out."""

    customers: int = Field(description="So many of one team write of the same; 0: never.", examples=[8])
    minutes: int = Field(description="Within so many.", examples=[60])


class SurgeTermsGiven(Given):
    """What becomes different."""

    customers: Annotated[int, Field(ge=0, le=1000), WHOLE] = ABSENT
    minutes: Annotated[int, Field(ge=1, le=1440), WHOLE] = ABSENT


class SurgesAsked(Asked):
    """Which surges."""

    state: Annotated[str, one_of(code for code, _name in Surge.STATES)] = ABSENT
    cursor: Cursor = ""
    limit: Size = 50


class NewProblem(Given):
    """What the problem is, and which of the waiting tickets are part of it."""

    subject: Annotated[str, line(300, least=1)] = Field(examples=["Main broken in Mill Lane"])
    told: Annotated[str, line(300)] = Field("", description="What customers read of it on their requests.")
    numbers: Annotated[list[Number], Field(min_length=1, max_length=500)]


class NewParts(Given):
    """Which of the waiting tickets join the problem."""

    numbers: Annotated[list[Number], Field(min_length=1, max_length=500)]


class NewCircular(Given):
    """One answer by language; customers who write in none of them get the first.

    Facts of each ticket stand in two braces, as in the texts of the desk: `{{ reference }}`.
    """

    texts: Texts = Field(examples=[{"en": "Water is back."}])


class CircularOut(BaseModel):
    """How far one answer to many customers is."""

    circular_id: int
    about: str = Field(examples=["surge:7"])
    stage: str = Field(description="running, done or stopped", examples=["running"])
    total: int
    sent: int
    passed: int = Field(description="How many could not be written to.")
    started_at: datetime
    finished_at: datetime | None


def _surge(request: ApiRequest, pk: int) -> Surge:
    return get_object_or_404(listed(request.viewer), pk=pk)


def _row(surge: Any) -> dict[str, Any]:
    return {
        "id": surge.pk,
        "team_id": surge.team_id,
        "words": surge.words,
        "state": surge.state,
        "problem": surge.problem.number if surge.problem else None,
        "told": surge.told,
        "tickets": surge.in_all,
        "waiting": surge.waiting,
        "noticed_at": surge.noticed_at,
        "last_at": surge.last_at,
    }


def _detail(request: ApiRequest, pk: int) -> dict[str, Any]:
    surge = _surge(request, pk)
    waiting = tickets_of(surge, request.viewer, SurgeTicket.WAITING)
    parts = seen_parts(surge, request.viewer).values_list("number", flat=True)
    return {**_row(surge), "waiting_numbers": [each.number for each in waiting], "part_numbers": list(parts[:500])}


def _ids(request: ApiRequest, numbers: list[int]) -> list[int]:
    return list(Ticket.objects.visible_to(request.viewer).filter(number__in=numbers).values_list("pk", flat=True))


@router.get("/surges", auth=Scope("tickets:read", staff=True), response=SurgePage)
def list_surges(request: ApiRequest, asked: Query[SurgesAsked]) -> HttpResponse:
    """What was noticed in the asker's teams, newest first. One statement."""
    found = listed(request.viewer).order_by("-pk")
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    return page_of([_row(each) for each in found[: asked.limit + 1]], asked.limit)


@router.get("/surges/{surge_id}", auth=Scope("tickets:read", staff=True), response=SurgeDetail)
def read_surge(request: ApiRequest, surge_id: Path[Id]) -> HttpResponse:
    """One of them with its tickets. Three statements."""
    return answer(_detail(request, surge_id))


@router.post("/tickets/{number}/surge", auth=Scope("tickets:write", staff=True), response={201: SurgeDetail})
@once
def begin_ticket_surge(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """Say that others have what it is about; its team's of the day that say the same join. 409 `surges.is_over`."""
    ticket = seen_ticket(request, number, "team")
    require(may_begin(request.viewer, ticket))
    return answer(_detail(request, begin_surge(ticket, by=request.viewer).pk), status=201)


@router.post("/surges/{surge_id}/tickets", auth=Scope("tickets:write", staff=True), response=SurgeDetail)
@once
def add_surge_tickets(request: ApiRequest, surge_id: Path[Id], given: NewParts) -> HttpResponse:
    """Have more tickets wait with it; 409 `surges.nothing_chosen`, `surges.is_part`."""
    surge = _surge(request, surge_id)
    require(may_decide(request.viewer, surge))
    add_tickets(surge, ticket_ids=_ids(request, given.numbers), by=request.viewer)
    return answer(_detail(request, surge_id))


def _terms() -> dict[str, Any]:
    terms = terms_in_force()
    return {"customers": terms.tickets, "minutes": terms.minutes}


@router.get("/surge-terms", auth=Scope("settings:read", staff=True), response=SurgeTermsOut)
def read_surge_terms(request: ApiRequest) -> HttpResponse:
    """From when on similar requests are pointed out. One statement."""
    require(may_set_terms(request.viewer))
    return answer(_terms())


@router.patch("/surge-terms", auth=Scope("settings:write", staff=True), response=SurgeTermsOut)
@once
def change_surge_terms(request: ApiRequest, given: SurgeTermsGiven) -> HttpResponse:
    """Point out more or less; 409 `surges.bad_tickets`."""
    require(may_set_terms(request.viewer))
    sent = given.sent()
    set_terms(tickets=sent.get("customers"), minutes=sent.get("minutes"), by=request.viewer)
    return answer(_terms())


@router.post("/surges/{surge_id}/problem", auth=Scope("tickets:write", staff=True), response={201: SurgeDetail})
@once
def make_surge_problem(request: ApiRequest, surge_id: Path[Id], given: NewProblem) -> HttpResponse:
    """Open a problem that the named tickets are part of; made before, that one."""
    surge = _surge(request, surge_id)
    require(may_decide(request.viewer, surge))
    make_problem(
        surge,
        ticket_ids=_ids(request, given.numbers),
        subject=given.subject,
        told=given.told,
        agent=agent_of(request),
        by=request.viewer,
    )
    return answer(_detail(request, surge_id), status=201)


@router.post("/surges/{surge_id}/parts", auth=Scope("tickets:write", staff=True), response=SurgeDetail)
@once
def join_surge_problem(request: ApiRequest, surge_id: Path[Id], given: NewParts) -> HttpResponse:
    """Have waiting tickets join the problem; 409 `surges.no_problem`, `surges.nothing_chosen`."""
    surge = _surge(request, surge_id)
    require(may_decide(request.viewer, surge))
    join_problem(surge, ticket_ids=_ids(request, given.numbers), by=request.viewer)
    return answer(_detail(request, surge_id))


@router.delete("/surges/{surge_id}", auth=Scope("tickets:write", staff=True), response={204: None})
@once
def dismiss_one_surge(request: ApiRequest, surge_id: Path[Id]) -> HttpResponse:
    """Say that they have nothing in common; 409 `surges.is_problem`."""
    surge = _surge(request, surge_id)
    require(may_decide(request.viewer, surge))
    dismiss_surge(surge, by=request.viewer)
    return nothing()


def start_answering(request: ApiRequest, tickets: Any, about: str, texts: dict[str, str]) -> HttpResponse:
    """Begin to send one answer to each of `tickets`, about what has the key `about`, and say how far it is."""
    circular = start_circular(
        tickets, about=about, texts=texts, agent=agent_of(request), by=request.viewer, once=secrets.token_urlsafe(16)
    )
    send_circular.defer(circular_id=circular.pk)
    return answer(_progress(circular), status=202)


def _progress(circular: Circular) -> dict[str, Any]:
    return {
        "circular_id": circular.pk,
        "about": circular.about,
        "stage": circular.state,
        "total": circular.total,
        "sent": circular.sent,
        "passed": circular.passed,
        "started_at": circular.started_at,
        "finished_at": circular.finished_at,
    }


@router.post("/surges/{surge_id}/circulars", auth=Scope("tickets:write", staff=True), response={202: CircularOut})
@once
def answer_surge(request: ApiRequest, surge_id: Path[Id], given: NewCircular) -> HttpResponse:
    """Write to every customer of parts not solved yet, once and in their own ticket; 409 `surges.nobody`."""
    surge = _surge(request, surge_id)
    require(may_answer_all(request.viewer, surge))
    return start_answering(request, to_answer(surge), surge.key, given.texts)


def _circular(request: ApiRequest, pk: int) -> Circular:
    found = get_object_or_404(Circular, pk=pk)
    kind, _colon, number = found.about.partition(":")
    if kind == "surge":
        _surge(request, int(number))
    else:
        require(may_write(request.viewer))
    return found


@router.get("/circulars/{circular_id}", auth=Scope("tickets:read", staff=True), response=CircularOut)
def read_circular(request: ApiRequest, circular_id: Path[Id]) -> HttpResponse:
    """How far it is. Two statements."""
    return answer(_progress(_circular(request, circular_id)))


@router.delete("/circulars/{circular_id}", auth=Scope("tickets:write", staff=True), response={204: None})
@once
def stop_sending(request: ApiRequest, circular_id: Path[Id]) -> HttpResponse:
    """Write to nobody more; what was sent is sent. For who began it, and who runs the desk."""
    found = _circular(request, circular_id)
    require(found.agent_id == request.viewer.agent_id or request.viewer.runs_the_desk)
    stop_circular(found)
    return nothing()
