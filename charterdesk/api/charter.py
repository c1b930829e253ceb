"""The charter in force with its figures, what it promised for a ticket, and the remedies owed."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import BaseModel, Field, StringConstraints

from charterdesk.api.answers import answer, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Given, Id, Number, Size, line, one_of
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.base.keys import split_key
from charterdesk.base.refused import require
from charterdesk.charter.actions.remedies import approve_remedy, refuse_remedy
from charterdesk.charter.models import Case, OwedRemedy
from charterdesk.charter.policies import may_decide_remedies, may_see_figures
from charterdesk.charter.queries.documents import ObjectiveShown, in_force, shown
from charterdesk.charter.queries.figures import Share
from charterdesk.charter.queries.remedies import ledger
from charterdesk.charter.queries.tickets import Promised, RemedyLine, promises_to, remedies_for, terms_of
from charterdesk.tickets.models import Ticket

router = Router(tags=["The charter"])
ObjectiveCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,40}$"), Field(examples=["answer"])]
State = Annotated[str, one_of(code for code, _name in OwedRemedy.STATES)]


class ShareOut(BaseModel):
    """How many promises were kept and broken; `excluded` ones did not count."""

    kept: int
    broken: int
    excluded: int
    percent: float | None = Field(description="Of kept and broken together; null without cases.")


class WeekOut(ShareOut):
    """A week that ended on a day."""

    until: date


class ObjectiveOut(BaseModel):
    """A measured promise, and how it is kept."""

    code: str = Field(examples=["answer"])
    title: str
    promise: str
    target: float = Field(description="The share promised, in percent.")
    window: int = Field(description="Days over which it is measured.")
    is_on_target: bool | None
    days_30: ShareOut
    days_90: ShareOut
    weeks: list[WeekOut]


class BrokenOut(BaseModel):
    """A promise of the charter that was broken."""

    id: int
    number: int = Field(description="The ticket's.", examples=[1042])
    version: int = Field(description="Of the charter.")
    due_at: datetime | None
    decided_at: datetime | None
    is_excluded: bool = Field(description="In a time that does not count.")


class BrokenPage(BaseModel):
    """Some broken promises; `next` is the cursor of the next page, null at the end."""

    items: list[BrokenOut]
    next: str | None


class BrokenAsked(Asked):
    """From where on."""

    cursor: Cursor = ""
    limit: Size = 50


class RightOut(BaseModel):
    """What a customer may claim."""

    title: str
    text: str


class TermsOut(BaseModel):
    """What follows by itself when a promise is broken."""

    code: str
    title: str
    terms: str
    caps: str
    objectives: list[str] = Field(description="Codes of promises; empty for all.")


class OfficerOut(BaseModel):
    """Whom to turn to; level 1 takes complaints, 2 is above."""

    name: str
    function: str
    level: int
    email: str
    phone: str
    post: str


class CharterOut(BaseModel):
    """What we promise now, in the language asked for by `Accept-Language`."""

    version: int | None = Field(description="null before there is a charter.")
    effective_at: datetime | None
    title: str
    intro: str
    legal: str
    objectives: list[ObjectiveOut]
    rights: list[RightOut]
    remedies: list[TermsOut]
    contacts: list[OfficerOut]


class PromisedOut(BaseModel):
    """A promise of the charter on one ticket."""

    objective: str = Field(examples=["answer"])
    version: int
    title: str
    promise: str
    state: str = Field(description="running, paused, kept, broken, dropped or excluded", examples=["kept"])
    due_at: datetime | None
    decided_at: datetime | None
    ended_at: datetime | None


class GivenOut(BaseModel):
    """A remedy as its customer reads it."""

    title: str
    standing: str
    amount: str | None = Field(examples=["10.00"])
    currency: str


class TicketCharterOut(BaseModel):
    """What the charter promised for a ticket, and what followed."""

    promised: list[PromisedOut]
    remedies: list[GivenOut]


class RemedyOut(BaseModel):
    """A remedy owed or given."""

    id: int
    number: int
    contact_id: int
    objective: str
    call_id: int | None = Field(description="The call that was not answered in time; null for a promise of a request.")
    code: str
    kind: str = Field(examples=["credit"])
    day: int
    state: str = Field(examples=["waiting"])
    amount: str | None = Field(examples=["10.00"])
    currency: str
    needs: int = Field(description="How many people have to approve it.")
    approved_by: list[str]
    reason: str
    booked_as: str
    created_at: datetime
    decided_at: datetime | None


class RemedyPage(BaseModel):
    """Some remedies; `next` is the cursor of the next page, null at the end."""

    items: list[RemedyOut]
    next: str | None


class RemediesAsked(Asked):
    """Which remedies."""

    state: State = Field(ABSENT, examples=["waiting"])
    cursor: Cursor = ""
    limit: Size = 50


class Refusal(Given):
    """Why a remedy is refused."""

    reason: Annotated[str, line(1000, least=1)] = Field(description="The customer is told.", examples=["Asked twice"])


@router.get("/charter", auth=Scope("charter:read"), response=CharterOut)
def read_charter(request: ApiRequest) -> HttpResponse:
    """The version in force, with the figures everybody may see. One statement."""
    binding = in_force()
    charter = binding.charter if binding else None
    if binding is None or charter is None:
        nothing: dict[str, Any] = {"version": None, "effective_at": None, "title": "", "intro": "", "legal": ""}
        return answer({**nothing, "objectives": [], "rights": [], "remedies": [], "contacts": []})
    said = charter.said
    return answer(
        {
            "version": binding.number,
            "effective_at": binding.effective_at,
            "title": said(charter.title),
            "intro": said(charter.intro),
            "legal": said(charter.legal),
            "objectives": [_objective(each) for each in shown(charter, timezone.localdate())],
            "rights": [{"title": said(each.title), "text": said(each.text)} for each in charter.rights],
            "remedies": [
                {
                    "code": each.code,
                    "title": said(each.title),
                    "terms": terms_of(each).what,
                    "caps": terms_of(each).caps,
                    "objectives": each.objectives,
                }
                for each in charter.remedies
            ],
            "contacts": [
                {
                    "name": each.name,
                    "function": said(each.role),
                    "level": each.level,
                    "email": each.email,
                    "phone": each.phone,
                    "post": each.post,
                }
                for each in charter.contacts
            ],
        }
    )


def _objective(each: ObjectiveShown) -> dict[str, Any]:
    return {
        "code": each.objective.code,
        "title": each.title,
        "promise": each.promise,
        "target": each.objective.target,
        "window": each.objective.window,
        "is_on_target": each.is_on_target,
        "days_30": _share(each.figures.days_30),
        "days_90": _share(each.figures.days_90),
        "weeks": [{"until": day, **_share(share)} for day, share in each.figures.weeks],
    }


def _share(share: Share) -> dict[str, Any]:
    return {"kept": share.kept, "broken": share.broken, "excluded": share.excluded, "percent": share.percent}


@router.get("/charter/objectives/{objective}/broken", auth=Scope("charter:read", staff=True), response=BrokenPage)
def list_broken_promises(
    request: ApiRequest, objective: Path[ObjectiveCode], asked: Query[BrokenAsked]
) -> HttpResponse:
    """On which tickets you see an objective of the charter was broken, the latest begun first. One statement."""
    require(may_see_figures(request.viewer))
    mine = Ticket.objects.visible_to(request.viewer)
    found = Case.objects.filter(objective=objective, state=Case.BROKEN, ticket__in=mine).order_by("-pk")
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    rows = found.select_related("ticket", "version")[: asked.limit + 1]
    return page_of([_broken(case) for case in rows], asked.limit)


def _broken(case: Case) -> dict[str, Any]:
    return {
        "id": case.pk,
        "number": case.ticket.number,
        "version": case.version.number,
        "due_at": case.due_at,
        "decided_at": case.decided_at,
        "is_excluded": case.exclusion_id is not None,
    }


@router.get("/tickets/{number}/charter", auth=Scope("tickets:read"), response=TicketCharterOut)
def read_ticket_charter(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """What the charter promised for a ticket and whether it is being kept. Three statements."""
    ticket = seen_ticket(request, number)
    promised, remedies = promises_to([ticket.pk]).get(ticket.pk, []), remedies_for([ticket.pk]).get(ticket.pk, [])
    return answer({"promised": [_promised(each) for each in promised], "remedies": [_given(each) for each in remedies]})


def _promised(each: Promised) -> dict[str, Any]:
    return {
        "objective": each.objective.code,
        "version": each.version,
        "title": each.title,
        "promise": each.sentence,
        "state": each.state,
        "due_at": each.case.due_at,
        "decided_at": each.case.decided_at,
        "ended_at": each.case.ended_at,
    }


def _given(each: RemedyLine) -> dict[str, Any]:
    money = each.owed.money
    return {
        "title": each.title,
        "standing": each.standing,
        "amount": money.plain if money else None,
        "currency": money.currency if money else "",
    }


@router.get("/remedies", auth=Scope("remedies:read", staff=True), response=RemedyPage)
def list_remedies(request: ApiRequest, asked: Query[RemediesAsked]) -> HttpResponse:
    """Remedies, the latest first. One statement."""
    require(may_decide_remedies(request.viewer))
    found = ledger(request.viewer).order_by("-pk")
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    return page_of([_row(each) for each in found[: asked.limit + 1]], asked.limit)


@router.post("/remedies/{remedy_id}/approval", auth=Scope("remedies:write", staff=True), response=RemedyOut)
@once
def approve_one_remedy(request: ApiRequest, remedy_id: Path[Id]) -> HttpResponse:
    """Say yes; with the last yes that is needed the customer has it. 409 `charter.decided`, `charter.second_person`."""
    owed = _remedy(request, remedy_id)
    approve_remedy(owed, by=request.viewer)
    return answer(_row(owed))


@router.post("/remedies/{remedy_id}/refusal", auth=Scope("remedies:write", staff=True), response=RemedyOut)
@once
def refuse_one_remedy(request: ApiRequest, remedy_id: Path[Id], given: Refusal) -> HttpResponse:
    """Say no, with a reason that the customer is told. 409 `charter.decided`."""
    owed = _remedy(request, remedy_id)
    refuse_remedy(owed, by=request.viewer, reason=given.reason)
    return answer(_row(owed))


def _remedy(request: ApiRequest, pk: int) -> OwedRemedy:
    require(may_decide_remedies(request.viewer))
    return get_object_or_404(ledger(request.viewer), pk=pk)


def _row(owed: OwedRemedy) -> dict[str, Any]:
    money = owed.money
    return {
        "id": owed.pk,
        "number": owed.ticket.number,
        "contact_id": owed.contact_id,
        "objective": owed.promise.objective,
        "call_id": split_key(owed.answer.about)[1] if owed.answer else None,
        "code": owed.code,
        "kind": owed.kind,
        "day": owed.day,
        "state": owed.state,
        "amount": money.plain if money else None,
        "currency": owed.currency,
        "needs": owed.needs,
        "approved_by": owed.approved_by,
        "reason": owed.reason,
        "booked_as": owed.booked_as,
        "created_at": owed.created_at,
        "decided_at": owed.decided_at,
    }
