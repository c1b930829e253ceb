"""No page of a desk with everything set up takes more than fifteen statements, whatever is there of a ticket."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from charterdesk.charter.in_force import forget
from charterdesk.complaints.models import Complaint
from charterdesk.ops.demo.bought import sell_things
from charterdesk.ops.demo.charter import make_charter
from charterdesk.ops.demo.judged import judge
from charterdesk.people.models import Agent, Contact
from charterdesk.tickets.models import Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
MOST = 15
SOME = 8


def statements(client: Client, path: str) -> int:
    """What a page takes when the process has been asked before; savepoints of the test aside."""
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return sum("SAVEPOINT" not in each["sql"] for each in found.captured_queries)


@pytest.fixture
def tickets() -> list[Ticket]:
    """Complaints that were decided, and what was solved: charter, costs and grades are there as well."""
    forget()
    for make in (judge, sell_things, make_charter):
        make(print)
    decided = Complaint.objects.filter(is_decided=True).values("ticket")
    found = [
        *Ticket.objects.filter(pk__in=decided)[:SOME],
        *Ticket.objects.filter(grades__isnull=False).order_by("-pk")[:SOME],
    ]
    assert len(found) > SOME
    return found


def test_the_status_page_of_a_customer_asks_few_questions(tickets):
    customer = Contact.objects.get(identities__value="rosalind@example.com")
    Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets]).update(contact=customer)
    client = Client()
    assert customer.login is not None
    client.force_login(customer.login)
    paths = [f"/requests/{ticket.number}{part}" for ticket in tickets for part in ("", "/costs")]
    asked = {path: statements(client, path) for path in ["/", "/requests/", *paths]}
    assert {path: count for path, count in asked.items() if count > MOST} == {}


def test_the_ticket_page_asks_few_questions_even_of_who_looks_from_outside_the_team(tickets):
    client = Client()
    client.force_login(Agent.objects.get(login__email="imke@water.example.org").login)
    paths = [f"/desk/tickets/{ticket.number}/{part}" for ticket in tickets for part in ("", "beside", "settled")]
    asked = {path: statements(client, path) for path in ["/desk/", "/desk/today/", *paths]}
    assert {path: count for path, count in asked.items() if count > MOST} == {}
