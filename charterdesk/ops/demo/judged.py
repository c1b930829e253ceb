"""What customers said of solutions: grades, complaints and how they were decided; in a few statements for all."""

from collections.abc import Callable

from django.db import connection, transaction

from charterdesk.base.keys import SYSTEM
from charterdesk.complaints.actions import name_concerned
from charterdesk.complaints.levels import define_level
from charterdesk.complaints.models import Complaint
from charterdesk.people import cast
from charterdesk.people.models import Agent, Team
from charterdesk.tickets.models import Ticket

# Told apart by the ticket's number, so that the same seed gives the same grades. "customer": they closed it themselves.
_GOOD = """
INSERT INTO tickets_grade (ticket_id, score, comment, contact_id, team_id, agent_id, way, solved_at, given_at)
SELECT id, (ARRAY[5,5,5,4,4,4,4,5,3,3])[1 + number % 10],
       CASE number % 7 WHEN 1 THEN 'Quick and friendly.' WHEN 4 THEN 'It took a while, but it is right.' ELSE '' END,
       contact_id, team_id, assignee_id, CASE number % 3 WHEN 0 THEN 'page' ELSE 'mail' END, solved_at, closed_at
  FROM tickets_ticket
 WHERE status = 'closed' AND solved_at IS NOT NULL AND merged_into_id IS NULL
   AND (status_reason = 'customer' OR status_reason = 'silent' AND number / 10 % 5 < 2)
"""
# Who opened a request again was not helped by its first solution.
_BAD = """
INSERT INTO tickets_grade (ticket_id, score, comment, contact_id, team_id, agent_id, way, solved_at, given_at)
SELECT DISTINCT ON (ticket.id) ticket.id, 1 + ticket.number % 2,
       CASE ticket.number % 4 WHEN 0 THEN 'It is not solved at all.' ELSE '' END,
       ticket.contact_id, ticket.team_id, ticket.assignee_id, 'mail', solved.at, again.at
  FROM events_event again
  JOIN tickets_ticket ticket ON again.subject = 'ticket:' || ticket.id
  JOIN LATERAL (SELECT at FROM events_event WHERE subject = again.subject AND code = 'ticket.solved' AND id < again.id
                ORDER BY id DESC LIMIT 1) solved ON true
 WHERE again.code = 'ticket.reopened' AND ticket.merged_into_id IS NULL AND ticket.number % 3 <> 0
   AND again.actor LIKE 'contact:%'
 ORDER BY ticket.id, again.id
    ON CONFLICT DO NOTHING
"""
_COMPLAINTS = """
INSERT INTO complaints_complaint
       (ticket_id, kind, level_id, level_since, is_independent, acknowledged_at, is_decided, made_at)
SELECT id, CASE WHEN 'courtesy' = ANY (tags) THEN 'person' WHEN 'appointment' = ANY (tags) THEN 'promise'
                WHEN 'waiting-time' = ANY (tags) THEN 'handling' ELSE 'other' END,
       %s, opened_at, true, opened_at, status IN ('solved', 'closed') AND assignee_id IS NOT NULL, opened_at
  FROM tickets_ticket
 WHERE type = 'complaint' AND merged_into_id IS NULL AND status_reason <> 'junk'
"""
_DECISIONS = """
INSERT INTO complaints_decision (complaint_id, level_id, verdict, reasons, agent_id, in_time, made_at)
SELECT complaint.id, complaint.level_id,
       (ARRAY['upheld','upheld','partly','not_upheld','upheld'])[1 + ticket.number % 5],
       ticket.solution, ticket.assignee_id, coalesce(ticket.solved_at, ticket.closed_at) <= ticket.promised_at,
       coalesce(ticket.solved_at, ticket.closed_at, ticket.last_message_at)
  FROM complaints_complaint complaint JOIN tickets_ticket ticket ON ticket.id = complaint.ticket_id
 WHERE complaint.is_decided
"""


@transaction.atomic
def judge(say: Callable[[str], object]) -> None:
    """Give grades, take complaints on and decide them, name who decides. A dozen statements over the closed tickets."""
    say("giving grades, hearing complaints")
    first = _levels()
    with connection.cursor() as cursor:
        cursor.execute(_GOOD)
        cursor.execute(_BAD)
        cursor.execute(_COMPLAINTS, [first])
        cursor.execute(_DECISIONS)
    _keep_somebody_out()


def _levels() -> int:
    """The utility's levels; returns the number of the first."""
    teams = {team.name: team for team in Team.objects.all()}
    first = define_level(
        None,
        by=SYSTEM,
        position=1,
        names={
            "en": "Complaints office",
            "de": "Beschwerdestelle",
            "es": "Oficina de reclamaciones",
            "fr": "Service des réclamations",
            "ar": "مكتب الشكاوى",
        },
        team=teams["Complaints"],
        contact_name="Edmund Fairlie",
        email=f"complaints@{cast.DOMAIN}",
        phone="+353 20 910 0007",
        post=f"{cast.COMPANY}\nWeir Lane 2\n{cast.TOWN}",
    )
    define_level(
        None,
        by=SYSTEM,
        position=2,
        names={
            "en": "Management",
            "de": "Geschäftsleitung",
            "es": "Dirección",
            "fr": "Direction",
            "ar": "الإدارة",
        },
        team=teams["Business customers"],
        contact_name="Soraya Belkadi",
        email=f"soraya@{cast.DOMAIN}",
        post=f"{cast.COMPANY}\nWeir Lane 2\n{cast.TOWN}",
    )
    define_level(
        None,
        by=SYSTEM,
        position=1,
        names={
            "en": "Ombudsman for water",
            "de": "Schlichtungsstelle Wasser",
            "es": "Defensor del agua",
            "fr": "Médiateur de l’eau",
            "ar": "أمين مظالم المياه",
        },
        is_outside=True,
        phone="+353 20 918 0000",
        website="https://ombudsman.example.org",
    )
    return int(first.pk)


def _keep_somebody_out() -> None:
    """The newest complaint about how somebody treated a customer is about Moira, who works where complaints go."""
    open_ones = Complaint.objects.filter(is_decided=False, kind=Complaint.PERSON, ticket__status__in=Ticket.UNFINISHED)
    newest = open_ones.select_related("ticket").order_by("-ticket__opened_at").first()
    moira = Agent.objects.filter(name="Moira Stenhouse").first()
    if newest is not None and moira is not None:
        name_concerned(newest, agent_ids=[moira.pk], by=SYSTEM)
