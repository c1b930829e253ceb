"""How the service stands: its parts, outages and planned work, read by everybody and kept by those who announce."""

from datetime import datetime
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.announcements import PageAsked
from charterdesk.api.answers import answer, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Given, Id, Moment, Number, line, one_of
from charterdesk.base.refused import require
from charterdesk.notices.actions.status import change_incident, open_incident, save_component, update_incident
from charterdesk.notices.models import Component, Incident
from charterdesk.notices.policies import may_announce
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import Ticket

router = Router(tags=["Announcements and status"])
Position = Annotated[int, Field(ge=1, le=32767), WHOLE]
Ids = Annotated[list[Id], Field(max_length=100)]


class LineByLanguage(Given):
    """A few words by language."""

    en: Annotated[str, line(160)] = ABSENT
    ar: Annotated[str, line(160)] = ABSENT
    de: Annotated[str, line(160)] = ABSENT
    es: Annotated[str, line(160)] = ABSENT
    fr: Annotated[str, line(160)] = ABSENT


class TextByLanguage(Given):
    """What customers are told, by language."""

    en: Annotated[str, line(4000)] = ABSENT
    ar: Annotated[str, line(4000)] = ABSENT
    de: Annotated[str, line(4000)] = ABSENT
    es: Annotated[str, line(4000)] = ABSENT
    fr: Annotated[str, line(4000)] = ABSENT


class ComponentOut(BaseModel):
    """A part of the service."""

    id: int
    names: dict[str, str]
    position: int
    is_active: bool = Field(description="Whether the status page shows it.")


class Components(BaseModel):
    """All parts, in their order."""

    items: list[ComponentOut]


class ComponentSetting(Given):
    """What of a part is to be different."""

    names: LineByLanguage = Field(ABSENT, examples=[{"en": "Water supply"}])
    position: Position = ABSENT
    is_active: bool = ABSENT


class NewComponent(ComponentSetting):
    """A part of the service from now on."""

    names: LineByLanguage = Field(examples=[{"en": "Water supply"}])


class IncidentUpdateOut(BaseModel):
    """What was said at a time."""

    id: int
    stage: str
    texts: dict[str, str]
    at: datetime


class IncidentOut(BaseModel):
    """An outage or planned work, with all that was said of it, the newest first."""

    id: int
    kind: str = Field(description="outage or works")
    titles: dict[str, str]
    impact: str = Field(description="partly or wholly")
    stage: str = Field(description="looking, found, watching or over")
    component_ids: list[int]
    starts_at: datetime
    ends_at: datetime | None
    ended_at: datetime | None
    is_over: bool
    is_planned: bool
    updates: list[IncidentUpdateOut]
    ticket_number: int | None = Field(None, description="Staff only.")


class IncidentPage(BaseModel):
    """Some incidents, the newest first; `next` is the cursor of the next page, null at the end."""

    items: list[IncidentOut]
    next: str | None


class IncidentSetting(Given):
    """What of an incident is to be different. Nobody is mailed of it."""

    titles: LineByLanguage = Field(ABSENT, examples=[{"en": "No water on Quay Street"}])
    impact: Annotated[str, one_of(code for code, _name in Incident.IMPACTS)] = Field(ABSENT, examples=["wholly"])
    component_ids: Ids = ABSENT
    starts_at: Moment = ABSENT
    ends_at: Moment | None = ABSENT
    ticket_number: Number | None = ABSENT


class NewIncident(IncidentSetting):
    """An outage, or work that is planned. Those who follow the status are mailed."""

    kind: Annotated[str, one_of(code for code, _name in Incident.KINDS)] = Field(examples=["outage"])
    titles: LineByLanguage = Field(examples=[{"en": "No water on Quay Street"}])
    texts: TextByLanguage = Field(examples=[{"en": "A main broke. We are on our way."}])


class NewUpdate(Given):
    """What is new; with the stage `over` it ends."""

    texts: TextByLanguage = Field(examples=[{"en": "The pipe is mended."}])
    stage: Annotated[str, one_of(code for code, _name in Incident.STAGES)] = Field(ABSENT, examples=["watching"])


def _component(one: Component) -> dict[str, Any]:
    return {"id": one.pk, "names": one.names, "position": one.position, "is_active": one.is_active}


