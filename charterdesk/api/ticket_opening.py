"""New tickets: one, answered in three statements, and thousands in one call."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, etag_of
from charterdesk.api.asking import ApiRequest, Scope, contact_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Email, Given, Id, Priority, Words, line, one_of
from charterdesk.api.ticket_rows import TicketOut, row_of
from charterdesk.api.uploads import Upload, files_of
from charterdesk.api.working import FieldCode, FieldValues, field_values
from charterdesk.base.html import clean_html, html_to_text
from charterdesk.base.refused import Refused, require
from charterdesk.events.log import BEGINNING
from charterdesk.people.actions import Writer, identify_contact, identify_contacts, normal_address
from charterdesk.people.models import LANGUAGES, Agent, Contact, Team
from charterdesk.people.permissions import WORK_ON_TICKETS
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.actions import Incoming, assign_ticket, open_ticket
from charterdesk.tickets.actions.fields import write_fields
from charterdesk.tickets.actions.opening_many import Opening, open_tickets
from charterdesk.tickets.fields import is_asked_of_customers, refuse_missing
from charterdesk.tickets.models import RequestForm, Ticket, TicketField
from charterdesk.tickets.policies import may_assign

router = Router(tags=["Tickets"])
LANGUAGE = Annotated[str, one_of(code for code, _name in LANGUAGES)]
MOST_AT_ONCE = 5000


class Requester(Given):
    """Whom a ticket is for: a contact's `id`, or an e-mail address, by which they are found or registered."""

    id: Id = ABSENT
    email: Email = ABSENT
    name: Annotated[str, line(200)] = Field("", examples=["Mia Miller"])
    language: LANGUAGE = Field("en", examples=["en"])


class NewTicket(Given):
    """A request to take on. A customer leaves `contact` out: it is theirs."""

    subject: Annotated[str, line(300)] = Field("", examples=["No water since this morning"])
    text: Words = Field("", examples=["There has been no water in our house since this morning."])
    html: Words = Field("", description="In place of `text`; made safe.")
    contact: Requester = ABSENT
    team_id: Id = Field(ABSENT, examples=[3], description="May be left out where there is only one.")
    assignee_id: Id = ABSENT
    type: Annotated[str, one_of(code for code, _name in Ticket.TYPES)] = Field("question", examples=["incident"])
    priority: Priority = Ticket.NORMAL
    tags: list[Annotated[str, line(50)]] = Field([], max_length=50, examples=[["leak"]])
    language: LANGUAGE = ABSENT
    channel: Annotated[str, one_of(code for code, _name in Ticket.CHANNELS)] = Field("api", description="How it came.")
    cc: list[Email] = Field([], max_length=50)
    attachments: list[Upload] = Field([], max_length=50, description="What `POST /uploads` gave.")
    form: FieldCode = Field(ABSENT, description="Of a request form: it gives team and type, and asks for its fields.")
    fields: FieldValues = Field({}, description="Of the desk's own; customers fill in what `form` asks for.")


class NewTickets(Given):
    """Many requests to take on, each as in `POST /tickets`, without assignee, files, form and fields."""

    tickets: list[NewTicket] = Field(min_length=1, max_length=MOST_AT_ONCE)


class ItemResult(BaseModel):
    """What became of one: 201 or 200 for done; else a status, code and text as in a problem."""

    status: int
    number: int | None = None
    id: int | None = None
    code: str | None = None
    detail: str | None = None


class Results(BaseModel):
    """What became of each, in the order they were sent."""

    results: list[ItemResult]


@router.post("/tickets", auth=Scope("tickets:write"), response={201: TicketOut})
@once
def open_one(request: ApiRequest, given: NewTicket) -> HttpResponse:
    """Take a request on; 409 `tickets.field_required` names what its form asks for. Three statements where known."""
    with transaction.atomic():
        ticket = _open(request, given)
    row = row_of(ticket, request.viewer)
    return answer(row, status=201, headers={"Location": f"/api/v1/tickets/{ticket.number}", "ETag": etag_of(row)})


def _open(request: ApiRequest, given: NewTicket) -> Ticket:
    viewer = request.viewer
    form = _form(viewer, given.form) if given.form else None
    team = _team(viewer, form.team_id if form else given.team_id)
    contact = _contact(request, given)
    ticket = open_ticket(
        _incoming(given, contact, viewer, files=files_of(request, given.attachments)),
        team=team,
        by=viewer,
        type=form.type if form else given.type,
        priority=given.priority if viewer.is_staff else Ticket.NORMAL,
        tags=_tags(given) if viewer.is_staff else (),
        language=given.language or contact.language,
    )
    if given.assignee_id:
        require(may_assign(viewer, ticket))
        agent = Agent.objects.filter(pk=given.assignee_id, is_active=True).first()
        if agent is None:
            raise no_such("agent")
        assign_ticket(ticket, agent=agent, by=viewer)
    if form or given.fields:
        _fill_in(request, ticket, form, given.fields)
    return ticket


def _form(viewer: Viewer, code: str) -> RequestForm:
    """The request form of this code, if the asker may use it. One statement. Raises `Refused("api.no_such_form")`."""
    found = RequestForm.objects.visible_to(viewer).filter(code=code).first()
    if found is None:
        raise Refused("api.no_such_form", _("There is no request form with this code."))
    return found


def _fill_in(request: ApiRequest, ticket: Ticket, form: RequestForm | None, values: dict[str, Any]) -> None:
    """Put what was sent into the fields; what the form needs has to be there, and customers fill in that alone."""
    asked = form.chosen_fields() if form else []
    if not request.viewer.is_staff:
        asked = [field for field in asked if is_asked_of_customers(field)]
        if unknown := sorted(set(values) - {field.code for field in asked}):
            text = _("This form does not ask for “%(code)s”.") % {"code": unknown[0]}
            raise Refused("tickets.no_such_field", text)
    refuse_missing(asked, values, when=TicketField.ON_SUBMIT)
    write_fields(ticket, by=request.viewer, values=field_values(request, values))


