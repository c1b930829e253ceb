"""The inbox shows the agent's queues, and nothing of anybody else's."""

import re

import pytest

from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_contact
from charterdesk.tickets.actions import assign_ticket, solve_ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def subjects(response) -> list[str]:
    return [row.ticket.subject for row in response.context["rows"]]


def test_the_first_queue_is_what_the_agent_has_to_do(desk, agent, ticket, team):
    make_ticket(team=team, subject="Nobody's yet")
    assign_ticket(ticket, agent=agent, by=agent)

    assert subjects(desk.get("/desk/")) == ["Brown water"]


def test_customers_and_strangers_do_not_come_in(client, ticket):
    assert client.get("/desk/").status_code == 302

    client.force_login(make_contact(login=True).login)
    assert client.get("/desk/").status_code == 403


@pytest.mark.parametrize("code", ["mine", "unassigned", "late", "open", "waiting", "following", "all"])
def test_no_queue_shows_another_teams_ticket(desk, foreign, code):
    page = desk.get(f"/desk/inbox/{code}/").content.decode()

    assert "Nobody may know" not in page
    assert "Secret Sam" not in page


def test_a_filter_can_not_reach_into_another_team(desk, ticket, foreign):
    response = desk.get(f"/desk/inbox/all/?team={foreign.team_id}")

    assert "Nobody may know" not in response.content.decode()


def test_counts_come_with_the_queues(desk, ticket, team, agent):
    solve_ticket(make_ticket(team=team), by=agent, solution="Done.")

    links = {link.code: link.count for link in desk.get("/desk/").context["queues"]}

    assert (links["unassigned"], links["open"], links["solved"], links["all"]) == (1, 1, 1, 2)


def test_what_is_offered_is_what_there_is_by_now_and_in_the_readers_language(desk, agent, team):
    def offered() -> tuple[list[str], list[str]]:
        page = desk.get("/desk/inbox/open/").content.decode()
        select = page.split('name="assignee"')[1].split("</select>")[0]
        people = page.split('value="assign:"')[1].split("</div>")[0]
        return re.findall(r"<option[^>]*>([^<]+)", select), re.findall(r"</span>([^<]+)</button>", people)

    first = offered()
    assert first == offered() == (["any", "nobody", agent.name], [agent.name])

    make_agent("Zoe", teams=(team,))
    assert offered() == ([*first[0], "Zoe"], [agent.name, "Zoe"])
    Agent.objects.filter(name="Zoe").update(name="Zora")
    assert offered() == ([*first[0], "Zora"], [agent.name, "Zora"])
    desk.cookies["django_language"] = "de"
    Agent.objects.filter(pk=agent.pk).update(language="de")
    assert offered()[0][:2] == ["beliebig", "niemand"]


def test_what_was_chosen_stands_in_the_filters(desk, agent):
    chosen = desk.get("/desk/inbox/open/?priority=2").content.decode()
    assert re.search(r'<option value="2"\s+selected', chosen)
    assert not re.search(r'<option value="2"\s+selected', desk.get("/desk/inbox/open/").content.decode())


def test_filters_narrow_the_list_and_can_be_taken_off(desk, team):
    make_ticket(team=team, subject="Meter", type="complaint")
    make_ticket(team=team, subject="Leak", type="incident")

    assert subjects(desk.get("/desk/inbox/open/?type=complaint")) == ["Meter"]
    assert subjects(desk.get("/desk/inbox/open/")) == ["Meter", "Leak"]


def test_nonsense_in_the_address_asks_for_nothing(desk, ticket):
    response = desk.get("/desk/inbox/open/?priority=x&team=-&assignee=me&after=nonsense&order=up")

    assert response.status_code == 200
    assert subjects(response) == ["Brown water"]
    assert desk.get("/desk/inbox/no-such-queue/").status_code == 404
    assert desk.get("/desk/inbox/open/?after=%00nonsense").status_code == 400


def test_more_rows_come_as_rows_only(desk, team):
    for number in range(31):
        make_ticket(team=team, subject=f"Request {number:02}")

    first = desk.get("/desk/inbox/all/")
    assert first.context["more"].startswith("/desk/inbox/all/?")  # also where the list stands beside a ticket
    more = desk.get(first.context["more"], headers={"HX-Request": "true", "HX-Target": "ol#rows"})

    assert len(subjects(first)) == 30
    assert subjects(more) == ["Request 00"]
    assert "<html" not in more.content.decode()
    assert more.context["more"] == ""


def test_a_page_of_the_inbox_costs_few_statements(desk, team, django_assert_max_num_queries):
    for number in range(20):
        make_ticket(team=team, subject=f"Request {number}")

    with django_assert_max_num_queries(15):
        desk.get("/desk/inbox/open/")


def test_what_a_list_fetches_after_news_is_rows_and_counts_in_one_answer(
    desk, team, foreign, django_assert_max_num_queries
):
    mine = [make_ticket(team=team, subject=f"Request {number}") for number in range(3)]

    with django_assert_max_num_queries(15):
        news = desk.get("/desk/inbox/open/news", headers={"HX-Request": "true", "X-Rows": "3"}).json()

    assert sorted(re.findall(r'id="row-(\d+)"', news["rows"])) == sorted(str(ticket.pk) for ticket in mine)
    assert 'id="queues"' in news["queues"] and '<span class="count">3</span>' in news["queues"]
    narrowed = desk.get("/desk/inbox/open/news?priority=1", headers={"HX-Request": "true"}).json()
    assert "Nothing fits" in narrowed["rows"]


def test_a_hostile_subject_is_text(desk, team):
    make_ticket(team=team, subject="<script>alert(1)</script>")

    assert "<script>alert(1)" not in desk.get("/desk/inbox/open/").content.decode()


def test_a_customers_tickets_can_be_listed(desk, team, ticket):
    make_ticket(team=team, subject="Somebody else's")

    assert subjects(desk.get(f"/desk/inbox/all/?contact={ticket.contact_id}")) == ["Brown water"]
