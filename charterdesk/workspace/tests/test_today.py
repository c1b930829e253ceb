"""The day at a glance, what somebody hears of, and reports, as pages."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from charterdesk.base.clock import now
from charterdesk.channels.models import PushSubscription
from charterdesk.channels.push.sealing import to_text
from charterdesk.knowledge.testing import make_text
from charterdesk.people.actions import notify, set_agent_state, set_preferences
from charterdesk.people.models import Agent, Notice, Preferences, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.actions import assign_ticket
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket


def test_the_day_shows_what_is_mine_and_who_is_here_but_nothing_of_other_teams(
    desk: Client, agent: Agent, ticket: Ticket, foreign: Ticket, team: Team
) -> None:
    assign_ticket(ticket, agent=agent, by=agent)
    ben = make_agent("Ben Weir", teams=(team,))
    make_agent("Olga Else", teams=(foreign.team,))

    page = desk.get("/desk/today/")

    assert [row.ticket for row in page.context["mine"]] == [ticket]
    assert list(desk.get("/desk/today/around").context["colleagues"]) == [ben]
    assert "Nobody may know" not in page.content.decode()


def test_a_manager_looks_at_the_day_of_one_team(agent: Agent, ticket: Ticket, foreign: Ticket, team: Team) -> None:
    for each in (ticket, foreign):
        each.due_at = now() - timedelta(hours=1)
        each.save(update_fields=["due_at"])
    olga = make_agent("Olga Else", teams=(foreign.team,))
    manager, lead = Client(), Client()
    manager.force_login(make_agent("Soraya", role=Agent.MANAGER).login)
    lead.force_login(make_agent("Nora", role=Agent.LEAD, teams=(team,)).login)

    def late(client: Client, query: str = "") -> set[Ticket]:
        return {row.ticket for row in client.get(f"/desk/today/{query}").context["late"]}

    assert late(manager) == {ticket, foreign}
    assert late(manager, f"?team={foreign.team_id}") == {foreign}
    assert list(manager.get(f"/desk/today/around?team={foreign.team_id}").context["colleagues"]) == [olga]
    assert late(lead, f"?team={foreign.team_id}") == {ticket}  # what is not theirs is not shown by asking for it


def test_the_pages_of_the_day_need_few_statements(
    desk: Client, agent: Agent, ticket: Ticket, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    assign_ticket(ticket, agent=agent, by="system")
    for path in (
        "today/",
        "today/around",
        "notices/",
        "notices/bell",
        "reports/?by=team",
        "reports/?measure=reply&by=agent",
        "me/preferences",
    ):
        with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
            assert desk.get(f"/desk/{path}").status_code == 200


def test_the_bell_counts_what_is_unread_until_all_is_read(desk: Client, agent: Agent, ticket: Ticket) -> None:
    for code in ("ticket.mentioned", "target.breached"):
        notify([agent.pk], code=code, about=ticket.key, by="system")
    before = desk.get("/desk/notices/bell").context["unread"]
    listed = [row["ticket"] for row in desk.get("/desk/notices/").context["rows"]]
    desk.post("/desk/notices/")

    assert (before, listed, desk.get("/desk/notices/bell").context["unread"]) == (2, [ticket, ticket], 0)


def test_a_notice_about_an_article_names_it_and_leads_there(desk: Client, agent: Agent) -> None:
    german = make_text("Ihr Zähler", language="de")
    for code, about in (("article.review_due", german.article.key), ("article.submitted", german.key)):
        notify([agent.pk], code=code, about=about, by="system")
    notify([agent.pk], code="article.review_due", about="article:999999", by="system")

    page = desk.get("/desk/notices/").content.decode()

    assert page.count(f'href="/desk/knowledge/texts/{german.pk}"') == 2
    assert page.count('<bdi lang="de">Ihr Zähler</bdi>') == 2
    assert page.count('href="/desk/knowledge/waiting"') == 1


def test_a_notice_about_a_ticket_they_see_no_more_does_not_name_it(desk: Client, agent: Agent, foreign: Ticket) -> None:
    notify([agent.pk], code="ticket.mentioned", about=foreign.key, by="system")

    assert "Nobody may know" not in desk.get("/desk/notices/").content.decode()


def test_choices_are_kept_and_what_was_left_as_usual_stays_usual(desk: Client, agent: Agent, team: Team) -> None:
    ben = make_agent("Ben", teams=(team,))
    shown = desk.get("/desk/me/preferences").context["form"]
    usual = {f"ways_{name.removeprefix('ways_')}": shown[name].value() for name in shown.fields if "ways_" in name}
    form = {**usual, "ways_late": ["mail"], "quiet_from": "20:00", "quiet_until": "07:00", "landing": "dashboard"}
    form |= {"language": "de", "time_zone": "Europe/Berlin"}

    answer = desk.post("/desk/me/preferences", {**form, "stand_in": ben.pk})
    half = desk.post("/desk/me/preferences", {**form, "quiet_until": ""})
    nowhere = desk.post("/desk/me/preferences", {**form, "time_zone": "Berlin"})

    kept = Preferences.objects.get(agent=agent)
    agent.refresh_from_db()
    assert (answer.status_code, half.status_code, nowhere.status_code) == (302, 422, 422)
    assert (agent.language, agent.time_zone) == ("de", "Europe/Berlin")
    assert 'lang="de"' in desk.get("/desk/me/preferences").content.decode()[:300]
    assert (kept.ways, kept.stand_in, kept.quiet_from.hour) == ({"late": ["mail"]}, ben, 20)
    assert desk.get("/desk/begin").headers["Location"] == "/desk/today/"


def test_only_a_browsers_own_words_make_it_one_that_is_notified(desk: Client, agent: Agent) -> None:
    keys = {"p256dh": to_text(b"\x04" + b"k" * 64), "auth": to_text(b"s" * 16)}
    good = {"endpoint": "https://push.example/abc", "keys": keys}
    answers = [
        desk.post("/desk/me/push", {"subscription": json.dumps(said)}).status_code
        for said in (good, good, {**good, "endpoint": "http://10.0.0.1/"}, {**good, "keys": {}}, [], "x")
    ]

    assert answers == [204, 204, 422, 422, 422, 422]
    assert [each.endpoint for each in PushSubscription.objects.filter(agent=agent)] == ["https://push.example/abc"]


def test_nobody_takes_away_anothers_browser(desk: Client, team: Team) -> None:
    other = PushSubscription.objects.create(
        agent=make_agent("Ben", teams=(team,)), endpoint="https://push.example/b", browser_key="k", secret="s"
    )
    desk.post("/desk/me/push", {"remove": other.pk})

    assert PushSubscription.objects.filter(pk=other.pk).exists()


def test_a_report_is_a_picture_a_table_and_a_file(desk: Client, team: Team, run_reactions: Callable[[], int]) -> None:
    make_ticket(team=team, contact=make_contact("Mia"))
    run_reactions()

    page = desk.get("/desk/reports/", {"by": "team"})
    file = desk.get("/desk/reports/", {"by": "team", "format": "csv"})

    assert page.context["report"].total.whole == 1
    assert '<svg class="chart"' in page.content.decode()
    assert file.headers["Content-Type"].startswith("text/csv")
    assert file.content.decode().splitlines()[-1].endswith(",Leaks,1")


def test_what_was_read_on_the_ticket_is_read_in_the_list(desk: Client, agent: Agent, ticket: Ticket) -> None:
    notify([agent.pk], code="ticket.mentioned", about=ticket.key, by="system")
    desk.get(f"/desk/tickets/{ticket.number}/")

    assert not Notice.objects.filter(agent=agent, read_at=None).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/desk/reports/", "/desk/reports/grades", "/desk/reports/searches"])
def test_days_of_the_first_year_ask_for_what_is_usual(desk: Client, path: str) -> None:
    assert desk.get(path, {"since": "0001-01-01", "until": "0001-01-01"}).status_code == 200


def test_no_report_is_shown_to_who_may_read_none(team: Team) -> None:
    client = Client()
    login = make_contact("Mia", login=True).login
    assert login
    client.force_login(login)

    assert client.get("/desk/reports/").status_code == 403


def test_only_who_works_for_all_ones_teams_is_offered_to_stand_in(desk: Client, team: Team) -> None:
    ben, mona = make_agent("Ben", teams=(team,)), make_agent("Mona", role=Agent.MANAGER)
    make_agent("Otto", teams=(make_team("Board"),))
    Agent.objects.filter(pk=make_agent("Gone", teams=(team,)).pk).update(is_active=False)

    offered = desk.get("/desk/me/preferences").context["form"].fields["stand_in"].queryset

    assert list(offered) == [ben, mona]


def test_who_goes_away_is_told_who_stands_in(desk: Client, agent: Agent, team: Team) -> None:
    ben = make_agent("Ben", teams=(team,))
    set_preferences(agent, by=agent, ways={}, quiet_from=None, quiet_until=None, stand_in=ben, landing="inbox")

    def told() -> str:
        return desk.post("/desk/me/state", {"state": "away"}, headers={"HX-Request": "true"}).content.decode()

    assert "You are away: Ben hears and gets what you would." in told()
    set_agent_state(ben, Agent.AWAY, by=ben)
    assert "You are away: after a while what waits for you goes back to your teams." in told()