def no_such(what: str) -> Refused:
    """Something that a request names is not there."""
    return Refused(f"api.no_such_{what}", _("There is no %(what)s with this id.") % {"what": what})


def team_named(pk: int) -> Team:
    """The team that a request names. One statement. Raises `Refused("api.no_such_team")`."""
    found = Team.objects.filter(pk=pk).first()
    if found is None:
        raise no_such("team")
    return found


def _team(viewer: Viewer, asked: int | None) -> Team:
    """The team it goes to. No statement for staff: they know their teams."""
    if viewer.is_staff:
        team_id = asked or (next(iter(viewer.team_ids)) if len(viewer.team_ids) == 1 else 0)
        if not team_id:
            raise Refused("api.team_needed", _("Say which team it is for: “team_id”."))
        if team_id not in viewer.team_ids:
            raise no_such("team")
        require(viewer.may(WORK_ON_TICKETS, team_id))
        return Team(pk=team_id)
    teams = list(Team.objects.filter(is_public=True, **({"pk": asked} if asked else {}))[:2])
    if len(teams) != 1:
        raise (no_such("team") if asked else Refused("api.team_needed", _("Say which team it is for: “team_id”.")))
    return teams[0]


def _contact(request: ApiRequest, given: NewTicket) -> Contact:
    """Whom it is for. One statement; more for somebody new."""
    if not request.viewer.is_staff:
        if given.contact or given.assignee_id:
            raise Refused("api.staff_only", _("Leave “contact” and “assignee_id” out: the request is yours."))
        return contact_of(request)
    if not given.contact or not (given.contact.id or given.contact.email):
        raise Refused("api.contact_needed", _("Say whom it is for: “contact” with an “id” or an “email”."))
    if given.contact.id:
        found = Contact.objects.filter(pk=given.contact.id, erased_at=None).first()
        if found is None:
            raise no_such("contact")
        return found
    asked = given.contact
    return identify_contact(email=asked.email, name=asked.name, language=asked.language, by=request.viewer)


def _incoming(given: NewTicket, contact: Contact, viewer: Viewer, *, files: Sequence[Any] = ()) -> Incoming:
    html = clean_html(given.html) if given.html else ""
    text = given.text or html_to_text(html)
    if not text.strip() and not given.subject.strip():
        raise Refused("api.empty_ticket", _("Say what it is about: “subject”, “text” or “html”."))
    return Incoming(
        contact=contact,
        subject=given.subject,
        text=text,
        html=html,
        channel=given.channel if viewer.is_staff else "api",
        author_name=contact.name,
        cc=given.cc,
        files=files,
    )


def _tags(given: NewTicket) -> list[str]:
    return sorted({" ".join(tag.lower().split()) for tag in given.tags} - {""})


@router.post("/tickets/bulk", auth=Scope("tickets:write", staff=True), response={200: Results})
@once
def open_many(request: ApiRequest, given: NewTickets) -> HttpResponse:
    """Take thousands of requests on. All are written, or those that are refused say why; about a dozen statements."""
    results: list[dict[str, Any]] = [{} for _ticket in given.tickets]
    with transaction.atomic():
        contacts = _contacts(given.tickets, request.viewer)
        openings: list[tuple[int, Opening]] = []
        teams: dict[int | None, Team] = {}
        for place, one in enumerate(given.tickets):
            try:
                openings.append((place, _opening(one, contacts, teams, request.viewer)))
            except Refused as refused:
                results[place] = {"status": 409, "code": refused.code, "detail": str(refused.message)}
        tickets = open_tickets([opening for _place, opening in openings], by=request.viewer)
    for (place, _one), ticket in zip(openings, tickets, strict=True):
        results[place] = {"status": 201, "number": ticket.number, "id": ticket.pk}
    return answer({"results": results})


def _contacts(given: Sequence[NewTicket], viewer: Viewer) -> dict[Any, Contact]:
    """The contacts by id and by address; new ones are registered. Two statements, eight with new ones."""
    ids = {one.contact.id for one in given if one.contact and one.contact.id}
    found: dict[Any, Contact] = dict(Contact.objects.filter(erased_at=None).in_bulk(ids))
    writers = [
        Writer(email=one.contact.email, name=one.contact.name, language=one.contact.language, cause=BEGINNING)
        for one in given
        if one.contact and not one.contact.id and one.contact.email
    ]
    return found | (identify_contacts(writers, by=viewer) if writers else {})


def _opening(given: NewTicket, contacts: dict[Any, Contact], teams: dict[int | None, Team], viewer: Viewer) -> Opening:
    """One of many; `teams` are those found before, by how they were asked for. Raises `Refused`."""
    if given.assignee_id or given.attachments or given.form or given.fields:
        text = _("Assignee, files, form and fields are not possible here: open it by itself.")
        raise Refused("api.not_in_bulk", text)
    asked = given.contact
    if not asked or not (asked.id or asked.email):
        raise Refused("api.contact_needed", _("Say whom it is for: “contact” with an “id” or an “email”."))
    contact = contacts.get(asked.id or normal_address(asked.email))
    if contact is None:
        raise no_such("contact")
    if given.team_id not in teams:
        teams[given.team_id] = _team(viewer, given.team_id)
    return Opening(
        incoming=_incoming(given, contact, viewer),
        team=teams[given.team_id],
        type=given.type,
        priority=given.priority,
        tags=_tags(given),
        language=given.language or contact.language,
    )
