"""Administrators: what signing in demands, how a person gets in, and the audit of it all."""

from datetime import timedelta

import pytest
from django.test import Client

from charterdesk.access.models import OpenSession, SignInPolicy
from charterdesk.base.clock import now
from charterdesk.calendars.actions import create_calendar
from charterdesk.events.audit import CHANGES, all_audited, filter_for
from charterdesk.events.models import LoggedEvent
from charterdesk.people.actions import change_team
from charterdesk.people.actions.branding import add_brand
from charterdesk.people.branding import Look
from charterdesk.people.models import Agent
from charterdesk.people.testing import PASSWORD, make_agent, make_team
from charterdesk.people.tokens.actions import make_token
from charterdesk.sla.actions import create_policy
from charterdesk.tickets.actions.definitions import define_field, define_request_form
from charterdesk.tickets.testing import make_ticket
from charterdesk.workspace.admin.audit import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def amy() -> Agent:
    return make_agent("Amy", role=Agent.ADMINISTRATOR)


@pytest.fixture
def desk(amy: Agent, client: Client) -> Client:
    client.force_login(amy.login)
    return client


def test_an_administrator_demands_a_second_factor_and_takes_the_demand_back(desk, amy):
    amy_has_it = SignInPolicy.objects.create(second_factor_for=[])
    desk.post("/desk/admin/sign-in", {"roles": ["lead", "agent"]})
    amy_has_it.refresh_from_db()
    assert amy_has_it.second_factor_for == ["agent", "lead"]
    event = LoggedEvent.objects.get(code="sign_in_policy.changed")
    assert (event.actor, event.data) == (amy.key, {"before": [], "after": ["agent", "lead"]})

    desk.post("/desk/admin/sign-in", {})
    amy_has_it.refresh_from_db()
    assert amy_has_it.second_factor_for == []


def test_an_administrator_signs_somebody_out(desk, amy):
    ada = make_agent("Ada", email="ada@desk.example")
    theirs = Client(REMOTE_ADDR="192.0.2.5", HTTP_USER_AGENT="Mozilla/5.0 (iPhone) Version/18 Safari/605")
    theirs.post("/account/login/", {"login": "ada@desk.example", "password": PASSWORD})
    page = desk.get(f"/desk/admin/logins/{ada.login_id}").content.decode()
    assert "Safari on iPhone" in page and "192.0.2.5" in page

    desk.post(f"/desk/admin/logins/{ada.login_id}/sessions", {"session": OpenSession.objects.get().pk})

    assert theirs.get("/desk/").status_code == 302
    assert LoggedEvent.objects.get(code="session.ended").actor == amy.key


def test_the_audit_says_who_changed_what_when_and_on_which(desk, amy):
    team = make_team("Leaks")
    change_team(team, by=amy, name="Leaks and bursts")

    page = desk.get("/desk/admin/audit").content.decode()

    row = page[page.index("<tbody>") :]
    assert all(word in row for word in ("Amy", "team.changed", "Leaks and bursts", "fields=name"))


def test_the_audit_calls_what_was_set_up_by_its_name_in_one_statement(desk, amy, django_assert_num_queries):
    field = define_field(None, code="meter", kind="text", labels={"en": "Meter number"}, by=amy)
    form = define_request_form(None, code="leak", names={"en": "A leak"}, team=make_team("Leaks"), by=amy)
    calendar = create_calendar(by=amy, name="Night hours", zone="UTC")
    entries = list(all_audited(filter_for(CHANGES)))
    with django_assert_num_queries(2):  # who did it, and on which
        rows = {row["key"]: row["subject"] for row in told(entries)}

    assert rows == {field.key: "Meter number", form.key: "A leak", calendar.key: "Night hours"}


def test_the_audit_calls_brands_promises_and_tokens_by_their_names(amy):
    brand = add_brand(by=amy, look=Look(name="Mill Water"), host="help.mill.example")
    promises = create_policy(by=amy, name="Leaks in two hours", first_reply=timedelta(hours=2))
    token, _secret = make_token(amy.login, name="Warehouse", scopes=["tickets:read"], by=amy)

    rows = {row["key"]: row["subject"] for row in told(all_audited(filter_for(CHANGES)))}

    assert rows[brand.key] == "Mill Water"
    assert rows[promises.policy.key] == "Leaks in two hours"
    assert rows[token.key] == "Warehouse"


def test_the_audit_is_filtered_by_person_code_subject_and_day(desk, amy):
    other, leaks, billing = make_agent("Otto", role=Agent.ADMINISTRATOR), make_team("Leaks"), make_team("Billing")
    change_team(leaks, by=amy, sender_name="L")
    change_team(billing, by=other, sender_name="B")
    tomorrow = (now() + timedelta(days=2)).date().isoformat()

    def found(query: str) -> int:
        return len(desk.get(f"/desk/admin/audit.csv?{query}").getvalue().decode().splitlines()) - 1

    assert found("") == 2
    assert found(f"who={amy.pk}") == 1
    assert found(f"which={billing.key}") == 1
    assert found("what=team.") == 2
    assert found("what=role.") == 0
    assert found(f"since={tomorrow}") == 0
    assert found(f"until={tomorrow}") == 2


def test_what_agents_do_to_tickets_and_who_signs_in_are_not_among_changes_of_the_desk(desk, amy):
    ada = make_agent("Ada", email="ada@desk.example")
    make_ticket(team=make_team())
    Client().post("/account/login/", {"login": ada.email, "password": PASSWORD})

    assert "login.succeeded" not in desk.get("/desk/admin/audit").content.decode().partition("<tbody>")[2]
    assert "login.succeeded" in desk.get("/desk/admin/audit?kind=door").content.decode()
    assert "ticket." not in desk.get("/desk/admin/audit?kind=all").content.decode().partition("<tbody>")[2]


def test_a_look_from_outside_the_team_is_an_event_and_one_from_inside_is_none(desk, amy):
    team = make_team("Leaks")
    ticket = make_ticket(team=team)
    lead = make_agent("Lea", teams=(team,), role=Agent.MANAGER)
    inside = Client()
    inside.force_login(lead.login)

    inside.get(f"/desk/tickets/{ticket.number}/")
    assert not LoggedEvent.objects.filter(code="outsider.looked").exists()

    desk.get(f"/desk/tickets/{ticket.number}/")
    desk.get(f"/desk/tickets/{ticket.number}/")
    looked = LoggedEvent.objects.get(code="outsider.looked")
    assert (looked.actor, looked.data["about"], looked.data["team_id"]) == (amy.key, ticket.key, team.pk)
    page = desk.get(f"/desk/admin/audit?kind=looks&which=%23{ticket.number}").content.decode()
    assert f"#{ticket.number}" in page.partition("<tbody>")[2]


def test_the_audit_reads_its_own_index_and_not_the_log(desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        desk.get("/desk/admin/audit")


def test_reading_the_messages_of_another_team_by_the_api_is_a_look_as_well(desk, amy):
    ticket = make_ticket(team=make_team("Leaks"))

    assert desk.get(f"/api/v1/tickets/{ticket.number}/messages").status_code == 200

    assert LoggedEvent.objects.get(code="outsider.looked").data["ticket_id"] == ticket.pk
