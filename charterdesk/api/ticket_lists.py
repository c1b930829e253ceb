"""Lists of tickets: filters by every field, words, an order, and pages that new tickets do not shift."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

import orjson
from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Id, Moment, Size, line, one_of, some_of
from charterdesk.api.ticket_rows import Columns, Expand, Fields, TicketOut, columns_asked, rows_of
from charterdesk.base.asked_again import AskedAgain
from charterdesk.base.clock import now
from charterdesk.base.keys import split_key
from charterdesk.base.refused import Refused
from charterdesk.people.models import LANGUAGES
from charterdesk.people.search import reader_of
from charterdesk.people.viewer import Viewer
from charterdesk.search.queries import parents_with
from charterdesk.tickets.models import SavedView, Ticket
from charterdesk.tickets.views import asking, checked, compiled

router = Router(tags=["Tickets"])

ORDERS: dict[str, tuple[str, bool]] = {
    "-opened": ("id", True),
    "opened": ("id", False),
    "-activity": ("last_message_at", True),
    "activity": ("last_message_at", False),
    "due": ("due_at", False),
}
STATUSES = Annotated[str, some_of(code for code, _name in Ticket.STATUSES)]
TYPES = Annotated[str, some_of(code for code, _name in Ticket.TYPES)]
CHANNELS = Annotated[str, some_of(code for code, _name in Ticket.CHANNELS)]


class TicketsAsked(Asked):
    """Which tickets; what is left out asks for nothing. Several filters must all hold."""

    status: STATUSES = Field(ABSENT, examples=["new,open"], description="One or more, apart by commas.")
    type: TYPES = Field(ABSENT, examples=["incident"])
    channel: CHANNELS = Field(ABSENT, examples=["email"])
    language: Annotated[str, some_of(code for code, _name in LANGUAGES)] = Field(ABSENT, examples=["en"])
    priority: Annotated[str, some_of("1234")] = Field(ABSENT, examples=["1,2"], description="Staff only.")
    tag: Annotated[str, line(50, least=1)] = Field(ABSENT, examples=["leak"], description="Staff only.")
    team_id: Id = ABSENT
    assignee: Annotated[str, one_of(["me", "none", "[1-9][0-9]{0,17}"])] = Field(
        ABSENT, examples=["me"], description="An agent's id, `me`, or `none`."
    )
    contact_id: Id = ABSENT
    organisation_id: Id = ABSENT
    follower: Annotated[str, one_of(["me"])] = Field(ABSENT, description="`me`: those I follow.")
    late: Annotated[str, one_of(["true", "false"])] = Field(ABSENT, description="Whether a promise is past its time.")
    view_id: Id = Field(ABSENT, description="A saved view's; staff only.")
    filter: Annotated[str, line(20_000, least=2)] = Field(
        ABSENT,
        examples=['{"all": [{"field": "status", "op": "is", "value": ["new"]}]}'],
        description="As views have it, as JSON: any field, those of the desk's own as well. Staff only.",
    )
    q: Annotated[str, line(300, least=1)] = Field(
        ABSENT, description="Of the best hundred hits.", examples=["pressure"]
    )
    opened_since: Moment = ABSENT
    opened_before: Moment = ABSENT
    active_since: Moment = ABSENT
    active_before: Moment = ABSENT
    due_before: Moment = ABSENT
    solved_since: Moment = ABSENT
    solved_before: Moment = ABSENT
    closed_since: Moment = ABSENT
    order: Annotated[str, one_of(ORDERS)] = Field("-opened", description="`due` lists only tickets with a due time.")
    fields: Fields = Field(ABSENT, description="Only these, apart by commas.", examples=["number,subject"])
    expand: Expand = Field(ABSENT, description="Show these whole, apart by commas.", examples=["team,contact"])
    cursor: Cursor = ""
    limit: Size = 50


class TicketPage(BaseModel):
    """Some tickets; `next` is the cursor of the next page, null at the end."""

    items: list[TicketOut]
    next: str | None


Filter = Callable[[Any, Viewer], Q]


def _several(column: str) -> Filter:
    return lambda value, _viewer: Q(**{f"{column}__in": value.split(",")})


def _equal(column: str) -> Filter:
    return lambda value, _viewer: Q(**{column: value})


def _assignee(value: str, viewer: Viewer) -> Q:
    if value == "none":
        return Q(assignee=None)
    return Q(assignee_id=(viewer.agent_id or 0) if value == "me" else int(value))


def _late(value: str, _viewer: Viewer) -> Q:
    late = Q(due_at__lt=now(), status__in=Ticket.UNFINISHED)
    return late if value == "true" else ~late


def _words(value: str, viewer: Viewer) -> Q:
    keys = parents_with(value, reader=reader_of(viewer), language=viewer.language)
    return Q(pk__in=[pk for kind, pk in map(split_key, keys) if kind == "ticket"])


def _filter(value: str, viewer: Viewer) -> Q:
    """What the grammar of saved views says. Raises `Refused("tickets.bad_filter")`."""
    try:
        wanted = orjson.loads(value)
        asked = asking(viewer, [wanted])
        return compiled(checked(wanted, asked.fields), asked)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise Refused("tickets.bad_filter", _("“filter” is a list of conditions under “all” or “any”.")) from error


def _view(view_id: int, viewer: Viewer) -> Q:
    view = SavedView.objects.visible_to(viewer).filter(pk=view_id).first()
    if view is None:
        raise Refused("api.no_such_view", _("There is no view with this id."))
    return compiled(view.filter, asking(viewer, [view.filter]))


FOR_STAFF: dict[str, Filter] = {
    "view_id": _view,
    "filter": _filter,
    "priority": _several("priority"),
    "tag": lambda value, _viewer: Q(tags__contains=[" ".join(value.lower().split())]),
    "follower": lambda _value, viewer: Q(followers__agent=viewer.agent_id),
}
FILTERS: dict[str, Filter] = {
    "status": _several("status"),
    "type": _several("type"),
    "channel": _several("channel"),
    "language": _several("language"),
    "team_id": _equal("team_id"),
    "assignee": _assignee,
    "contact_id": _equal("contact_id"),
    "organisation_id": _equal("organisation_id"),
    "late": _late,
    "q": _words,
    "opened_since": _equal("opened_at__gte"),
    "opened_before": _equal("opened_at__lt"),
    "active_since": _equal("last_message_at__gte"),
    "active_before": _equal("last_message_at__lt"),
    "due_before": _equal("due_at__lt"),
    "solved_since": _equal("solved_at__gte"),
    "solved_before": _equal("solved_at__lt"),
    "closed_since": _equal("closed_at__gte"),
}
# What these ask for is another thing from moment to moment, is looked up, or comes from more than one table.
UNSTEADY = {"late", "q", "view_id", "filter", "expand"}
_asked_before = AskedAgain()


@router.get("/tickets", auth=Scope("tickets:read"), response=TicketPage)
def list_tickets(request: ApiRequest, asked: Query[TicketsAsked]) -> HttpResponse:
    """Tickets the asker may see, the newest first. One statement; with words some more."""
    column, _down = ORDERS[asked.order]
    fields = f"{asked.fields},{asked.expand or ''}" if asked.fields else None
    place = ("id",) if column == "id" else (column, "id")
    return page_of(_rows(asked, request.viewer), asked.limit, place=place, fields=fields)


def _rows(asked: TicketsAsked, viewer: Viewer) -> list[dict[str, Any]]:
    """Those asked for, and one more."""
    if UNSTEADY & asked.model_fields_set:
        return rows_of(_found(asked, viewer), viewer, fields=asked.fields, expand=asked.expand)
    columns = columns_asked(viewer, asked.fields)
    rows = _asked_before.rows(
        (viewer.as_value, *vars(asked).values()), lambda: _found(asked, viewer).values_list(Columns(Ticket, columns))
    )
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _found(asked: TicketsAsked, viewer: Viewer) -> QuerySet[Ticket]:
    """What `viewer` asks for, in order, and one more than they want."""
    found = filtered(Ticket.objects.visible_to(viewer), asked, viewer)
    column, down = ORDERS[asked.order]
    return _ordered(found, column, down=down, cursor=asked.cursor)[: asked.limit + 1]


def filtered(found: QuerySet[Ticket], asked: TicketsAsked, viewer: Viewer) -> QuerySet[Ticket]:
    """Those that meet every filter asked for; what customers do not see they cannot ask for either."""
    filters = {**FILTERS, **FOR_STAFF} if viewer.is_staff else FILTERS
    for name in asked.model_fields_set:
        if name in filters:
            found = found.filter(filters[name](getattr(asked, name), viewer))
        elif name in FOR_STAFF:
            found = found.none()
    return found


def _ordered(found: QuerySet[Ticket], column: str, *, down: bool, cursor: str) -> QuerySet[Ticket]:
    """In order, after the place `cursor` names: by value and id, so that what comes in between shifts nothing."""
    sign = "lt" if down else "gt"
    if column == "id":
        if cursor:
            (pk,) = read_cursor(cursor, int)
            found = found.filter(**{f"id__{sign}": pk})
        return found.order_by(F("id").desc() if down else F("id").asc())
    if column == "due_at":
        found = found.filter(due_at__isnull=False)
    if cursor:
        at, pk = read_cursor(cursor, datetime, int)
        beyond = Q(**{f"{column}__{sign}": at}) | Q(**{f"id__{sign}": pk})
        found = found.filter(beyond, **{f"{column}__{sign}e": at})
    order = ("-" if down else "") + column
    return found.order_by(order, "-id" if down else "id")
