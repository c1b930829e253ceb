"""How the desk is set up, by API: mail accounts, texts, retention and holds, wishes to be forgotten."""

from ipaddress import ip_network
from typing import Any

import pytest
from django.core import mail
from oidc_provider_mock import run_server_in_thread

from charterdesk.api.tests.conftest import Program
from charterdesk.channels.models import MailAccount, Outgoing
from charterdesk.comments.actions.writing import NewComment, write_comment
from charterdesk.comments.models import Comment
from charterdesk.events.models import LoggedEvent
from charterdesk.knowledge.testing import make_text
from charterdesk.people.actions.customers import ask_erasure
from charterdesk.people.models import Agent, BrandPicture, Contact, Team
from charterdesk.people.testing import make_agent
from charterdesk.records.models import LegalHold
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.testing import make_ticket


@pytest.fixture
def boss(db: None) -> Program:
    """A program of an administrator's."""
    return Program(make_agent("Amy", role=Agent.ADMINISTRATOR))


def fields_of(answer: Any) -> list[str]:
    """The fields that a problem names."""
    return [each["field"] for each in answer.json()["errors"]]


def codes() -> list[str]:
    """What the log says of it, the latest last."""
    return list(LoggedEvent.objects.order_by("pk").values_list("code", flat=True))


def test_a_mail_account_is_made_tried_changed_and_forgotten_and_never_tells_its_secret(
    boss: Program, program: Program, team: Team
) -> None:
    new = {"name": "Help", "address": "help@water.example", "team_id": team.pk}
    none = boss.post("/mail-accounts", new)
    assert (none.status_code, fields_of(none)) == (409, ["imap_host"])
    assert fields_of(boss.post("/mail-accounts", {**new, "imap_port": 0})) == ["imap_port"]
    assert fields_of(boss.post("/mail-accounts", {**new, "team_id": 10**9})) == ["team_id"]
    new |= {"imap_host": "127.0.0.1", "imap_port": 1, "user": "help", "password": "alder-and-reed"}
    bad = boss.post("/mail-accounts", {**new, "token_url": "file:///etc/passwd"})
    assert fields_of(bad) == ["token_url"]
    made = boss.post("/mail-accounts", new)
    assert (made.status_code, made.json()["secrets"]) == (201, ["password"]), made.content
    path = made.headers["Location"].removeprefix("/api/v1")

    etag = boss.get(path).headers["ETag"]
    assert boss.ask("PATCH", path, {"is_active": False}, If_Match=etag).json()["is_active"] is False
    assert boss.ask("PATCH", path, {"name": "x"}, If_Match=etag).status_code == 412
    assert MailAccount.objects.get().secrets == {"password": "alder-and-reed"}
    (step,) = boss.post(f"{path}/checks/mailbox").json()["steps"]
    assert (step["state"], "127.0.0.1" in step["said"]) == ("bad", True)
    told = [boss.get("/mail-accounts"), boss.get(path), made]
    assert not any(b"alder" in each.content for each in told)
    for refused in (program.get("/mail-accounts"), program.post("/mail-accounts", new), program.get(path)):
        assert refused.status_code == 403

    assert boss.ask("DELETE", path).status_code == 204
    assert boss.get("/mail-accounts").json() == {"items": []}
    assert codes()[-3:] == ["mail_account.saved", "mail_account.saved", "mail_account.removed"]


def test_a_text_is_written_for_a_team_looked_at_tried_and_given_back(
    boss: Program, program: Program, team: Team, mia: Contact
) -> None:
    ticket = make_ticket(team=team, contact=mia)
    path, mine = "/texts/acknowledgement/en", f"?team_id={team.pk}"
    ours = boss.get(path).json()
    assert (ours["is_own"], "{{ customer }}" in ours["text"]) == (False, True)
    words = {"subject": "Re: {{ subject }}", "text": "Hello {{ customer }}!"}

    unknown = boss.ask("PUT", path + mine, {**words, "text": "{{ magic }}"})
    assert (unknown.status_code, fields_of(unknown)) == (409, ["text"])
    assert fields_of(boss.ask("PUT", path + mine, {**words, "subject": " "})) == ["subject"]
    assert fields_of(boss.ask("PUT", f"{path}?team_id=999999", words)) == ["team_id"]
    assert boss.ask("PUT", path + mine, words).json()["is_own"] is True
    assert boss.get(path).json() == ours
    (listed,) = [each["own"] for each in boss.get("/texts").json()["items"] if each["name"] == "acknowledgement"]
    assert [(each["language"], each["team_id"]) for each in listed] == [("en", team.pk)]

    in_team = Program(make_agent("Abe", role=Agent.ADMINISTRATOR, teams=(team,)))
    seen = in_team.post(f"{path}/preview", words)
    assert (seen.json()["number"], seen.json()["text"].strip()) == (ticket.number, "Hello Mia Miller!")
    assert fields_of(in_team.post(f"{path}/preview", {**words, "number": 10**9})) == ["number"]
    assert not Outgoing.objects.exists()
    assert in_team.post(f"{path}/trial", {**words, "number": ticket.number}).status_code == 202
    assert [each.recipients for each in Outgoing.objects.all()] == [[in_team.person.login.email]]

    assert program.ask("PUT", path, words).status_code == 403
    assert boss.ask("DELETE", path + mine).status_code == 204
    assert boss.ask("DELETE", path + mine).status_code == 404
    assert boss.get(path + mine).json()["text"] == ours["text"]


