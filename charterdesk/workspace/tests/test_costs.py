"""Time spent, beside the ticket."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from charterdesk.base.clock import now
from charterdesk.billing.actions.contracts import save_tier
from charterdesk.billing.actions.time_entries import add_time, start_timer
from charterdesk.billing.actions.verdicts import contest_verdict
from charterdesk.billing.models import Contest, TimeEntry, Verdict
from charterdesk.billing.testing_bought import make_order, make_usual_reasons
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.actions.merging import merge_ticket
from charterdesk.tickets.charging import judge_ticket, work_on
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def test_time_spent_on_merged_tickets_counts_where_they_went_on_and_is_taken_off_only_where_it_was_noted() -> None:
    team = make_team()
    ada = make_agent("Ada", teams=(team,), role=Agent.LEAD)
    first, second, third = (make_ticket(team=team, contact=make_contact(f"Mia {n}")) for n in range(3))
    for ticket, minutes in ((first, 10), (second, 20), (third, 30)):
        add_time(work_on(ticket), agent=ada, minutes=minutes, note=f"Dug {minutes}", by=ada)
    merge_ticket(first, into=second, by=ada)
    merge_ticket(second, into=third, by=ada)
    client = Client()
    client.force_login(ada.login)

    page = client.get(f"/desk/tickets/{third.number}/costs").content.decode()

    assert "1:00 h spent" in page
    assert [f"on #{ticket.number}" in page for ticket in (first, second, third)] == [True, True, False]
    assert re.findall(r"Take (\d+) minutes off", page) == ["30"]


def test_a_running_timer_says_since_when_so_that_the_page_counts_on() -> None:
    team = make_team()
    ada, ticket = make_agent("Ada", teams=(team,)), make_ticket(team=team)
    entry = start_timer(work_on(ticket), agent=ada, by=ada)
    client = Client()
    client.force_login(ada.login)

    page = client.get(f"/desk/tickets/{ticket.number}/costs").content.decode()

    assert f'role="timer" data-timer="{int(entry.started_at.timestamp())}"' in page


def _lead_and_charged() -> tuple[Client, Ticket, Verdict]:
    make_usual_reasons()
    team = make_team()
    ticket = make_ticket(team=team)
    judge_ticket(ticket, by="system")
    client, ada = Client(), make_agent("Ada", teams=(team,), role=Agent.LEAD)
    client.force_login(ada.login)
    return client, ticket, Verdict.objects.get(about=ticket.key)


@pytest.mark.parametrize("as_part", [True, False])
@pytest.mark.parametrize(("minutes", "kept"), [("", ""), ("0", "0"), ("1441", "1441")])
def test_minutes_that_are_none_are_said_at_the_field_with_what_else_was_written(
    as_part: bool, minutes: str, kept: str
) -> None:
    client, ticket, _verdict = _lead_and_charged()
    headers = {"HX-Request": "true"} if as_part else {}

    sent = {"minutes": minutes, "kind": "courtesy", "note": "Dug a hole"}
    answer = client.post(f"/desk/tickets/{ticket.number}/time", sent, headers=headers)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{kept}" aria-invalid="true" aria-describedby="minutes-error" autofocus' in page
    assert "from 1 to 1440" in page
    assert 'value="Dug a hole"' in page
    assert ("<html" in page) is not as_part
    assert not TimeEntry.objects.exists()


def test_who_leads_and_gives_no_reasons_has_the_form_again() -> None:
    client, ticket, verdict = _lead_and_charged()
    path = f"/desk/tickets/{ticket.number}/verdict"
    blank = {"verdict": verdict.pk, "words": " "}

    free = client.post(path, {**blank, "free": "1"})
    contest_verdict(verdict, text="I pay a contract.", contact_id=ticket.contact_id, by=ticket.contact)
    kept = client.post(path, {**blank, "keep": "1"})

    for answer, field in ((free, "free_words"), (kept, "answer_words")):
        assert answer.status_code == 422
        assert f'aria-describedby="{field}-error" autofocus' in answer.content.decode()
    assert Contest.objects.get().decided_at is None
    verdict.refresh_from_db()
    assert verdict.replaced_at is None


def test_the_page_of_a_loyal_customer_says_what_that_brings(django_assert_max_num_queries) -> None:
    save_tier(None, by="system", name="Regulars", orders=2, classes=1, margin=timedelta(hours=2))
    mia, omar = make_contact("Mia"), make_contact("Omar")
    for number, buyer in (("1", mia), ("2", mia), ("3", omar)):
        make_order(buyer, ordered_at=now() - timedelta(days=3), number=number)
    client = Client()
    client.force_login(make_agent("Ada", teams=(make_team(),)).login)

    def beside(pk: int) -> str:
        with django_assert_max_num_queries(15):
            return str(client.get(f"/desk/contacts/{pk}/bought").content, "utf-8")

    assert ["Regulars" in beside(each.pk) for each in (mia, omar)] == [True, False]
