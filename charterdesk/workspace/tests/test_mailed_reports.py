"""Reports mailed by themselves: set up on the page of a report, where one stays, whatever was wrong."""

import pytest
from django.test import Client

from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent
from charterdesk.quality.models import Schedule

pytestmark = pytest.mark.django_db
ASKED = "measure=backlog&by=team&step=week"
POST = f"/desk/reports/schedules?{ASKED}"


@pytest.fixture
def lead(team, sign_in) -> Client:
    client: Client = sign_in(make_agent("Lea", role=Agent.LEAD, teams=(team,)))
    return client


def test_the_report_one_asked_for_is_mailed_and_one_is_back_at_it(lead):
    answer = lead.post(POST, {"rhythm": "monthly", "to": "a@desk.example, b@desk.example"})

    made = Schedule.objects.get()
    assert (made.measure, made.by, made.rhythm, made.to) == (
        "backlog", "team", "monthly", ["a@desk.example", "b@desk.example"],
    )  # fmt: skip
    assert answer["Location"] == f"/desk/reports/?{ASKED}#report-mail"
    gone = lead.post(POST, {"remove": str(made.pk)})
    assert (gone["Location"], Schedule.objects.count()) == (answer["Location"], 0)


@pytest.mark.parametrize("to", ["nobody@", "a@desk.example, <b>", ""])
def test_what_is_no_address_is_said_at_the_field_and_nothing_is_lost(lead, to):
    answer = lead.post(POST, {"rhythm": "monthly", "to": to})

    assert answer.status_code == 422
    form = answer.context["mailed"]
    assert (list(form.errors), form["to"].value(), form["rhythm"].value()) == (["to"], to, "monthly")
    asked = answer.context["report"].question
    assert (asked.measure, asked.by, asked.step) == ("backlog", "team", "week")
    assert not Schedule.objects.exists()
