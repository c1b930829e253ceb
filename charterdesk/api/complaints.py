"""Complaints by API: made, decided, taken to the next level, kept from whom they are about; and who decides them."""

from datetime import datetime
from typing import Annotated, Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Asked, Cursor, Given, Id, Number, Size, Words, line, one_of
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.base.refused import require
from charterdesk.complaints.actions import (
    complain,
    decide_complaint,
    escalate_complaint,
    lift_concern,
    name_concerned,
    take_complaint,
)
from charterdesk.complaints.levels import define_level, retire_level
from charterdesk.complaints.models import Complaint, Decision, Level
from charterdesk.complaints.policies import (
    may_complain_about,
    may_decide,
    may_handle,
    may_read_register,
    may_set_levels,
)
from charterdesk.complaints.queries import DECIDED, OPEN, complaint_of, register
from charterdesk.complaints.queries import Asked as Wanted
from charterdesk.people.models import Agent, Contact, Team
from charterdesk.tickets.models import Ticket

router = Router(tags=["Grades and complaints"])
LEVEL = (
    "id", "position", "names", "team_id", "is_outside", "contact_name", "email", "phone", "post", "website",
)  # fmt: skip


class ComplaintOut(BaseModel):
    """Where a complaint stands. `decision` is its last, null before."""

    id: int
    ticket: int = Field(description="Its number.", examples=[1042])
    about: int | None = Field(description="The number of the request it is about.", examples=[1007])
    kind: str = Field(examples=["handling"])
    level_id: int | None
    is_independent: bool = Field(description="false: everybody who could work on it is concerned.")
    is_decided: bool
    decision: str | None = Field(examples=["upheld"])
    reasons: str | None
    made_at: datetime


class ComplaintPage(BaseModel):
    """Some complaints; `next` is the cursor of the next page, null at the end."""

    items: list[ComplaintOut]
    next: str | None


class ComplaintsAsked(Asked):
    """Which complaints."""

    state: Annotated[str, one_of([OPEN, DECIDED])] = ABSENT
    kind: Annotated[str, one_of(code for code, _name in Complaint.KINDS)] = ABSENT
    cursor: Cursor = ""
    limit: Size = 50


class NewComplaint(Given):
    """What a customer complains about; `about` is the number of a request of theirs."""

    subject: Annotated[str, line(200, least=1)]
    text: Annotated[Words, Field(min_length=1, max_length=100_000)]
    kind: Annotated[str, one_of(code for code, _name in Complaint.KINDS)] = Complaint.OTHER
    about: Number = ABSENT


class TakenOn(Given):
    """What it is about; `about` is the number of the request."""

    kind: Annotated[str, one_of(code for code, _name in Complaint.KINDS)] = Complaint.OTHER
    about: Number = ABSENT


class NewDecision(Given):
    """A verdict and its reasons, as the customer reads them."""

    verdict: Annotated[str, one_of(code for code, _name in Decision.VERDICTS)]
    reasons: Annotated[Words, Field(min_length=1, max_length=20_000)]


class Escalation(Given):
    """Why the next level is to decide; customers are asked for it, and it stands on the ticket."""

    reason: Annotated[Words, Field(max_length=5000)] = ""


class LevelOut(BaseModel):
    """Somebody who decides complaints, or a body outside."""

    id: int
    position: int
    names: dict[str, str]
    team_id: int | None
    is_outside: bool
    contact_name: str
    email: str
    phone: str
    post: str
    website: str


class Levels(BaseModel):
    """Who decides, in order."""

    items: list[LevelOut]


class LevelSetting(Given):
    """What of a level is to be different."""

    position: Annotated[int, Field(ge=1, le=99), WHOLE] = ABSENT
    names: dict[str, Annotated[str, line(120)]] = Field(ABSENT, examples=[{"en": "Complaints office"}])
    team_id: Id | None = ABSENT
    is_outside: bool = ABSENT
    contact_name: Annotated[str, line(200)] = ABSENT
    email: Annotated[str, line(254)] = ABSENT
    phone: Annotated[str, line(60)] = ABSENT
    post: Annotated[Words, Field(max_length=500)] = ABSENT
    website: Annotated[str, line(200)] = ABSENT


