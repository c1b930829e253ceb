"""The wide list shows all its columns on the screens that people have, whatever the names in it."""

import pytest
from playwright.sync_api import expect

from charterdesk.people.actions import set_pane
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.actions import assign_ticket
from charterdesk.tickets.testing import make_ticket
from tests.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [1180, 1280, 1440])
def test_no_column_of_the_wide_list_is_cut(live_server, open_browser, transactional_db, language, width):
    agent = make_agent("Sinéad Garrowby-Netherington", teams=(make_team("Leaks and emergencies of the north"),))
    customer = make_contact("Lambert Civil Works and Sons of Aldermouth")
    ticket = make_ticket(team=agent.teams.get(), contact=customer, subject="No water in the whole of Mill Lane since")
    assign_ticket(ticket, agent=agent, by=agent)
    set_pane(agent, "wide", 1)
    Agent.objects.filter(pk=agent.pk).update(language=language)
    page = open_browser(viewport={"width": width, "height": 800}).new_page()
    sign_in(page, live_server.url, agent.login.email, lands="/desk/inbox/open/")
    expect(page.locator("#rows .col-promise")).to_be_visible()

    scroll, inside = page.locator(".list-scroll").evaluate("(list) => [list.scrollWidth, list.clientWidth]")
    assert scroll == inside
