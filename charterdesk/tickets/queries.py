"""Reads of the inbox: queues, their pages and their counts, flat from ten thousand to a million tickets.

A page of a queue never sorts what it doesn't show. Each index range in question (a team in one status, say)
gives its first rows, in index order; only those few are merged.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import ExpressionWrapper, F, Q, QuerySet, Subquery, Sum, prefetch_related_objects
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from charterdesk.base.clock import now
from charterdesk.base.kept import AnyGiven, Given, Kept
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import StatusCount, Ticket

MINE, NOBODY = "mine", "nobody"
BY_DUE, BY_ACTIVITY, BY_OPENING = "due", "activity", "opening"
COUNT_CAP = 1000
WALKED = 5_000
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
WAITING = (Ticket.PENDING, Ticket.ON_HOLD)
ALL = tuple(status for status, _word in Ticket.STATUSES)

Cursor = tuple[Any, int]
"""Where a page ended: the moment (or the sort keys) of its last ticket, and its id."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which tickets, in which order. `assignee` is an agent's id, `MINE`, `NOBODY`, or None for whoever."""

    statuses: Sequence[str] = Ticket.ACTIVE
    order: str = BY_DUE
    assignee: int | str | None = None
    team_id: int | None = None
    late_only: bool = False
    followed_only: bool = False
    snoozed: bool | None = None
    priority: int | None = None
    type: str = ""
    tag: str = ""
    channel: str = ""
    language: str = ""
    contact_id: int | None = None
    ids: Sequence[int] | None = None
    where: Q | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether something beside queue and team is asked for, which few tickets may meet."""
        filters = (self.priority, self.type, self.tag, self.channel, self.language, self.contact_id)
        return any(filters) or bool(self.snoozed) or self.ids is not None or bool(self.where)

    def narrowed(self, **more: Any) -> "Selection":
        """The same with `more` asked for; None and "" ask for nothing."""
        return replace(self, **{name: value for name, value in more.items() if value not in (None, "")})


QUEUES: dict[str, Selection] = {
    "mine": Selection(assignee=MINE, snoozed=False),
    "unassigned": Selection(assignee=NOBODY, snoozed=False),
    "late": Selection(statuses=Ticket.UNFINISHED, late_only=True),
    "open": Selection(snoozed=False),
    "waiting": Selection(statuses=WAITING, order=BY_ACTIVITY),
    "snoozed": Selection(statuses=Ticket.UNFINISHED, snoozed=True, order=BY_ACTIVITY),
    "following": Selection(statuses=Ticket.UNFINISHED, followed_only=True, order=BY_ACTIVITY),
    "solved": Selection(statuses=(Ticket.SOLVED,), order=BY_ACTIVITY),
    "closed": Selection(statuses=(Ticket.CLOSED,), order=BY_ACTIVITY),
    "all": Selection(statuses=ALL, order=BY_ACTIVITY),
}


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some tickets, and where the next page begins (None at the end)."""

    tickets: Sequence[Ticket]
    after: Cursor | None = None


def queue_page(
    viewer: Viewer, selection: Selection, *, after: Cursor | None = None, size: int = 50, also: Sequence[str] = ()
) -> Page:
    """The `size` first tickets of `selection` that `viewer` may see, after cursor `after`. Two statements, three for
    contacts without a name."""
    found = _first_keys(viewer, selection, after, size + 1)
    tickets = in_order([pk for _moment, pk in found[:size]], also=also)
    return Page(tickets=tickets, after=found[size - 1] if len(found) > size else None)


def _first_keys(viewer: Viewer, selection: Selection, after: Cursor | None, count: int) -> list[tuple[Any, int]]:
    """(moment, id) of the first `count`. One statement, two where a filter leaves few."""
    if selection.order == BY_OPENING or (selection.order == BY_ACTIVITY and selection.is_narrow):
        return _first_filtered(viewer, selection, after, count)
    return _first_merged(viewer, selection, after, count)


def _first_filtered(viewer: Viewer, selection: Selection, after: Cursor | None, count: int) -> list[tuple[Any, int]]:
    """Those among the newest `WALKED` tickets, if they are enough; else all that fit are found, and then sorted.

    The planner can't tell which is quicker: a tag may be frequent, and hardly ever on a ticket of these teams. For
    one customer's tickets, or some given ones, it is always the second.
    """
    column = "opened_at" if selection.order == BY_OPENING else "last_message_at"
    base = Ticket.objects.filter(_before(after, column))
    fitting = narrow(base.visible_to(viewer), viewer, selection)
    if set(selection.statuses) != set(ALL):
        fitting = fitting.filter(status__in=selection.statuses)
    if selection.contact_id is None and selection.ids is None:
        newest = base.order_by(f"-{column}", "-id")
        end = Coalesce(Subquery(newest.values(column)[WALKED : WALKED + 1]), LONG_AGO)
        near = fitting.filter(**{f"{column}__gte": end}).order_by(f"-{column}", "-id")
        found = list(near.values_list(column, "pk")[:count])
        if len(found) == count:
            return found
    at = ExpressionWrapper(F(column) + timedelta(0), models.DateTimeField())  # no index is in this order
    return list(fitting.annotate(at=at).order_by("-at", "-id").values_list(column, "pk")[:count])