def test_a_retention_rule_is_looked_at_before_it_is_made_and_a_hold_keeps_what_it_would_take(
    boss: Program, program: Program, team: Team
) -> None:
    old, held = make_ticket(team=team), make_ticket(team=team)
    Ticket.objects.update(status=Ticket.CLOSED, closed_at="2001-01-01T00:00:00Z")
    new = {"subject": "tickets", "action": "delete", "days": 30, "is_active": True}
    placed = boss.post("/holds", {"kind": "ticket", "id": held.number, "reason": "Case 4711"})
    assert (placed.status_code, placed.json()["held_id"]) == (201, held.pk), placed.content
    assert fields_of(boss.post("/holds", {"kind": "ticket", "id": held.number, "reason": "again"})) == ["id"]
    assert fields_of(boss.post("/holds", {"kind": "contact", "id": 10**9, "reason": "x"})) == ["id"]

    looked = boss.post("/retention-rules/preview", new).json()
    assert (looked["count"], looked["held"]) == (1, 1)
    assert [each["number"] for each in looked["sample"]] == [old.number]
    assert fields_of(boss.post("/retention-rules", {**new, "action": "store"})) == ["action"]
    assert fields_of(boss.post("/retention-rules", {**new, "days": 0})) == ["days"]
    made = boss.post("/retention-rules", new)
    assert made.status_code == 201, made.content
    path = made.headers["Location"].removeprefix("/api/v1")
    assert boss.ask("PATCH", path, {"types": ["incident"]}, If_Match=made.headers["ETag"]).json()["days"] == 30
    assert boss.get(f"{path}/preview").json()["count"] == 0
    assert boss.ask("PATCH", path, {"days": 1}, If_Match=made.headers["ETag"]).status_code == 412
    for refused in (program.get("/holds"), program.post("/retention-rules/preview", new), program.get(path)):
        assert refused.status_code == 403

    hold = boss.get("/holds").json()["items"][0]["id"]
    assert boss.ask("DELETE", f"/holds/{hold}").status_code == 204
    assert boss.ask("DELETE", f"/holds/{hold}").status_code == 404
    assert boss.ask("DELETE", path).status_code == 204
    assert LegalHold.objects.get().lifted_by == boss.person.key
    assert codes()[-2:] == ["hold.lifted", "retention_rule.removed"]


def test_who_asks_to_be_forgotten_is_told_no_and_then_forgotten_with_a_proof(
    boss: Program, program: Program, mia: Contact, team: Team
) -> None:
    make_ticket(team=team, contact=mia)
    path = f"/erasure-requests/{ask_erasure(mia, by=mia).pk}"
    assert boss.get(path).json()["proof"] is None
    assert program.post(f"{path}/erasure").status_code == 403
    assert fields_of(boss.post(f"{path}/refusal", {"answer": " "})) == ["answer"]
    no = boss.post(f"{path}/refusal", {"answer": "An invoice is open."}).json()
    assert (no["state"], no["answer"]) == ("declined", "An invoice is open.")
    (told,) = mail.outbox
    assert (told.to, no["receipt"] in told.body) == (["mia@home.example"], True)
    assert boss.post(f"{path}/erasure").json()["code"] == "people.erasure_decided"

    again = ask_erasure(mia, by=mia)
    done = boss.post(f"/erasure-requests/{again.pk}/erasure").json()
    assert done["proof"] == {"requests": 1, "messages": 1, "files": 0, "addresses": 1, "left": 0}
    assert boss.get("/erasure-requests?state=done").json()["items"] == [done]
    assert list(Message.objects.values_list("body_text", flat=True)) == [""]


def test_who_commented_without_an_account_is_erased_by_address_after_a_look(
    boss: Program, program: Program, mia: Contact, team: Team
) -> None:
    said = NewComment(body="<p>Ours drips.</p>", name="A reader", address="reader@example.org")
    write_comment(make_text(), said, by="system")
    path, whom = "/address-erasures", {"address": "Reader@example.org", "comments": "delete"}
    assert program.post(path, {**whom, "sure": True}).status_code == 403
    for address in (mia.email, team.address, "nobody"):
        assert fields_of(boss.post(path, {"address": address, "sure": True})) == ["address"]
    there = {"comments": 1, "follows": 0, "mails": 0, "tickets": 0}

    assert boss.post(path, {**whom, "sure": False}).json() == {**there, "is_erased": False, "left": None}
    assert Comment.objects.get().address == "reader@example.org"
    assert boss.post(path, {**whom, "sure": True}).json() == {**there, "is_erased": True, "left": 0}
    assert Comment.objects.values_list("address", "name", "words").get() == ("", "", "—")
    assert codes()[-1] == "address.erased"


