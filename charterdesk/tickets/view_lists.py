"""Pages of any list in any order, and the counts of saved views.

Lists by activity and by due time go the ways of `queries`. In any other order all that fits is found first and then
sorted, so these lists cost what their filter finds; those of one team's open work are quick at any size of the desk.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import OperationalError, connection, transaction
from django.db.models import F, FilteredRelation, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower

from charterdesk.base.sealed import seal, unseal
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import SavedView, StatusCount, Ticket
from charterdesk.tickets.queries import (
    ALL,
    BY_ACTIVITY,
    BY_DUE,
    BY_OPENING,
    COUNT_CAP,
    Cursor,
    Page,
    Selection,
    in_order,
    narrow,
    queue_page,
)
from charterdesk.tickets.views import Asking, asking, compiled, has_words, is_counted, statuses_of

LISTS = "tickets"
COUNTING_MS = 2000
"""Counts that take longer are left out: a list is worth more than its number."""
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
SORTS: dict[str, Any] = {
    "updated": F("last_message_at"),
    "created": F("opened_at"),
    "due": Coalesce(F("due_at"), Value(NEVER)),
    "solved": Coalesce(F("solved_at"), Value(NEVER)),
    "number": F("number"),
    "subject": Lower("subject"),
    "contact": Lower("contact__name"),
    "organisation": Coalesce(Lower("organisation__name"), Value("\uffff")),
    "status": F("status"),
    "priority": F("priority"),
    "type": F("type"),
    "team": Lower("team__name"),
    "assignee": Coalesce(Lower("assignee__name"), Value("\uffff")),
    "channel": F("channel"),
    "language": F("language"),
}
GROUPS = ("status", "priority", "type", "team", "assignee", "channel", "language", "organisation")
READY = {"-updated": BY_ACTIVITY, "due": BY_DUE, "-created": BY_OPENING}
"""Orders that an index is in."""


def selection_of(view: SavedView, asked: Asking) -> Selection:
    """What a view asks for, as a queue does. What is compiled here costs what `compiled` says."""
    statuses = statuses_of(view.filter) or ALL
    return Selection(statuses=statuses, order=BY_ACTIVITY, where=compiled(view.filter, asked))


def list_page(
    viewer: Viewer,
    selection: Selection,
    *,
    sorting: str,
    grouping: str = "",
    after: Cursor | None = None,
    size: int = 50,
    also: Sequence[str] = (),
) -> Page:
    """The `size` first tickets of `selection` that `viewer` may see, by group, then as `sorting` says ("-due": last
    first), after cursor `after`. Two statements, three for contacts without a name."""
    ready = READY.get(sorting) if not grouping else None
    if ready == BY_DUE and not set(selection.statuses) <= set(Ticket.UNFINISHED):
        ready = None
    if ready:
        after = None if after and isinstance(after[0], tuple) else after  # one of another order
        return queue_page(viewer, replace(selection, order=ready), after=after, size=size, also=also)
    keys = [*([grouping] if grouping in GROUPS else []), sorting, "-created" if sorting != "-created" else "-updated"]
    if after and not (isinstance(after[0], tuple) and len(after[0]) == len(keys)):
        after = None
    found = list(_sorted(viewer, selection, keys, after)[: size + 1])
    tickets = in_order([row[-1] for row in found[:size]], also=also)
    last = found[size - 1] if len(found) > size else None
    return Page(tickets=tickets, after=(last[:-1], last[-1]) if last else None)


def all_of(viewer: Viewer, selection: Selection) -> QuerySet[Ticket]:
    """All tickets of `selection` that `viewer` may see, in no order: for what is done to all of them."""
    fitting = narrow(Ticket.objects.visible_to(viewer), viewer, selection)
    return fitting if set(selection.statuses) == set(ALL) else fitting.filter(status__in=selection.statuses)


def _sorted(viewer: Viewer, selection: Selection, keys: Sequence[str], after: Cursor | None) -> QuerySet[Ticket, Any]:
    """(keys ..., id) of all that fit, sorted: an expression instead of a column, so that no index is walked for it."""
    fitting = all_of(viewer, selection)
    names = [f"key_{place}" for place in range(len(keys))]
    fitting = fitting.annotate(**{name: SORTS[key.lstrip("-")] for name, key in zip(names, keys, strict=True)})
    signs = ["-" if key.startswith("-") else "" for key in keys]
    if after is not None:
        fitting = fitting.filter(_behind(names, signs, after))
    order = [f"{sign}{name}" for sign, name in zip(signs, names, strict=True)]
    return fitting.order_by(*order, "-id").values_list(*names, "pk")


def _behind(names: Sequence[str], signs: Sequence[str], after: Cursor) -> Q:
    """What comes after the row whose keys and id are `after`."""
    values, pk = after
    behind, same = Q(), Q()
    for name, sign, value in zip([*names, "pk"], [*signs, "-"], [*values, pk], strict=False):
        behind |= same & Q(**{f"{name}__{'lt' if sign else 'gt'}": value})
        same &= Q(**{name: value})
    return behind


def write_cursor(after: Cursor | None) -> str:
    """A cursor as text for an address, which nobody else can read; "" for none."""
    if after is None:
        return ""
    return seal(json.dumps(after, default=lambda moment: {"at": moment.isoformat()}).encode(), of=LISTS)


def read_cursor(text: str) -> Cursor | None:
    """What `write_cursor` wrote; None for none and for anything else."""
    try:
        moment, pk = json.loads(unseal(text, of=LISTS), object_hook=lambda found: datetime.fromisoformat(found["at"]))
    except (ValueError, TypeError, KeyError):
        return None
    return (tuple(moment) if isinstance(moment, list) else moment, pk) if isinstance(pk, int) else None


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A view with where its agent has it."""

    view: SavedView
    is_pinned: bool = False
    is_hidden: bool = False


