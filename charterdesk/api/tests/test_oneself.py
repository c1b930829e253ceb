"""What customers do about themselves by API, invitations, first steps, and browsers that are notified."""

import io
import zipfile
from base64 import urlsafe_b64encode

from django.core import mail

from charterdesk.api.tests.conftest import Program
from charterdesk.channels.models import Outgoing
from charterdesk.people.actions import add_agent
from charterdesk.people.models import Agent, Contact, ErasureRequest, Invitation, Team
from charterdesk.people.testing import make_agent
from charterdesk.tickets.testing import make_ticket
from charterdesk.ui import address_proofs


def test_a_customer_changes_their_own_profile(hers: Program, mia: Contact, program: Program) -> None:
    read = hers.get("/me/profile")
    changes = {"phone": "+353 20 911 0000", "time_zone": "Europe/Dublin", "mails": "steps"}
    kept = hers.ask("PATCH", "/me/profile", changes, If_Match=read.headers["ETag"])

    assert {name: kept.json()[name] for name in changes} == changes
    assert kept.json()["name"] == "Mia Miller"
    assert hers.ask("PATCH", "/me/profile", {"name": "M"}, If_Match=read.headers["ETag"]).status_code == 412
    wrong = hers.ask("PATCH", "/me/profile", {"time_zone": "Europe/Atlantis"}).json()
    assert wrong["errors"][0]["field"] == "time_zone"
    assert program.get("/me/profile").json()["code"] == "api.customers_only"


def test_another_address_counts_once_its_mail_was_read(hers: Program, mia: Contact) -> None:
    assert hers.post("/me/addresses", {"address": "mia@work.example"}).status_code == 202
    (letter,) = mail.outbox
    proof = str(letter.body).split("/profile/addresses/")[1].split()[0]

    assert letter.to == ["mia@work.example"]
    assert hers.post("/me/addresses/proof", {"proof": proof + "x"}).json()["errors"][0]["code"] == "people.no_proof"
    known = hers.post("/me/addresses/proof", {"proof": proof}).json()["identities"]
    assert [each["value"] for each in known] == ["mia@home.example", "mia@work.example"]
    assert hers.ask("DELETE", f"/me/addresses/{known[0]['id']}").status_code == 204
    assert hers.ask("DELETE", f"/me/addresses/{known[1]['id']}").json()["code"] == "people.last_address"
    for number in range(address_proofs.PER_HOUR):
        last = hers.post("/me/addresses", {"address": f"mia{number}@work.example"})
    assert last.json()["code"] == "people.too_many_proofs"


def test_a_customer_takes_their_data_away_and_asks_to_be_forgotten(
    hers: Program, mia: Contact, team: Team, program: Program
) -> None:
    make_ticket(team=team, contact=mia, subject="Brown water")
    taken = b"".join(hers.get("/me/data").streaming_content)
    names = zipfile.ZipFile(io.BytesIO(taken)).namelist()
    assert {"person.json", "person.html"} <= set(names)
    boss = Program(make_agent("Amy", role=Agent.ADMINISTRATOR))
    assert boss.get(f"/contacts/{mia.pk}/data").headers["Content-Type"] == "application/zip"
    assert program.get(f"/contacts/{mia.pk}/data").status_code == 403

    wish = hers.post("/me/erasure-request", {"sure": True}).json()
    assert (wish["state"], hers.post("/me/erasure-request", {"sure": True}).json()) == ("asked", wish)
    assert hers.post("/me/erasure-request", {"sure": False}).status_code == 422
    assert hers.ask("DELETE", "/me/erasure-request").status_code == 204
    assert hers.ask("DELETE", "/me/erasure-request").status_code == 404
    assert ErasureRequest.objects.get().state == ErasureRequest.TAKEN_BACK


def test_an_invitation_is_sent_anew_and_revoked(team: Team) -> None:
    amy = make_agent("Amy", role=Agent.ADMINISTRATOR)
    boss = Program(amy)
    ben = add_agent(email="ben@desk.example", name="Ben", role="agent", language="en", invite=True, by=amy)

    (first,) = boss.get("/invitations?state=open").json()["items"]
    again = boss.post(f"/agents/{ben.pk}/invitation").json()
    assert (first["email"], first["times"], again["times"]) == ("ben@desk.example", 1, 2)
    assert boss.ask("DELETE", f"/agents/{ben.pk}/invitation").status_code == 204
    assert boss.get("/invitations?state=open").json()["items"] == []
    assert Invitation.objects.get().state == Invitation.REVOKED
    assert boss.post(f"/agents/{ben.pk}/invitation").json()["code"] == "people.inactive_agent"


def test_the_first_steps_are_told_and_mail_is_tried(team: Team) -> None:
    boss = Program(make_agent("Amy", role=Agent.ADMINISTRATOR))
    steps = boss.get("/first-steps").json()
    assert (steps["has_team"], steps["mail_came"], steps["has_colleagues"]) == (True, False, False)

    sent = boss.post("/first-steps/mail")
    assert (sent.status_code, sent.json()["state"]) == (202, "queued")
    Outgoing.objects.update(state=Outgoing.SENT)
    assert boss.get(f"/first-steps/mail/{sent.json()['id']}").json()["state"] == "sent"


def test_a_browser_is_notified_and_no_more(program: Program) -> None:
    key, secret = (urlsafe_b64encode(bytes(size)).decode().rstrip("=") for size in (65, 16))
    given = {"endpoint": "https://push.example/1", "p256dh": key, "auth": secret, "browser": "A script"}
    made = program.post("/me/browsers", given).json()

    assert [each["browser"] for each in program.get("/me/browsers").json()["items"]] == ["A script"]
    wrong = program.post("/me/browsers", {**given, "endpoint": "http://push.example/1"}).json()
    assert wrong["errors"][0]["code"] == "channels.bad_subscription"
    assert program.ask("DELETE", f"/me/browsers/{made['id']}").status_code == 204
    assert program.ask("DELETE", f"/me/browsers/{made['id']}").status_code == 404