def test_a_brand_is_drafted_with_its_logo_published_and_given_up(boss: Program, program: Program, team: Team) -> None:
    new = {"name": "River", "host": "help.river.example", "accent": "0A5C72", "team_ids": [team.pk]}
    assert fields_of(boss.post("/brands", {**new, "accent": "teal"})) == ["accent"]
    assert fields_of(boss.post("/brands", {**new, "host": "https://x"})) == ["host"]
    assert fields_of(boss.post("/brands", {**new, "team_ids": [10**9]})) == ["team_ids"]
    script = {"links": [{"label": "Imprint", "url": "javascript:alert(1)"}]}
    assert fields_of(boss.post("/brands", new | script)) == ["links"]
    assert fields_of(boss.post("/brands", {**new, "origins": ["http://["]})) == ["origins"]
    links = [{"label": "Imprint", "url": "https://river.example/imprint"}]
    made = boss.post("/brands", {**new, "links": links, "welcome": {"en": "Ask the river"}})
    assert (made.status_code, made.json()["accent"], made.json()["is_published"]) == (201, "#0a5c72", False)
    path = made.headers["Location"].removeprefix("/api/v1")

    def put(kind: str, content: bytes) -> Any:
        return boss.client.generic("PUT", f"/api/v1{path}/pictures/{kind}", content, "application/octet-stream")

    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script><rect width="9" height="9"/></svg>'
    assert (put("logo", svg).status_code, put("logo", b"GIF89a").json()["code"]) == (200, "people.no_picture")
    assert put("logo", b"\x89PNG\r\n\x1a\n" + bytes(200_000)).status_code == 413
    picture = BrandPicture.objects.get()
    assert (picture.content_type, b"script" in bytes(picture.content)) == ("image/svg+xml", False)
    published = boss.post(f"{path}/publication").json()
    assert (published["is_published"], published["has_logo"], published["links"]) == (True, True, links)

    etag = boss.get(path).headers["ETag"]
    changed = boss.ask("PATCH", path, {"phone": "+44 20 7946 0018"}, If_Match=etag).json()
    assert (changed["is_published"], changed["has_logo"], changed["team_ids"]) == (False, True, [team.pk])
    assert boss.ask("PATCH", path, {"phone": "x"}, If_Match=etag).status_code == 412
    assert boss.ask("DELETE", f"{path}/pictures/logo").json()["has_logo"] is False
    for refused in (program.get("/brands"), program.post("/brands", new), program.post(f"{path}/publication")):
        assert refused.status_code == 403
    assert boss.ask("DELETE", path).status_code == 204
    assert codes()[-3:] == ["brand.changed", "brand.changed", "brand.removed"]


def test_a_provider_is_asked_before_it_stands_at_the_door_and_its_secret_is_never_told(
    boss: Program, program: Program, team: Team, settings: Any
) -> None:
    settings.PRIVATE_NETWORKS = [ip_network("127.0.0.0/8"), ip_network("::1/128")]
    new = {"kind": "oidc", "name": "Works", "slug": "works", "domains": ["@Water.example"], "client_id": "desk"}
    with run_server_in_thread() as server:
        new["issuer"] = f"http://localhost:{server.server_port}/"
        nobody = boss.post("/identity-providers", {**new, "domains": []})
        assert fields_of(nobody) == ["domains"]
        groups = {"role_of_group": [{"group": "help", "role": "role:999"}]}
        assert fields_of(boss.post("/identity-providers", new | groups)) == ["role_of_group"]
        teams = {"team_of_group": [{"group": "leaks", "team_id": team.pk}]}
        made = boss.post("/identity-providers", {**new, **teams, "secret": "s3cret-of-the-desk"})
    assert (made.status_code, made.json()["domains"], made.json()["has_secret"]) == (201, ["water.example"], True)
    assert made.json()["answers_at"].endswith("/account/oidc/works/login/callback/")
    path = made.headers["Location"].removeprefix("/api/v1")

    off = boss.ask("PATCH", path, {"is_active": False}, If_Match=made.headers["ETag"])
    assert off.json()["team_of_group"] == [{"group": "leaks", "team_id": team.pk}]
    assert boss.ask("PATCH", path, {"name": "x"}, If_Match=made.headers["ETag"]).status_code == 412
    gone = boss.ask("PATCH", path, {"is_active": True})
    assert (gone.status_code, fields_of(gone)) == (409, ["issuer"])
    told = [boss.get("/identity-providers"), boss.get(path), made, off]
    assert not any(b"s3cret" in each.content for each in told)
    saml = {"kind": "saml", "name": "Saml", "slug": "saml", "domains": ["water.example"]}
    assert fields_of(boss.post("/identity-providers", {**saml, "metadata": "<nothing/>"})) == ["metadata"]
    assert fields_of(boss.post("/identity-providers", saml)) == ["issuer"]
    script = {"issuer": "javascript:alert(1)"}
    assert fields_of(boss.post("/identity-providers", {**new, **script, "slug": "x"})) == ["issuer"]
    for refused in (program.get("/identity-providers"), program.post("/identity-providers", new), program.get(path)):
        assert refused.status_code == 403

    assert boss.ask("DELETE", path).status_code == 204
    assert boss.get("/identity-providers").json() == {"items": []}