def _first_merged(viewer: Viewer, selection: Selection, after: Cursor | None, count: int) -> list[tuple[Any, int]]:
    """(moment, id) of the first `count`: those of each index range in question, merged. One statement.

    The ranges are a table beside which each part is read, so that a statement for many teams is as short, and as
    quickly planned, as one for a single team.
    """
    ranges, ranges_params = _ranges(viewer, selection)
    texts: list[str] = []
    params: list[Any] = []
    for part in _parts(viewer, selection, after):
        with suppress(EmptyResultSet):  # a filter that nothing can meet
            text, values = part[:count].query.sql_with_params()
            texts.append(f"SELECT part.* FROM {ranges} CROSS JOIN LATERAL ({text}) AS part (moment, id)")
            params += [*ranges_params, *values]
    if not texts:
        return []
    order = "moment NULLS LAST, id" if selection.order == BY_DUE else "moment DESC, id DESC"
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(texts)} ORDER BY {order} LIMIT %s", [*params, count])
        rows: list[tuple[Any, int]] = cursor.fetchall()
    return rows


def in_order(ids: Sequence[int], *, also: Sequence[str] = ()) -> list[Ticket]:
    """The tickets `ids`, in that order, with what a row of a list shows; of a contact without a name the addresses.

    `also` names what else hangs on them (`field_values`).
    """
    if not ids:
        return []
    found = _in_a_row(*also).filter(pk__in=ids) if also else _ROWS.rows(ids=list(ids))
    rows = {ticket.pk: ticket for ticket in found}
    if nameless := [ticket.contact for ticket in rows.values() if not ticket.contact.name]:
        prefetch_related_objects(nameless, "identities")
    return [rows[pk] for pk in ids if pk in rows]


def _in_a_row(*also: str) -> QuerySet[Ticket]:
    return Ticket.objects.select_related("contact", "assignee", "team", "organisation", *also).defer(*_NOT_IN_A_ROW)


_ROWS = Kept(lambda: _in_a_row().filter(pk=AnyGiven("ids")))
_NOT_IN_A_ROW = (
    "solution", "status_reason", "assigned_at", "promised_at", "closed_at",
    "contact__note", "contact__created_at", "team__signature", "team__signatures",
)  # fmt: skip


def _parts(viewer: Viewer, selection: Selection, after: Cursor | None) -> list[QuerySet[Ticket, Any]]:
    """What is read of each range: ordered queries for (moment, id). Those without a due time come last."""
    base = narrow(Ticket.objects.visible_to(viewer), viewer, selection)
    if _goes_by_team(viewer, selection):
        base = base.filter(team_id=RawSQL("wanted.team_id", ()))
    if selection.order == BY_ACTIVITY:
        found = base.filter(_before(after), status=RawSQL("wanted.status", ()))
        return [found.order_by("-last_message_at", "-id").values_list("last_message_at", "pk")]
    base = base.filter(status__in=selection.statuses)
    dated = base.filter(_dated_after(after)).order_by("due_at", "id")
    undated = base.filter(_undated_after(after)).order_by("id")
    parts = [dated, undated] if after is None or after[0] else [undated]
    return [part.values_list("due_at", "pk") for part in parts]


def _ranges(viewer: Viewer, selection: Selection) -> tuple[str, list[Any]]:
    """The index ranges that together hold the selection: by team, by status, or one (of an assignee)."""
    by: list[tuple[str, Sequence[Any]]] = []
    if _goes_by_team(viewer, selection):
        by.append(("unnest(%s::bigint[]) AS teams (team_id)", _team_ids(viewer, selection)))
    if selection.order == BY_ACTIVITY:
        by.append(("unnest(%s::text[]) AS statuses (status)", list(selection.statuses)))
    tables = " CROSS JOIN ".join(text for text, _values in by) or "(SELECT) AS one"
    return f"(SELECT * FROM {tables}) AS wanted", [values for _text, values in by]


def _goes_by_team(viewer: Viewer, selection: Selection) -> bool:
    """Whether each team's range is read: not where an assignee's is, or for whoever sees all teams, a status's."""
    if selection.order == BY_ACTIVITY:
        return not viewer.sees_every_team and selection.assignee in (None, NOBODY)
    return not (isinstance(selection.assignee, int) or selection.assignee == MINE)


def _team_ids(viewer: Viewer, selection: Selection) -> list[int]:
    if selection.team_id is None:
        return sorted(viewer.team_ids)
    return [selection.team_id] if selection.team_id in viewer.team_ids else []


def _before(after: Cursor | None, column: str = "last_message_at") -> Q:
    if after is None:
        return Q()
    moment, pk = after
    return Q(**{f"{column}__lte": moment}) & (Q(**{f"{column}__lt": moment}) | Q(pk__lt=pk))


def _dated_after(after: Cursor | None) -> Q:
    if after is None or after[0] is None:
        return Q(due_at__isnull=False)
    moment, pk = after
    return Q(due_at__gte=moment) & (Q(due_at__gt=moment) | Q(pk__gt=pk))


