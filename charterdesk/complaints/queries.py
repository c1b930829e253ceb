"""What is read of complaints: levels, where one stands, and the register with its figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from charterdesk.base.keys import split_key
from charterdesk.complaints.models import Complaint, Concerned, Decision, Level
from charterdesk.events.models import LoggedEvent
from charterdesk.people.models import Agent
from charterdesk.people.queries import managers
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.events import TicketAssigned, TicketSolved
from charterdesk.tickets.models import Message, Ticket

MANAGEMENT = (Agent.MANAGER, Agent.ADMINISTRATOR)


def levels() -> list[Level]:
    """Those in use, in their order, bodies outside last. One statement."""
    return list(Level.objects.filter(is_active=True).select_related("team"))


def first_level() -> Level | None:
    """Who decides first; None where nothing was set up. One statement."""
    return next((level for level in levels() if not level.is_outside), None)


def level_after(level: Level | None) -> Level | None:
    """Who decides when the customer is not content with `level`: inside first, then outside. One statement."""
    if level is not None and level.is_outside:
        return None
    above = levels()
    if level is not None:
        above = [
            each for each in above if (each.is_outside, each.position, each.pk) > (False, level.position, level.pk)
        ]
    return above[0] if above else None


def complaint_of(ticket: Ticket) -> Complaint | None:
    """What is kept of `ticket` as a complaint, with its level, and whether anybody is named (`has_named`).

    One statement.
    """
    named = Exists(Concerned.objects.filter(complaint=OuterRef("pk")))
    found = Complaint.objects.select_related("level__team", "about").annotate(has_named=named)
    return found.filter(ticket=ticket).first()


def decided_complaint_of(ticket: Ticket) -> tuple[Complaint | None, Decision | None]:
    """As `complaint_of`, with the decision that holds; None for one that is being decided. Two statements at most."""
    named = Exists(Concerned.objects.filter(complaint=OuterRef("complaint")))
    found = Decision.objects.filter(complaint__ticket=ticket, complaint__is_decided=True).annotate(has_named=named)
    decision: Any = found.select_related("complaint__level__team", "complaint__about").order_by("-pk").first()
    if decision is None:
        return complaint_of(ticket), None
    decision.complaint.has_named = decision.has_named
    return decision.complaint, decision


def involved_in(ticket: Ticket) -> set[int]:
    """The agents who had a hand in `ticket`: who had it, who wrote on it, who solved it. Two statements."""
    wrote = Message.objects.filter(ticket=ticket, agent__isnull=False).values_list("agent", flat=True)
    told = LoggedEvent.objects.filter(subject=ticket.key, code__in=[TicketAssigned.code, TicketSolved.code])
    found = {*wrote.distinct(), *([ticket.assignee_id] if ticket.assignee_id else [])}
    for code, actor, data in told.values_list("code", "actor", "data"):
        if code == TicketAssigned.code:
            found.add(data["assignee_id"])
        elif actor.startswith("agent:"):
            found.add(split_key(actor)[1])
    return found


def has_others(team_id: int, *, without: set[int]) -> bool:
    """Whether somebody can work on a ticket of this team who is none of `without`. One statement."""
    sees = Q(memberships__team=team_id) | Q(role__in=MANAGEMENT, free_role=None)
    return Agent.objects.filter(sees, is_active=True).exclude(pk__in=without).exists()


def management(*, without: set[int]) -> list[int]:
    """Managers, and administrators where there is none of them beside `without`. One statement."""
    return managers(Agent.objects.filter(free_role=None, is_active=True).exclude(pk__in=without))


OPEN, DECIDED = "open", "decided"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which complaints of the register: `state` is open, decided or empty; `before` a number to go on from."""

    state: str = ""
    kind: str = ""
    before: int = 0


def register(viewer: Viewer, asked: Asked) -> QuerySet[Complaint]:
    """The complaints `viewer` may see, the latest first. What is about themselves is not among them."""
    found = Complaint.objects.filter(ticket__in=Ticket.objects.visible_to(viewer))
    if asked.state:
        found = found.filter(is_decided=asked.state == DECIDED)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.before:
        found = found.filter(pk__lt=asked.before)
    related = ("ticket__assignee", "ticket__contact", "ticket__team", "level", "about")
    return found.select_related(*related).prefetch_related("decisions").order_by("-pk")


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What became of the complaints of a time: numbers, and the median from making one to its first decision."""

    made: int
    decided: int
    upheld: int
    partly: int
    not_upheld: int
    soon_enough: int
    late: int
    taken_on: int
    open_now: int
    not_independent: int
    middle: timedelta | None

    @property
    def kept(self) -> float | None:
        """The share decided in the time that was promised, from 0 to 1."""
        decided = self.soon_enough + self.late
        return self.soon_enough / decided if decided else None


def figures(viewer: Viewer, *, since: datetime) -> Figures:
    """The figures of what `viewer` may see, of complaints made and decisions taken from `since` on. Four statements."""
    seen = Ticket.objects.visible_to(viewer)
    all_seen = Complaint.objects.filter(ticket__in=seen)
    made = all_seen.filter(made_at__gte=since)
    decisions = Decision.objects.filter(complaint__ticket__in=seen, made_at__gte=since)
    counts: dict[str, Any] = made.aggregate(
        made=Count("pk"),
        not_independent=Count("pk", filter=Q(is_independent=False)),
        taken_on=Count("pk", filter=Q(level__position__gt=1)),
    )
    counts |= decisions.aggregate(
        decided=Count("complaint", distinct=True),
        soon_enough=Count("pk", filter=Q(in_time=True)),
        late=Count("pk", filter=Q(in_time=False)),
        **{verdict: Count("pk", filter=Q(verdict=verdict)) for verdict, _word in Decision.VERDICTS},
    )
    counts["open_now"] = all_seen.filter(is_decided=False, ticket__status__in=Ticket.UNFINISHED).count()
    spans = decisions.order_by("complaint", "pk").distinct("complaint").values_list("complaint__made_at", "made_at")
    return Figures(**counts, middle=_middle([decided - began for began, decided in spans]))


def _middle(spans: Sequence[timedelta]) -> timedelta | None:
    return sorted(spans)[len(spans) // 2] if spans else None