def views_of(viewer: Viewer) -> list[Placed]:
    """The views `viewer` has, in their order: theirs first, then teams', then the desk's. One statement."""
    here = FilteredRelation("places", condition=Q(places__agent_id=viewer.agent_id or 0))
    found = SavedView.objects.visible_to(viewer).select_related("team").annotate(here=here)
    placed = found.annotate(pinned=F("here__is_pinned"), hidden=F("here__is_hidden"), at=F("here__position"))
    return [
        Placed(view=view, is_pinned=bool(view.pinned), is_hidden=bool(view.hidden))  # type: ignore[attr-defined]
        for view in sorted(placed, key=_rank)
    ]


_RANKS = {SavedView.MINE: 0, SavedView.TEAM: 1, SavedView.DESK: 2}


def _rank(view: Any) -> tuple[Any, ...]:
    return (view.at is None, view.at or 0, _RANKS[view.sharing], view.name.lower(), view.pk)


def view_counts(viewer: Viewer, views: Sequence[SavedView]) -> dict[int, int]:
    """How many tickets each view holds that `viewer` may see, by its id: all of them at once.

    What is counted anyway is exact; the rest counts to `COUNT_CAP`, on an index where there is one. A view that looks
    for words has no count, and none has that is not counted within `COUNTING_MS`. Four statements, five with custom
    fields.
    """
    asked = asking(viewer, [view.filter for view in views])
    counted = [view for view in views if is_counted(view.filter)]
    free = [view for view in views if not is_counted(view.filter) and not has_words(view.filter)]
    counts = _run([_kept(view, asked) for view in counted])
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {COUNTING_MS}")
            counts |= _run([_capped(view, asked) for view in free])
    except OperationalError:  # canceled: too slow
        return counts
    return counts


Counted = tuple[int, str, Sequence[Any]]


def _kept(view: SavedView, asked: Asking) -> Counted:
    """A view's part of the statement that adds up what is counted anyway."""
    viewer = asked.viewer
    mine = StatusCount.objects.all()
    if not viewer.sees_every_team:
        mine = mine.filter(team_id__in=viewer.team_ids)
    try:
        text, params = mine.filter(compiled(view.filter, asked)).values("tickets").query.sql_with_params()
    except EmptyResultSet:
        return view.pk, "SELECT 0", ()
    return view.pk, f"SELECT coalesce(sum(tickets), 0) FROM ({text}) AS kept", params


def _capped(view: SavedView, asked: Asking) -> Counted:
    fitting = Ticket.objects.visible_to(asked.viewer).filter(compiled(view.filter, asked))
    try:
        text, params = fitting.values("pk")[:COUNT_CAP].query.sql_with_params()
    except EmptyResultSet:  # a condition that nothing can meet
        return view.pk, "SELECT 0", ()
    return view.pk, f"SELECT count(*) FROM ({text}) AS capped", params


def _run(parts: Sequence[Counted]) -> dict[int, int]:
    """All counts in one statement."""
    if not parts:
        return {}
    texts = [f"SELECT %s::bigint, ({text})::bigint" for _pk, text, _params in parts]
    params = [value for pk, _text, values in parts for value in (pk, *values)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(texts), params)
        return dict(cursor.fetchall())