def _undated_after(after: Cursor | None) -> Q:
    return Q(due_at=None, pk__gt=after[1]) if after and after[0] is None else Q(due_at=None)


def narrow(tickets: QuerySet[Ticket], viewer: Viewer, selection: Selection) -> QuerySet[Ticket]:
    """Everything asked for but the status and the order."""
    wanted = {
        "team_id": selection.team_id,
        "contact_id": selection.contact_id,
        "priority": selection.priority,
        "type": selection.type,
        "channel": selection.channel,
        "language": selection.language,
    }
    tickets = tickets.filter(**{name: value for name, value in wanted.items() if value})
    if selection.assignee == NOBODY:
        tickets = tickets.filter(assignee=None)
    elif selection.assignee is not None:
        agent_id = viewer.agent_id if selection.assignee == MINE else int(selection.assignee)
        tickets = tickets.filter(assignee_id=agent_id)
    if selection.tag:
        tickets = tickets.filter(tags__contains=[selection.tag])
    if selection.followed_only:
        tickets = tickets.filter(followers__agent=viewer.agent_id)
    if selection.snoozed is not None:
        tickets = tickets.filter(snooze__isnull=not selection.snoozed)
    if selection.late_only:
        tickets = tickets.filter(due_at__lt=now())
    if selection.ids is not None:
        tickets = tickets.filter(pk__in=selection.ids)
    if selection.where:
        tickets = tickets.filter(selection.where)
    return tickets


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many tickets stand in each queue, and how many each team has to work on."""

    queues: dict[str, int]
    teams: dict[int, int] = field(default_factory=dict)
    capped: frozenset[str] = frozenset()


def queue_counts(viewer: Viewer) -> Counts:
    """Kept counts of what `viewer` may see; `late` counts to `COUNT_CAP` only. Two statements."""
    rows = _COUNTED.rows(teams=list(viewer.team_ids), agent=viewer.agent_id)
    late, asleep = _late_and_snoozed(viewer)
    teams: dict[int, int] = {}
    for team_id, status, everybody, _nobody, _mine in rows:
        if status in Ticket.ACTIVE:
            teams[team_id] = teams.get(team_id, 0) + everybody
    return Counts(
        queues={
            "mine": _total(rows, Ticket.ACTIVE, 4) - asleep.mine,
            "unassigned": _total(rows, Ticket.ACTIVE, 3) - asleep.nobodys,
            "late": late,
            "snoozed": asleep.everything,
            "open": _total(rows, Ticket.ACTIVE, 2) - asleep.active,
            "waiting": _total(rows, WAITING, 2),
            "solved": _total(rows, (Ticket.SOLVED,), 2),
            "closed": _total(rows, (Ticket.CLOSED,), 2),
            "all": _total(rows, ALL, 2),
        },
        teams=teams,
        capped=frozenset({"late"} if late == COUNT_CAP else ()),
    )


_COUNTED = Kept(
    lambda: (
        StatusCount.objects.filter(team_id=AnyGiven("teams"), tickets__gt=0)
        .values_list("team_id", "status")
        .annotate(
            everybody=Sum("tickets"),
            nobody=Sum("tickets", filter=Q(assignee=None)),
            mine=Sum("tickets", filter=Q(assignee_id=Given("agent"))),
        )
    )
)


def _total(rows: Sequence[tuple[Any, ...]], statuses: Sequence[str], column: int) -> int:
    return sum(row[column] or 0 for row in rows if row[1] in statuses)


@dataclass(frozen=True, slots=True)
class _Asleep:
    """How many snoozed tickets the kept counts hold: of those to be worked on, the viewer's and nobody's; and all."""

    active: int
    mine: int
    nobodys: int
    everything: int


def _late_and_snoozed(viewer: Viewer) -> tuple[int, _Asleep]:
    """Unfinished tickets past their due time, at most `COUNT_CAP`: one short index range for each team; and the few
    that are put off. One statement."""
    overdue = Ticket.objects.unfinished().filter(due_at__lt=now(), team_id=RawSQL("wanted.team_id", ()))
    text, params = overdue.values("pk")[:COUNT_CAP].query.sql_with_params()
    late = f"SELECT FROM unnest(%s::bigint[]) AS wanted (team_id) CROSS JOIN LATERAL ({text}) AS late LIMIT %s"
    teams = sorted(viewer.team_ids)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT (SELECT count(*) FROM ({late}) AS counted), asleep.* FROM ({_ASLEEP}) AS asleep",
            [teams, *params, COUNT_CAP, viewer.agent_id, teams],
        )
        count, *asleep = cursor.fetchone()
    return int(count), _Asleep(*asleep)


_ASLEEP = """
    SELECT count(*) FILTER (WHERE status IN ('new', 'open')),
           count(*) FILTER (WHERE status IN ('new', 'open') AND assignee_id = %s),
           count(*) FILTER (WHERE status IN ('new', 'open') AND assignee_id IS NULL), count(*)
      FROM tickets_snooze AS snooze JOIN tickets_ticket AS ticket ON ticket.id = snooze.ticket_id
     WHERE ticket.team_id = ANY(%s::bigint[])
"""
