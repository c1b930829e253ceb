"""Everything beside opening and listing: messages, files, relations, contacts, the desk, events, search, tokens."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from charterdesk.api.tests.conftest import Program
from charterdesk.base.clock import now
from charterdesk.people.models import Agent, ApiToken, Contact, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.people.tokens.actions import add_integration, make_token, revoke_token
from charterdesk.search.index import index_noted, note
from charterdesk.tickets.actions.definitions import define_field
from charterdesk.tickets.actions.views import save_view
from charterdesk.tickets.models import Attachment, Macro, Ticket, TicketField
from charterdesk.tickets.testing import make_ticket


def test_a_reply_with_a_file_reaches_the_customer_and_a_note_does_not(
    program: Program, hers: Program, mia: Contact, team: Team
) -> None:
    ticket = make_ticket(team=team, contact=mia)
    path = f"/tickets/{ticket.number}/messages"
    sent = program.post(path, {"text": "On our way.", "attachments": [program.upload()]})
    program.post(path, {"kind": "note", "text": "Mia shouted."})
    said = hers.post(path, {"text": "Thank you", "attachments": [hers.upload()]})

    assert (sent.status_code, said.status_code) == (201, 201), (sent.content, said.content)
    assert [file["filename"] for file in sent.json()["attachments"]] == ["meter.png"]
    ticket.messages.filter(direction="out").update(delivery="sent")
    texts = [message["body_text"] for message in program.get(path).json()["items"]]
    assert texts == ["No water since this morning.", "On our way.", "Mia shouted.", "Thank you"]
    assert [message["body_text"] for message in hers.get(path).json()["items"]] == [texts[0], texts[1], texts[3]]
    file = sent.json()["attachments"][0]["id"]
    assert b"".join(hers.get(f"/attachments/{file}").streaming_content) == b"\x89PNG\r\n\x1a\n0000"


def test_an_upload_is_only_its_senders(program: Program, hers: Program, mia: Contact, team: Team) -> None:
    ticket = make_ticket(team=team, contact=mia)
    refused = hers.post(f"/tickets/{ticket.number}/messages", {"text": "x", "attachments": [program.upload()]})

    assert refused.json()["code"] == "api.no_such_upload"
    assert not Attachment.objects.exists()


def test_what_was_said_is_called_back_and_taken_out(program: Program, team: Team, agent: Agent) -> None:
    ticket = make_ticket(team=team)
    path = f"/tickets/{ticket.number}/messages"
    sent = program.post(path, {"text": "Oops"}).json()["id"]
    note = program.post(path, {"kind": "note", "text": "secret"}).json()["id"]

    assert program.ask("DELETE", f"/messages/{sent}").json()["delivery"] == "cancelled"
    assert program.post(f"/messages/{note}/redaction").json()["body_text"] == ""
    foreign = program.post(f"/messages/{ticket.messages.earliest('pk').pk}/redaction")
    assert foreign.status_code == 403


def test_tickets_are_merged_parted_split_linked_and_followed(program: Program, team: Team, agent: Agent) -> None:
    one, other = make_ticket(team=team), make_ticket(team=team)
    path = f"/tickets/{one.number}"

    assert program.post(f"{path}/merge", {"into": other.number}).json()["number"] == other.number
    assert Ticket.objects.get(pk=one.pk).merged_into_id == other.pk
    assert program.ask("DELETE", f"{path}/merge").json()["number"] == one.number
    linked = program.post(f"{path}/links", {"number": other.number, "kind": "caused_by"}).json()["items"]
    assert [(link["number"], link["kind"], link["direction"]) for link in linked] == [(other.number, "caused_by", "to")]
    assert program.ask("DELETE", f"{path}/links/{other.number}").status_code == 204
    assert program.ask("PUT", f"{path}/followers/{agent.pk}").json()["items"] == [
        {"agent_id": agent.pk, "name": "Ada Brook"}
    ]
    assert [row["number"] for row in program.get("/tickets?follower=me").json()["items"]] == [one.number]
    assert program.ask("PUT", f"{path}/copies", {"addresses": ["d@e.example"]}).json() == {"addresses": ["d@e.example"]}
    second = program.post(f"{path}/messages", {"kind": "note", "text": "apart"}).json()["id"]
    split = program.post(f"{path}/split", {"message_ids": [second], "subject": "Apart"})
    assert (split.status_code, split.json()["subject"]) == (201, "Apart")


def test_contacts_are_registered_known_again_changed_and_merged(program: Program) -> None:
    given = {"email": "omar@home.example", "name": "Omar", "phone": "+44 20 7946 0018", "note": "calls at noon"}
    made, again = program.post("/contacts", given), program.post("/contacts", given)
    path = f"/contacts/{made.json()['id']}"

    assert (made.status_code, again.status_code) == (201, 200), made.content
    assert [one["value"] for one in made.json()["identities"]] == ["omar@home.example", "+442079460018"]
    organisation = program.post("/organisations", {"name": "Harbour", "domains": ["harbour.example"]}).json()["id"]
    etag = program.get(path).headers["ETag"]
    changed = program.ask("PATCH", path, {"name": "Omar F.", "organisation_id": organisation}, If_Match=etag)
    assert (changed.json()["name"], changed.json()["organisation_id"]) == ("Omar F.", organisation)
    assert program.ask("PATCH", path, {"name": "x"}, If_Match=etag).status_code == 412
    other = program.post("/contacts", {"email": "omar@work.example"}).json()["id"]
    merged = program.post(f"{path}/merge", {"contact_id": other}).json()
    assert [one["value"] for one in merged["identities"]][-1] == "omar@work.example"
    assert [row["id"] for row in program.get("/contacts?email=OMAR@work.example").json()["items"]] == [merged["id"]]
    (merge,) = program.get(f"{path}/merges").json()["items"]
    assert (merge["contact_id"], merge["merged_id"]) == (merged["id"], other)
    assert program.ask("DELETE", f"{path}/merges/{merge['id']}").status_code == 204
    assert [row["id"] for row in program.get("/contacts?email=omar@work.example").json()["items"]] == [other]
    phone = made.json()["identities"][1]["id"]
    split = program.post(f"{path}/split", {"identity_ids": [phone], "name": "Omar's son"})
    assert (split.status_code, [one["id"] for one in split.json()["identities"]]) == (201, [phone])
    assert len(program.get(path).json()["identities"]) == 1


def test_organisations_are_noted_about_made_one_and_parted(team: Team) -> None:
    lead = Program(make_agent("Lea", role=Agent.LEAD, teams=(team,)))
    one = lead.post("/organisations", {"name": "Mill", "domains": ["mill.example"]}).json()["id"]
    other = lead.post("/organisations", {"name": "Old Mill", "domains": ["old.example"]}).json()["id"]
    path = f"/organisations/{one}"
    noted = lead.post(f"/organisations/{other}/notes", {"text": "Ask for the foreman"})
    assert (noted.status_code, noted.json()["author_id"]) == (201, lead.person.pk)

    merged = lead.post(f"{path}/merge", {"organisation_id": other})
    assert merged.json()["domains"] == ["mill.example", "old.example"], merged.content
    assert [row["text"] for row in lead.get(f"{path}/notes").json()["items"]] == ["Ask for the foreman"]
    assert [row["id"] for row in lead.get("/organisations").json()["items"]] == [one]
    assert lead.get(f"/organisations/{other}").json()["merged_into_id"] == one
    assert lead.ask("PATCH", f"/organisations/{other}", {"name": "x"}).status_code == 409
    (merge,) = lead.get(f"{path}/merges").json()["items"]
    assert lead.ask("DELETE", f"{path}/merges/{merge['id']}").status_code == 204
    assert lead.get(path).json()["domains"] == ["mill.example"]
    note_id = noted.json()["id"]
    assert lead.ask("DELETE", f"{path}/notes/{note_id}").status_code == 404
    assert lead.ask("DELETE", f"/organisations/{other}/notes/{note_id}").status_code == 204
    reader = Program(make_agent("Ben", teams=(team,), role=Agent.AGENT), scopes=["organisations:read"])
    assert reader.post(f"{path}/merge", {"organisation_id": other}).status_code == 403


def test_teams_agents_hours_counts_and_oneself(program: Program, team: Team, agent: Agent) -> None:
    make_ticket(team=team)
    assert program.get("/me").json()["key"] == agent.key
    assert [row["name"] for row in program.get("/teams").json()["items"]] == ["Leaks"]
    assert program.get(f"/teams/{team.pk}").json()["agent_ids"] == [agent.pk]
    assert program.get(f"/agents/{agent.pk}").json()["team_ids"] == [team.pk]
    assert program.ask("PUT", "/me/state", {"state": "away"}).json()["state"] == "away"
    assert program.get(f"/calendars/{team.calendar_id}").json()["zone"] == "UTC"
    assert program.get("/counts").json()["queues"]["open"] == 1
    assert program.ask("PATCH", f"/teams/{team.pk}", {"name": "Pipes"}).status_code == 403
    boss = Program(make_agent("Amy", role=Agent.ADMINISTRATOR))
    assert boss.ask("PATCH", f"/teams/{team.pk}", {"name": "Pipes"}).json()["name"] == "Pipes"
    invited = boss.post("/agents", {"email": "new@desk.example", "name": "New", "team_ids": [team.pk]})
    assert (invited.status_code, invited.json()["team_ids"]) == (201, [team.pk])
    gone = boss.ask("PATCH", f"/agents/{invited.json()['id']}", {"is_active": False})
    assert gone.json()["is_active"] is False


@pytest.mark.django_db(transaction=True)
def test_the_log_is_exported_in_pieces_with_nothing_twice(team: Team, program: Program) -> None:
    boss = Program(make_agent("Max", role=Agent.MANAGER))
    tickets = [make_ticket(team=team) for _ in range(5)]
    cursor, seen = "", []
    while True:
        page = boss.get(f"/events?limit=3&cursor={cursor}").json()
        seen += page["items"]
        cursor = page["next"]
        if not page["more"]:
            break
    assert boss.get("/events?cursor=10:20:10.10:20:.5").json()["code"] == "api.bad_cursor"  # as they once were
    opened = [event["subject"] for event in seen if event["code"] == "ticket.opened"]
    assert opened == [ticket.key for ticket in tickets]
    assert len({event["id"] for event in seen}) == len(seen)
    assert program.get("/events").status_code == 403
    codes = [event["code"] for event in program.get(f"/tickets/{tickets[0].number}/events").json()["items"]]
    assert codes == ["ticket.opened", "message.received"]


def test_a_token_is_narrowed_by_its_scopes_ends_and_is_taken_back(agent: Agent, team: Team) -> None:
    make_ticket(team=team)
    reader = Program(agent, scopes=["tickets:read"])

    assert reader.get("/tickets").status_code == 200
    assert reader.post("/tickets", {"subject": "x"}).json()["code"] == "api.scope"
    ApiToken.objects.filter(pk=reader.token.pk).update(expires_at=now() - timedelta(seconds=1))
    assert reader.get("/tickets").json()["code"] == "api.token_invalid"
    ApiToken.objects.filter(pk=reader.token.pk).update(expires_at=None)
    assert reader.get("/tickets").status_code == 200
    revoke_token(reader.token, by=agent)
    refused = reader.get("/tickets")
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, 'Bearer realm="charterdesk"')
    assert not ApiToken.objects.filter(digest__contains=reader.secret).exists()


def test_a_change_of_somebodys_teams_holds_for_their_tokens_at_once(program: Program, agent: Agent, team: Team) -> None:
    make_ticket(team=team)
    assert len(program.get("/tickets").json()["items"]) == 1
    agent.memberships.all().delete()
    assert program.get("/tickets").json()["items"] == []


def test_an_integration_works_in_its_own_name_by_client_credentials(team: Team, agent: Agent) -> None:
    integration = add_integration(name="Billing system", role=Agent.AGENT, teams=[team], by=agent)
    client, secret = make_token(
        integration.agent.login, by=agent, name="Billing", scopes=["tickets:write"], kind=ApiToken.CLIENT
    )
    browser = Client()
    form: dict[str, Any] = {"grant_type": "client_credentials", "client_id": client.client_id}

    wrong = browser.post("/oauth/token", {**form, "client_secret": "guess"})
    assert (wrong.status_code, wrong.json()) == (401, {"error": "invalid_client"})
    wide = browser.post("/oauth/token", {**form, "client_secret": secret, "scope": "contacts:read"})
    assert wide.json() == {"error": "invalid_scope"}
    got = browser.post("/oauth/token", {**form, "client_secret": secret}).json()
    assert (got["token_type"], got["expires_in"], got["scope"]) == ("Bearer", 3600, "tickets:write")
    bearer = {"Authorization": f"Bearer {got['access_token']}"}
    me = browser.get("/api/v1/me", headers=bearer).json()
    assert (me["name"], me["team_ids"], me["role"]) == ("Billing system", [team.pk], "agent")
    assert browser.get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    revoke_token(client, by=agent)
    assert browser.get("/api/v1/me", headers=bearer).status_code == 401


def test_somebody_signed_in_asks_with_their_session_but_no_other_site_does(agent: Agent, team: Team) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(agent.login)
    ticket = make_ticket(team=team)

    assert browser.get("/api/v1/me").json()["scopes"] is None
    refused = browser.post(f"/api/v1/tickets/{ticket.number}/closure")
    assert (refused.status_code, refused.json()["code"]) == (403, "api.csrf")
    assert Client().get("/api/v1/me").status_code == 401


@pytest.mark.django_db(transaction=True)
def test_search_finds_only_what_the_asker_may_see(program: Program, hers: Program, mia: Contact, team: Team) -> None:

    own = make_ticket(team=team, contact=mia, subject="Strange taste", text="Tastes of iron")
    foreign = make_ticket(team=make_team(), contact=make_contact("Omar"), subject="Strange taste")
    note(own.key, foreign.key)
    index_noted()

    for one in (program, hers):
        hits = one.get("/search?q=strange+taste").json()["items"]
        assert [hit["number"] for hit in hits] == [own.number]


@pytest.mark.django_db(transaction=True)
def test_what_a_long_question_finds_is_read_page_by_page(program: Program, team: Team) -> None:
    said = "yesterday evening strangely coloured water tasting faintly metallic appeared underneath kitchen cupboards"
    note(*(make_ticket(team=team, subject=f"{said} everywhere upstairs lately").key for _ in range(3)))
    index_noted()

    asked = f"/search?limit=1&q={said.replace(' ', '+')}+everywhere+upstairs+lately"
    seen: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        page = program.get(f"{asked}&cursor={cursor}").json()
        seen += [hit["number"] for hit in page["items"]]
        cursor = page["next"]
        assert cursor is None or 2000 < len(cursor) < 6000

    assert len(seen) == len(set(seen)) == 3


def test_views_fields_and_macros_do_by_api_what_they_do_in_the_workspace(
    program: Program, agent: Agent, team: Team
) -> None:
    ticket, other = make_ticket(team=team, priority=1), make_ticket(team=team)
    define_field(None, code="meter", kind=TicketField.NUMBER, labels={"en": "Meter"}, by=agent)
    wanted = {"all": [{"field": "priority", "op": "is", "value": [1]}]}
    view = save_view(None, by=agent, owner=agent, name="Urgent", filter=wanted)
    macro = Macro.objects.create(name="Seen", kind=Macro.NOTE, texts={"en": "<p>Seen.</p>"})
    path = f"/tickets/{ticket.number}"

    assert [row["name"] for row in program.get("/views").json()["items"]] == ["Urgent"]
    assert [row["number"] for row in program.get(f"/tickets?view_id={view.pk}").json()["items"]] == [ticket.number]
    assert program.ask("PATCH", f"{path}/fields", {"values": {"meter": 42}}).json() == {"values": {"meter": 42}}
    by_field = quote(json.dumps({"all": [{"field": "field.meter", "op": "at_least", "value": 40}]}))
    found = program.get(f"/tickets?filter={by_field}")
    assert [row["number"] for row in found.json()["items"]] == [ticket.number], found.content
    for wrong in ("5", "[]", '{"all": 5}', '{"all": [{"field": "nonsense"}]}', "{", '{"all": [5]}'):
        refused = program.get(f"/tickets?filter={quote(wrong)}x"[:-1])
        assert refused.status_code in (409, 422), (wrong, refused.content)
    assert program.ask("PATCH", f"{path}/fields", {"values": {"none": 1}}).json()["code"] == "tickets.no_such_field"
    note = program.post(f"/tickets/{other.number}/macros/{macro.pk}").json()["message_id"]
    assert program.get(f"/messages/{note}").json()["body_text"].strip() == "Seen."
