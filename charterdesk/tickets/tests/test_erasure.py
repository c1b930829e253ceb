"""When a customer is erased, the log forgets what it kept of their tickets, and keeps what happened."""

import pytest

from charterdesk.events.models import LoggedEvent
from charterdesk.people.actions import erase_contact
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def test_the_log_forgets_the_snapshots_of_an_erased_customer_and_of_nobody_else(run_reactions):
    ticket, other = make_ticket(subject="Water for Ada Lovelace"), make_ticket(subject="Another")
    run_reactions()
    count = LoggedEvent.objects.filter(subject=ticket.key).count()
    erase_contact(ticket.contact, by="agent:1")
    run_reactions()

    kept = LoggedEvent.objects.filter(subject=ticket.key).exclude(facts=None).values_list("facts", flat=True)
    assert list(kept) == [{"erased": True}] * len(kept)
    assert LoggedEvent.objects.filter(subject=ticket.key).count() == count
    assert LoggedEvent.objects.filter(subject=other.key, facts__subject="Another").exists()
