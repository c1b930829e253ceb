"""What surfaces show of surges, and whom a wrong article reached."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from charterdesk.base.clock import now
from charterdesk.knowledge.models import Correction
from charterdesk.people.viewer import Viewer
from charterdesk.surges.models import Circular, CircularTicket, Surge, SurgeTerms, SurgeTicket
from charterdesk.tickets.models import ArticleUse, Link, Ticket
from charterdesk.tickets.models.ticket import TicketQuerySet

LATELY = timedelta(hours=24)
SHOWN = 500


@dataclass(frozen=True, kw_only=True)
class KnownProblem:
    """What a customer reads of the problem their request is part of."""

    told: str
    since: datetime
    is_solved: bool


def terms_in_force() -> SurgeTerms:
    """From when on requests are pointed out: as the desk chose, else as its settings say. One query."""
    found = SurgeTerms.objects.order_by("pk").first()
    return found or SurgeTerms(tickets=settings.SURGE_TICKETS, minutes=settings.SURGE_MINUTES)


def surge_of(ticket: Ticket) -> Surge | None:
    """The surge a ticket stands in, as a part of it or as its problem. One query."""
    return Surge.objects.filter(Q(problem=ticket) | Q(tickets__ticket=ticket)).order_by("pk").first()


def listed(viewer: Viewer) -> QuerySet[Surge]:
    """The surges `viewer` may see, newest first, with how many tickets each has. One query."""
    waiting = Count("tickets", filter=Q(tickets__state=SurgeTicket.WAITING))
    found = Surge.objects.visible_to(viewer).select_related("team", "problem")
    return found.annotate(in_all=Count("tickets"), waiting=waiting).order_by("-last_at", "-pk")


def to_look_at(viewer: Viewer) -> QuerySet[Surge]:
    """Those of the last day that nobody looked at, and problems that tickets wait to join. One query."""
    wants = Q(state=Surge.NOTICED) | Q(state=Surge.PROBLEM, waiting__gt=0)
    return listed(viewer).filter(wants, last_at__gte=now() - LATELY)


def tickets_of(surge: Surge, viewer: Viewer, state: str) -> list[Ticket]:
    """Its tickets in `state` that `viewer` may see, newest first. One query."""
    ids = surge.tickets.filter(state=state).values("ticket_id")
    return list(Ticket.objects.visible_to(viewer).filter(pk__in=ids).select_related("contact").order_by("-pk")[:SHOWN])


def parts_of(surge: Surge) -> TicketQuerySet:
    """The tickets that are part of its problem, however they came to be; what was taken off is not."""
    if surge.problem_id is None:
        return Ticket.objects.none()
    return Ticket.objects.filter(links__other=surge.problem_id, links__kind=Link.PART_OF)


def to_answer(surge: Surge) -> QuerySet[Ticket]:
    """Of its parts those that one answer goes to: what is solved is told already."""
    return parts_of(surge).unfinished()


def seen_parts(surge: Surge, viewer: Viewer) -> QuerySet[Ticket]:
    """Those of them `viewer` may see, newest first."""
    return Ticket.objects.visible_to(viewer).filter(pk__in=parts_of(surge).values("pk")).order_by("-pk")


def languages_of(tickets: QuerySet[Ticket]) -> list[tuple[str, int]]:
    """How many customers write in which language, the most first. One query."""
    spoken = tickets.order_by("contact", "-pk").distinct("contact").values_list("language", flat=True)
    return Counter(spoken).most_common()


def circulars_about(key: str) -> list[Circular]:
    """What was written to all of them, newest first. One query."""
    return list(Circular.objects.filter(about=key).select_related("agent").order_by("-pk"))


def known_problem(ticket: Ticket) -> KnownProblem | None:
    """The problem a customer's request is part of, where it was made of many. One query."""
    found = Surge.objects.filter(problem__linked_by__ticket=ticket, problem__linked_by__kind=Link.PART_OF)
    surge = found.select_related("problem").order_by("pk").first()
    if surge is None or surge.problem is None:
        return None
    return KnownProblem(told=surge.told, since=surge.problem.opened_at, is_solved=not surge.problem.is_open)


def misled(correction: Correction) -> QuerySet[ArticleUse]:
    """Where the version that is wrong, or one after it, was given before it was put right; newest first."""
    uses = ArticleUse.objects.filter(text=correction.text_id, number__gte=correction.number)
    if correction.ended_at:
        uses = uses.filter(used_at__lte=correction.ended_at)
    return uses.select_related("ticket__contact").order_by("-used_at")


def corrections() -> QuerySet[Correction]:
    """All corrections, newest first, each with on how many tickets (`misled`) what is wrong was given. One query."""
    until = Coalesce(OuterRef("ended_at"), Value(now()))
    uses = ArticleUse.objects.filter(text=OuterRef("text"), number__gte=OuterRef("number"), used_at__lte=until)
    counted = uses.order_by().values("text").annotate(in_all=Count("pk")).values("in_all")
    return Correction.objects.annotate(misled=Coalesce(Subquery(counted), 0)).order_by("-pk")


def still_misled(correction: Correction, viewer: Viewer) -> QuerySet[Ticket]:
    """The tickets of those who were given it and not yet told otherwise, of those `viewer` may see."""
    told = CircularTicket.objects.filter(circular__about=correction.key).exclude(state=CircularTicket.PASSED)
    found = Ticket.objects.visible_to(viewer).filter(pk__in=misled(correction).order_by().values("ticket_id"))
    return found.exclude(contact__in=told.values("contact_id"))
