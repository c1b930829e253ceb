"""A surge that somebody sees before the desk does: begun from one ticket, with what speaks of the same."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.surges.actions.noticing import COMPARED, MOST, put, said_on, tickets_of_customers
from charterdesk.surges.events import SurgeBegun, SurgeWidened
from charterdesk.surges.likeness import Group, Said, groups, speaks_of, telling
from charterdesk.surges.models import Surge, SurgeTicket
from charterdesk.tickets.models import Ticket

LATELY = timedelta(hours=24)


@transaction.atomic
def begin_surge(ticket: Ticket, *, by: Actor) -> Surge:
    """Say that others have what `ticket` is about: a surge of it and of its team's of the day that say the same.

    Known to be of one: that surge, to be looked at once more where it was dismissed. Some ten statements.
    Raises `Refused`: `surges.is_over` for a ticket that is solved, `surges.is_problem_itself`.
    """
    Ticket.objects.select_for_update().get(pk=ticket.pk)
    known = SurgeTicket.objects.filter(ticket=ticket).select_related("surge").first()
    if known is not None:
        return _once_more(known.surge)
    if Surge.objects.filter(problem=ticket).exists():
        raise Refused("surges.is_problem_itself", _("This is the problem itself."))
    if not ticket.is_open:
        raise Refused("surges.is_over", _("This ticket is solved."))
    found = _like(ticket)
    surge = Surge.objects.create(team=ticket.team, words=[word[:80] for word in found.words])
    put(surge, found.ids, at=surge.noticed_at)
    publish(SurgeBegun(surge_id=surge.pk, team_id=surge.team_id, tickets=len(found.ids)), on=surge, by=by)
    return surge


def _once_more(surge: Surge) -> Surge:
    if surge.state == Surge.DISMISSED:
        surge.state, surge.decided_by = Surge.NOTICED, ""
        surge.save(update_fields=["state", "decided_by"])
    return surge


def _like(ticket: Ticket) -> Group:
    """What it shares with others of the day, and which; what its subject says that others do not, where it is alone."""
    since = now() - LATELY
    fresh = _said_by(ticket.team_id, since)
    earlier = list(
        said_on(tickets_of_customers().filter(opened_at__lt=since).order_by("-opened_at")[:COMPARED]).values()
    )
    fresh.setdefault(ticket.pk, said_on([ticket])[ticket.pk])
    for group in groups(list(fresh.values()), earlier, least=2):
        if ticket.pk in group.ids:
            return group
    words = telling(ticket.subject, earlier) or [ticket.subject]
    return Group(words, [pk for pk, one in fresh.items() if pk == ticket.pk or speaks_of(one.text, words)])


def _said_by(team_id: int, since: object) -> dict[int, Said]:
    """What customers wrote to a team since then, without what is of another surge already. Three statements."""
    taken = SurgeTicket.objects.values("ticket_id")
    found = tickets_of_customers().filter(team=team_id, opened_at__gte=since, solved_at=None).exclude(pk__in=taken)
    return said_on(found.order_by("-opened_at")[:MOST])


@transaction.atomic
def add_tickets(surge: Surge, *, ticket_ids: Collection[int], by: Actor) -> None:
    """Have more tickets wait with `surge`; one that waits with another comes over. A problem's own is left out.

    Raises `Refused`: `surges.nothing_chosen`, `surges.is_part` where one is part of another problem.
    """
    Surge.objects.select_for_update().get(pk=surge.pk)
    chosen = Ticket.objects.filter(pk__in=ticket_ids, merged_into=None).exclude(pk=surge.problem_id or 0)
    ids: Sequence[int] = list(chosen.values_list("pk", flat=True))
    if not ids:
        raise Refused("surges.nothing_chosen", _("Choose the tickets that belong to it."))
    elsewhere = SurgeTicket.objects.select_for_update().filter(ticket__in=ids).exclude(surge=surge)
    if any(each.state == SurgeTicket.PART for each in elsewhere):
        raise Refused("surges.is_part", _("One of them is part of another problem. Take it off there first."))
    elsewhere.delete()
    put(surge, ids, at=now())
    _once_more(surge)
    publish(SurgeWidened(surge_id=surge.pk, team_id=surge.team_id, tickets=len(ids)), on=surge, by=by)