def _incident(one: Incident, viewer: Viewer) -> dict[str, Any]:
    """Of one with its `components`, `updates` and `ticket` fetched no statement."""
    plain = ("id", "kind", "titles", "impact", "stage", "starts_at", "ends_at", "ended_at", "is_over", "is_planned")
    inside = {"ticket_number": one.ticket.number if one.ticket else None} if may_announce(viewer) else {}
    return {
        **{name: getattr(one, name) for name in plain},
        "component_ids": [part.pk for part in one.components.all()],
        "updates": [
            {"id": each.pk, "stage": each.stage, "texts": each.texts, "at": each.at} for each in one.updates.all()
        ],
        **inside,
    }


def _whole(pk: int, viewer: Viewer) -> dict[str, Any]:
    rows = Incident.objects.select_related("ticket").prefetch_related("components", "updates")
    return _incident(rows.get(pk=pk), viewer)


def _fields(given: IncidentSetting) -> dict[str, Any]:
    """What the actions take."""
    fields = given.model_dump(exclude_unset=True)
    if "component_ids" in fields:
        fields["components"] = list(Component.objects.filter(pk__in=fields.pop("component_ids")))
    if "ticket_number" in fields:
        number = fields.pop("ticket_number")
        fields["ticket"] = get_object_or_404(Ticket, number=number) if number else None
    return fields


@router.get("/status-components", auth=Scope("notices:read"), response=Components)
def list_status_components(request: ApiRequest) -> HttpResponse:
    """The parts of the service; customers see those that are shown. One statement."""
    rows = Component.objects.all() if may_announce(request.viewer) else Component.objects.filter(is_active=True)
    return answer({"items": [_component(one) for one in rows]})


@router.post("/status-components", auth=Scope("notices:write", staff=True), response={201: ComponentOut})
@once
def add_status_component(request: ApiRequest, given: NewComponent) -> HttpResponse:
    """Add a part of the service. 409 `notices.no_text`."""
    require(may_announce(request.viewer))
    made = save_component(None, by=request.viewer, **given.model_dump(exclude_unset=True))
    return answer(_component(made), status=201)


@router.patch("/status-components/{component_id}", auth=Scope("notices:write", staff=True), response=ComponentOut)
@once
@transaction.atomic
def change_status_component(request: ApiRequest, component_id: Path[Id], given: ComponentSetting) -> HttpResponse:
    """Change a part of the service. 409 `notices.no_text`."""
    require(may_announce(request.viewer))
    found = get_object_or_404(Component.objects.select_for_update(), pk=component_id)
    kept = {"names": found.names, "position": found.position, "is_active": found.is_active}
    fields = kept | given.model_dump(exclude_unset=True)
    return answer(_component(save_component(found, by=request.viewer, **fields)))


@router.get("/incidents", auth=Scope("notices:read"), response=IncidentPage)
def list_incidents(request: ApiRequest, asked: Query[PageAsked]) -> HttpResponse:
    """Outages and planned work with what was said of them, the newest first. Three statements."""
    rows = Incident.objects.select_related("ticket").prefetch_related("components", "updates").order_by("-pk")
    if asked.cursor:
        rows = rows.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    return page_of([_incident(one, request.viewer) for one in rows[: asked.limit + 1]], asked.limit)


@router.post("/incidents", auth=Scope("notices:write", staff=True), response={201: IncidentOut})
@once
def report_incident(request: ApiRequest, given: NewIncident) -> HttpResponse:
    """Say that something does not work, or that work is planned. 409 `notices.no_text`, `notices.no_times`."""
    require(may_announce(request.viewer))
    made = open_incident(by=request.viewer, **_fields(given))
    return answer(_whole(made.pk, request.viewer), status=201)


@router.patch("/incidents/{incident_id}", auth=Scope("notices:write", staff=True), response=IncidentOut)
@once
def correct_incident(request: ApiRequest, incident_id: Path[Id], given: IncidentSetting) -> HttpResponse:
    """Correct what is said of an incident; nobody is mailed. 409 as `POST /incidents`."""
    require(may_announce(request.viewer))
    change_incident(get_object_or_404(Incident, pk=incident_id), by=request.viewer, **_fields(given))
    return answer(_whole(incident_id, request.viewer))


@router.post("/incidents/{incident_id}/updates", auth=Scope("notices:write", staff=True), response={201: IncidentOut})
@once
def say_what_is_new(request: ApiRequest, incident_id: Path[Id], given: NewUpdate) -> HttpResponse:
    """Say what is new, and mail those who follow. 409 `notices.is_over`, `notices.no_text`."""
    require(may_announce(request.viewer))
    fields = given.model_dump(exclude_unset=True)
    update_incident(get_object_or_404(Incident, pk=incident_id), by=request.viewer, **fields)
    return answer(_whole(incident_id, request.viewer), status=201)
