"""Noticing that many new tickets speak of the same. Nothing of it runs while a ticket is opened."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Left

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.events.log import publish
from charterdesk.people.actions import notify
from charterdesk.people.queries import who_leads
from charterdesk.surges.events import SurgeNoticed
from charterdesk.surges.likeness import Said, groups, speaks_of
from charterdesk.surges.models import Surge, SurgeTicket
from charterdesk.surges.queries import terms_in_force
from charterdesk.tickets.models import Message, Ticket

NOTICE = "surge.noticed"
REMEMBERED = timedelta(hours=24)
"""So long after its last ticket new ones are taken for the same."""
MOST, COMPARED, LETTERS = 500, 400, 600


@transaction.atomic
def notice_surges() -> list[Surge]:
    """Look at what came in lately; return what was not known. Leads of the team are told, once for each.

    Two statements while fewer came than the terms name; else four for the tickets, and some six for each surge.
    """
    terms = terms_in_force()
    least = terms.tickets
    if not least:
        return []
    since = now() - timedelta(minutes=terms.minutes)
    fresh = list(tickets_of_customers().filter(opened_at__gte=since).order_by("-opened_at")[:MOST])
    if len(fresh) < least and not Surge.objects.filter(last_at__gte=now() - REMEMBERED).exists():
        return []
    known = set(SurgeTicket.objects.filter(ticket__in=fresh).values_list("ticket_id", flat=True))
    said = said_on([ticket for ticket in fresh if ticket.pk not in known])
    by_team: defaultdict[int, list[Said]] = defaultdict(list)
    for ticket in fresh:
        if ticket.pk in said:
            by_team[ticket.team_id].append(said[ticket.pk])
    _add_to_known(by_team)
    crowded = {team_id: texts for team_id, texts in by_team.items() if len({one.person for one in texts}) >= least}
    earlier = (
        said_on(tickets_of_customers().filter(opened_at__lt=since).order_by("-opened_at")[:COMPARED]) if crowded else {}
    )
    return [
        _notice(team_id, group.words, group.ids)
        for team_id, texts in crowded.items()
        for group in groups(texts, list(earlier.values()), least=least)
    ]


def tickets_of_customers() -> QuerySet[Ticket]:
    """What customers sent, without problems, which are ours."""
    return Ticket.objects.filter(merged_into=None).exclude(type="problem").only("pk", "team", "contact", "subject")


def said_on(tickets: Iterable[Ticket]) -> dict[int, Said]:
    """The subject and beginning of each. One statement."""
    found = list(tickets)
    first = Message.objects.filter(ticket__in=found, direction=Message.IN, redacted_at=None).order_by("ticket", "pk")
    began = dict(first.distinct("ticket").values_list("ticket_id", Left("body_text", LETTERS)))
    return {
        ticket.pk: Said(ticket.pk, ticket.contact_id, f"{ticket.subject}\n{began.get(ticket.pk, '')}")
        for ticket in found
    }


def _add_to_known(by_team: dict[int, list[Said]]) -> None:
    """Tickets that speak of what was noticed before wait there, and raise nothing new."""
    for surge in Surge.objects.select_for_update().filter(last_at__gte=now() - REMEMBERED, team__in=by_team):
        its = [one for one in by_team[surge.team_id] if speaks_of(one.text, surge.words)]
        if its:
            by_team[surge.team_id] = [one for one in by_team[surge.team_id] if one not in its]
            put(surge, [one.id for one in its], at=now())


def _notice(team_id: int, words: Sequence[str], ids: Sequence[int]) -> Surge:
    surge = Surge.objects.create(team_id=team_id, words=list(words))
    put(surge, ids, at=surge.noticed_at)
    publish(SurgeNoticed(surge_id=surge.pk, team_id=team_id, tickets=len(ids)), on=surge, by=SYSTEM)
    notify(who_leads(team_id), code=NOTICE, about=surge.key, by=SYSTEM)
    return surge


def put(surge: Surge, ids: Sequence[int], *, at: datetime) -> None:
    """Have tickets wait with `surge`; in the caller's transaction. Two statements."""
    rows = [SurgeTicket(surge=surge, ticket_id=pk) for pk in sorted(ids)]
    SurgeTicket.objects.bulk_create(rows, ignore_conflicts=True)  # a worker beside this one may have put some
    surge.last_at = at
    surge.save(update_fields=["last_at"])
