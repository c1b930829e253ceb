"""Some customers who text: a number, and requests that came by SMS. In a few statements for all."""

from collections.abc import Callable

from django.db import connection, transaction

from charterdesk.channels.models import SmsNumber
from charterdesk.channels.sms.actions import save_number
from charterdesk.people.models import Team

OURS, LINE = "+353209100049", "Leaks and emergencies"
# The newest short requests of the number's team that were written on the portal, of customers whose phone is known.
_CHOSEN = """
CREATE TEMPORARY TABLE texted ON COMMIT DROP AS
SELECT ticket.id, identity.value AS phone
  FROM tickets_ticket ticket
  JOIN people_identity identity ON identity.contact_id = ticket.contact_id AND identity.kind = 'phone'
  JOIN LATERAL (SELECT body_text FROM tickets_message WHERE ticket_id = ticket.id AND direction = 'in'
                ORDER BY id LIMIT 1) AS asked ON length(asked.body_text) < 320
 WHERE ticket.team_id = %s AND ticket.channel = 'portal' AND ticket.merged_into_id IS NULL
 ORDER BY ticket.id DESC LIMIT 12
"""
_TICKETS = "UPDATE tickets_ticket ticket SET channel = 'sms' FROM texted WHERE ticket.id = texted.id"
_CAME = """
UPDATE tickets_message message
   SET channel = 'sms', subject = '', quoted_text = '', body_html = '', author_address = texted.phone, "to" = ARRAY[%s]
  FROM texted WHERE message.ticket_id = texted.id AND direction = 'in' AND side_thread_id IS NULL
"""
_WENT = """
UPDATE tickets_message message SET channel = 'sms', subject = '', cc = '{}', "to" = ARRAY[texted.phone]
  FROM texted WHERE message.ticket_id = texted.id AND direction = 'out' AND side_thread_id IS NULL
"""
_LOG = """
UPDATE events_event event SET data = data || '{"channel": "sms"}'
  FROM texted WHERE event.subject = 'ticket:' || texted.id AND event.code = 'ticket.opened'
"""


@transaction.atomic
def let_some_text(say: Callable[[str], object], *, provider: str) -> None:
    """Give the desk a number at `provider`, an address, and let a dozen requests have come by SMS. Ten statements."""
    say("having some customers text")
    team = Team.objects.get(name=LINE)
    fields = {"name": "Leak line", "number": OURS, "team": team, "url": provider, "user": "demo", "language": "en"}
    save_number(SmsNumber(), by="system", fields=fields, secret="demo")
    with connection.cursor() as cursor:
        cursor.execute(_CHOSEN, [team.pk])
        cursor.execute(_TICKETS)
        cursor.execute(_CAME, [OURS])
        cursor.execute(_WENT)
        cursor.execute(_LOG)