@router.get("/complaints", auth=Scope("tickets:read", staff=True), response=ComplaintPage)
def list_complaints(request: ApiRequest, asked: Query[ComplaintsAsked]) -> HttpResponse:
    """The register, the latest first. What is about yourself is not in it. Three statements."""
    require(may_read_register(request.viewer))
    before = read_cursor(asked.cursor, int)[0] if asked.cursor else 0
    found = register(request.viewer, Wanted(state=asked.state or "", kind=asked.kind or "", before=before))
    return page_of([_row(one) for one in found[: asked.limit + 1]], asked.limit, place=("id",))


@router.post("/complaints", auth=Scope("tickets:write"), response={201: ComplaintOut})
@once
@transaction.atomic
def make_complaint(request: ApiRequest, given: NewComplaint) -> HttpResponse:
    """Complain as a customer, past whom it is about."""
    require(request.viewer.contact_id is not None)
    contact = Contact.objects.get(pk=request.viewer.contact_id or 0)
    about = seen_ticket(request, given.about) if given.about else None
    if about is not None:
        require(may_complain_about(request.viewer, about))
    team = about.team if about else Team.objects.filter(is_public=True).order_by("pk").first()
    if team is None:
        raise Http404
    made = complain(
        contact,
        by=request.viewer,
        subject=given.subject,
        text=given.text,
        kind=given.kind,
        team=team,
        about=about,
        channel="api",
    )
    return answer(_row(_read(made.ticket)), status=201)


