"""An agent's day and list of views: what is late and theirs, who is here, how the week went; views in their order."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Given, Id
from charterdesk.people.queries import colleagues_at_work
from charterdesk.people.viewer import Viewer
from charterdesk.quality.queries import last_days
from charterdesk.tickets.actions.views import order_views, place_view
from charterdesk.tickets.models import SavedView, Ticket
from charterdesk.tickets.policies import may_read_reports
from charterdesk.tickets.queries import MINE, QUEUES, Selection, queue_counts, queue_page
from charterdesk.tickets.view_lists import view_counts, views_of

router = Router(tags=["The desk"])
ROWS, COLLEAGUES = 8, 60


class DayTicket(BaseModel):
    """A ticket that matters today."""

    number: int = Field(examples=[1042])
    subject: str
    status: str = Field(examples=["open"])
    due_at: datetime | None


class Colleague(BaseModel):
    """Somebody of one's teams who is here."""

    agent_id: int
    name: str
    state: str = Field(description="working or busy", examples=["working"])


class WeekDay(BaseModel):
    """What came and was solved on a day."""

    day: date
    came: int
    solved: int


class DayOut(BaseModel):
    """The day at a glance."""

    queues: dict[str, int] = Field(description="How many are late, mine, nobody's or waiting.")
    is_capped: bool = Field(description="More are late than were counted.")
    due_today: int = Field(description="How many of `mine` are due before midnight, of the asker's clock.")
    late: list[DayTicket]
    mine: list[DayTicket]
    colleagues: list[Colleague]
    week: list[WeekDay] | None = Field(description="The last seven days; null for whom reports are not for.")


class PlacedView(BaseModel):
    """A view in one's own list."""

    view_id: int
    name: str
    sharing: str = Field(examples=["mine"])
    is_pinned: bool
    is_hidden: bool
    count: int | None = Field(description="Up to 1,000; null where counting takes too long.")


class PlacedViews(BaseModel):
    """One's views in one's own order."""

    items: list[PlacedView]


class ViewOrder(Given):
    """The order of one's views; what is not named comes after."""

    view_ids: list[Id] = Field(max_length=500, examples=[[7, 5]])


class ViewPlaceIn(Given):
    """How one view stands in one's list; what is left out stays."""

    is_pinned: bool = Field(ABSENT, description="In the narrow list as well.", examples=[True])
    is_hidden: bool = Field(ABSENT, examples=[False])


class DayAsked(Asked):
    """Whose day."""

    team_id: Id = Field(ABSENT, description="Of this one of your teams; left out, of all of them.")


@router.get("/today", auth=Scope("tickets:read", staff=True), response=DayOut)
def read_today(request: ApiRequest, asked: Query[DayAsked]) -> HttpResponse:
    """What is late and yours, who is here, and how the week went. Nine statements at most."""
    viewer = request.viewer
    if asked.team_id is not None:
        if asked.team_id not in viewer.team_ids:
            raise Http404
        viewer = viewer.within(asked.team_id)
    counts = queue_counts(viewer)
    late = queue_page(viewer, QUEUES["late"], size=ROWS).tickets
    mine = queue_page(viewer, Selection(assignee=MINE), size=ROWS).tickets
    with timezone.override(viewer.time_zone):
        today = timezone.localdate()
        midnight = timezone.make_aware(datetime.combine(today + timedelta(days=1), time()))
    return answer(
        {
            "queues": {code: counts.queues.get(code, 0) for code in ("late", "mine", "unassigned", "waiting")},
            "is_capped": "late" in counts.capped,
            "due_today": sum(1 for ticket in mine if ticket.due_at and ticket.due_at < midnight),
            "late": [_ticket(ticket) for ticket in late],
            "mine": [_ticket(ticket) for ticket in mine],
            "colleagues": [
                {"agent_id": each.pk, "name": each.name, "state": each.state}
                for each in colleagues_at_work(viewer, limit=COLLEAGUES)
            ],
            "week": _week(viewer, today) if may_read_reports(viewer) else None,
        }
    )


def _ticket(ticket: Ticket) -> dict[str, Any]:
    return {name: getattr(ticket, name) for name in DayTicket.model_fields}


def _week(viewer: Viewer, today: date) -> list[dict[str, Any]]:
    return [{"day": day, "came": came, "solved": solved} for day, came, solved in last_days(viewer, until=today)]


@router.get("/me/views", auth=Scope("views:read", staff=True), response=PlacedViews)
def list_my_views(request: ApiRequest) -> HttpResponse:
    """Your views in your own order, with how many tickets each holds. Six statements at most."""
    placed = views_of(request.viewer)
    counts = view_counts(request.viewer, [each.view for each in placed])
    rows = [
        {
            "view_id": each.view.pk,
            "name": each.view.name,
            "sharing": each.view.sharing,
            "is_pinned": each.is_pinned,
            "is_hidden": each.is_hidden,
            "count": counts.get(each.view.pk),
        }
        for each in placed
    ]
    return answer({"items": rows})


@router.put("/me/views", auth=Scope("views:write", staff=True), response={204: None})
@once
def order_my_views(request: ApiRequest, given: ViewOrder) -> HttpResponse:
    """Put your views in an order of your own; unknown ones are passed over."""
    known = [each.view.pk for each in views_of(request.viewer)]
    first = [pk for pk in dict.fromkeys(given.view_ids) if pk in known]
    order_views([*first, *(pk for pk in known if pk not in first)], agent=agent_of(request))
    return nothing()


@router.patch("/me/views/{view_id}", auth=Scope("views:write", staff=True), response={204: None})
@once
def place_my_view(request: ApiRequest, view_id: Path[Id], given: ViewPlaceIn) -> HttpResponse:
    """Pin a view in your own list, or hide it there."""
    found = get_object_or_404(SavedView.objects.visible_to(request.viewer), pk=view_id)
    if sent := given.sent():
        place_view(found, agent=agent_of(request), **sent)
    return nothing()
