"""What becomes of a surge: a problem its tickets are part of, or nothing."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import key_of, publish
from charterdesk.people.models import Agent, Contact
from charterdesk.surges.events import ProblemJoined, ProblemMade, SurgeDismissed
from charterdesk.surges.models import Surge, SurgeTicket
from charterdesk.tickets.actions import Incoming, assign_ticket, link_tickets, open_ticket
from charterdesk.tickets.models import Link, Ticket

TYPE = "problem"


@transaction.atomic
def make_problem(
    surge: Surge, *, ticket_ids: Collection[int], subject: str, told: str, agent: Agent, by: Actor
) -> Ticket:
    """Open a problem that the chosen tickets of `surge` are part of; `told` is what their customers read of it.

    It is the house's own: no customer of theirs stands on it. Made before: that one. Some six statements for each
    ticket. Raises `Refused`: `surges.nothing_chosen`, `surges.no_subject`.
    """
    _lock(surge)
    if surge.problem is not None:
        return surge.problem
    if not subject.strip():
        raise Refused("surges.no_subject", _("Say what the problem is."))
    incoming = Incoming(
        contact=_house(surge), subject=subject.strip(), text=told.strip() or subject.strip(), is_ours=True
    )
    problem = open_ticket(incoming, team=surge.team, by=by, type=TYPE)
    if agent.memberships.filter(team=surge.team).exists():
        assign_ticket(problem, agent=agent, by=by)
    surge.state, surge.problem, surge.told, surge.decided_by = Surge.PROBLEM, problem, told.strip()[:300], key_of(by)
    surge.save(update_fields=["state", "problem", "told", "decided_by"])
    publish(ProblemMade(surge_id=surge.pk, team_id=surge.team_id, problem_id=problem.pk), on=surge, by=by)
    _join(surge, ticket_ids, by=by)
    return problem


def _house(surge: Surge) -> Contact:
    """Whom our own problems are for: the team by its name, without an address. The same for all of a team's."""
    former = Surge.objects.filter(team=surge.team, problem__isnull=False).select_related("problem__contact").first()
    if former and former.problem and former.problem.contact.name == surge.team.name:
        return former.problem.contact
    return Contact.objects.create(name=surge.team.name)


@transaction.atomic
def join_problem(surge: Surge, *, ticket_ids: Collection[int], by: Actor) -> None:
    """Have tickets that wait become part of the problem.

    Raises `Refused`: `surges.no_problem`, `surges.nothing_chosen`.
    """
    _lock(surge)
    if surge.problem is None:
        raise Refused("surges.no_problem", _("Make it a problem first."))
    _join(surge, ticket_ids, by=by)


def _join(surge: Surge, ticket_ids: Collection[int], *, by: Actor) -> None:
    assert surge.problem is not None
    chosen = surge.tickets.filter(ticket__in=ticket_ids, state=SurgeTicket.WAITING).select_related("ticket")
    joining = list(chosen.order_by("ticket"))
    if not joining:
        raise Refused("surges.nothing_chosen", _("Choose the tickets that belong to it."))
    for each in joining:
        link_tickets(each.ticket, by=by, other=surge.problem, kind=Link.PART_OF)
    surge.tickets.filter(pk__in=[each.pk for each in joining]).update(state=SurgeTicket.PART)
    event = ProblemJoined(surge_id=surge.pk, team_id=surge.team_id, problem_id=surge.problem.pk, tickets=len(joining))
    publish(event, on=surge, by=by)


@transaction.atomic
def dismiss_surge(surge: Surge, *, by: Actor) -> None:
    """Say that its tickets have nothing in common. Raises `Refused("surges.is_problem")`."""
    _lock(surge)
    if surge.state == Surge.PROBLEM:
        raise Refused("surges.is_problem", _("It is a problem already."))
    if surge.state == Surge.DISMISSED:
        return
    surge.state, surge.decided_by = Surge.DISMISSED, key_of(by)
    surge.save(update_fields=["state", "decided_by"])
    publish(SurgeDismissed(surge_id=surge.pk, team_id=surge.team_id), on=surge, by=by)


def _lock(surge: Surge) -> None:
    surge.refresh_from_db(from_queryset=Surge.objects.select_for_update(of=("self",)).select_related("team", "problem"))