@router.get("/tickets/{number}/complaint", auth=Scope("tickets:read"), response=ComplaintOut)
def read_complaint(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """Where a complaint stands. Four statements."""
    return answer(_row(_read(seen_ticket(request, number))))


@router.put("/tickets/{number}/complaint", auth=Scope("tickets:write", staff=True), response=ComplaintOut)
@once
def take(request: ApiRequest, number: Path[Number], given: TakenOn) -> HttpResponse:
    """Take a ticket on as a complaint; it stays one."""
    ticket = seen_ticket(request, number)
    require(may_handle(request.viewer, ticket))
    about = seen_ticket(request, given.about) if given.about else None
    take_complaint(ticket, by=request.viewer, about=about, kind=given.kind)
    return answer(_row(_read(ticket)))


@router.post("/tickets/{number}/decisions", auth=Scope("tickets:write", staff=True), response={201: ComplaintOut})
@once
def decide(request: ApiRequest, number: Path[Number], given: NewDecision) -> HttpResponse:
    """Decide a complaint; its ticket is solved, and the customer gets the reasons. 409 `complaints.decided`."""
    ticket = seen_ticket(request, number)
    require(may_decide(request.viewer, ticket))
    agent = Agent.objects.get(pk=request.viewer.agent_id or 0)
    decide_complaint(_read(ticket), by=request.viewer, agent=agent, verdict=given.verdict, reasons=given.reasons)
    return answer(_row(_read(ticket)), status=201)


@router.post("/tickets/{number}/escalations", auth=Scope("tickets:write"), response={201: ComplaintOut})
@once
def escalate(request: ApiRequest, number: Path[Number], given: Escalation) -> HttpResponse:
    """Have the next level decide anew; a customer after a decision. 409 `complaints.no_level_above`."""
    ticket = seen_ticket(request, number)
    complaint = _read(ticket)
    contact = None
    if request.viewer.is_staff:
        require(may_handle(request.viewer, ticket))
    else:
        require(may_complain_about(request.viewer, ticket) and complaint.is_decided)
        contact = ticket.contact
    escalate_complaint(complaint, by=request.viewer, contact=contact, reason=given.reason)
    return answer(_row(_read(ticket)), status=201)


@router.put("/tickets/{number}/concerned/{agent_id}", auth=Scope("tickets:write", staff=True), response={204: None})
@once
def keep_out(request: ApiRequest, number: Path[Number], agent_id: Path[Id]) -> HttpResponse:
    """Say that a complaint is about an agent: they neither see it nor work on it."""
    ticket = seen_ticket(request, number)
    require(may_handle(request.viewer, ticket))
    agent = get_object_or_404(Agent, pk=agent_id, is_active=True)
    name_concerned(_read(ticket), agent_ids=[agent.pk], by=request.viewer)
    return nothing()


@router.delete("/tickets/{number}/concerned/{agent_id}", auth=Scope("tickets:write", staff=True), response={204: None})
@once
def let_back(request: ApiRequest, number: Path[Number], agent_id: Path[Id]) -> HttpResponse:
    """It is not about that agent after all."""
    ticket = seen_ticket(request, number)
    require(may_decide(request.viewer, ticket))
    lift_concern(_read(ticket), agent=get_object_or_404(Agent, pk=agent_id), by=request.viewer)
    return nothing()


@router.get("/complaint-levels", auth=Scope("tickets:read"), response=Levels)
def list_levels(request: ApiRequest) -> HttpResponse:
    """Who decides complaints, in order, and bodies outside. One statement."""
    return answer({"items": list(Level.objects.filter(is_active=True).values(*LEVEL))})


@router.post("/complaint-levels", auth=Scope("tickets:write", staff=True), response={201: LevelOut})
@once
def add_level(request: ApiRequest, given: LevelSetting) -> HttpResponse:
    """Add a level. 409 `complaints.no_name`, `complaints.no_team`."""
    require(may_set_levels(request.viewer))
    made = define_level(None, by=request.viewer, **_wanted(given))
    return answer(Level.objects.values(*LEVEL).get(pk=made.pk), status=201)


@router.patch("/complaint-levels/{level_id}", auth=Scope("tickets:write", staff=True), response=LevelOut)
@once
def change_level(request: ApiRequest, level_id: Path[Id], given: LevelSetting) -> HttpResponse:
    """Change a level."""
    require(may_set_levels(request.viewer))
    define_level(
        get_object_or_404(Level.objects.select_related("team"), pk=level_id), by=request.viewer, **_wanted(given)
    )
    return answer(Level.objects.values(*LEVEL).get(pk=level_id))


@router.delete("/complaint-levels/{level_id}", auth=Scope("tickets:write", staff=True), response={204: None})
@once
def remove_level(request: ApiRequest, level_id: Path[Id]) -> HttpResponse:
    """Let a level decide no more; what is there stays until it is taken higher."""
    require(may_set_levels(request.viewer))
    retire_level(get_object_or_404(Level, pk=level_id), by=request.viewer)
    return nothing()


def _wanted(given: LevelSetting) -> dict[str, Any]:
    fields = given.sent()
    if "team_id" in fields:
        pk = fields.pop("team_id")
        fields["team"] = None if pk is None else get_object_or_404(Team, pk=pk)
    return fields


def _read(ticket: Ticket) -> Complaint:
    """The complaint that `ticket` is; a 404 for one that is none."""
    found = complaint_of(ticket)
    if found is None:
        raise Http404
    found.ticket = ticket
    return found


def _row(complaint: Complaint) -> dict[str, Any]:
    decisions = sorted(complaint.decisions.all(), key=lambda one: one.pk)
    last = decisions[-1] if decisions else None
    return {
        "id": complaint.pk,
        "ticket": complaint.ticket.number,
        "about": complaint.about.number if complaint.about else None,
        "kind": complaint.kind,
        "level_id": complaint.level_id,
        "is_independent": complaint.is_independent,
        "is_decided": complaint.is_decided,
        "decision": last.verdict if last else None,
        "reasons": last.reasons if last else None,
        "made_at": complaint.made_at,
    }
