"""Remedies that wait for a yes, as management decides them."""

import pytest
from django.test import Client

from charterdesk.calendars.testing import ROUND_THE_CLOCK, make_calendar
from charterdesk.charter.content import Charter
from charterdesk.charter.models import OwedRemedy
from charterdesk.charter.testing import answer_within, credit, happened, publish_for_test
from charterdesk.events.testing import fire_timers
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.sla.testing import at_hour, no_policies
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def test_who_refuses_a_remedy_without_a_reason_has_its_form_again_and_no_other_one() -> None:
    no_policies()
    team = make_team("Leaks")
    team.calendar = make_calendar("Always", zone="UTC", hours=ROUND_THE_CLOCK)
    team.save()
    publish_for_test(Charter(objectives=[answer_within(4)], remedies=[credit("30", approve_above="20")]))
    for name in ("Ann", "Ben"):
        make_ticket(team=team, contact=make_contact(name))
    happened(0)
    fire_timers(at_hour(4))
    happened(4)
    manager = Client()
    manager.force_login(make_agent("Soraya", role=Agent.MANAGER).login)
    about = OwedRemedy.objects.order_by("pk")[0]

    blank = manager.post(f"/desk/charter/remedies/{about.pk}/refusal", {"reason": "  "})

    page = blank.content.decode()
    assert blank.status_code == 422
    assert f'aria-describedby="refusal_{about.pk}_reason-error" autofocus' in page
    assert page.count('-error" autofocus') == page.count('class="grow" open') == 1
    assert page.count("Write why; the customer is told.") == 1
    assert {one.state for one in OwedRemedy.objects.all()} == {OwedRemedy.WAITING}

    manager.post(f"/desk/charter/remedies/{about.pk}/refusal", {"reason": "Asked twice."})
    about.refresh_from_db()
    assert (about.state, about.reason) == (OwedRemedy.REFUSED, "Asked twice.")
