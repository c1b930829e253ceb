"""What customers see of their organisation, change of themselves, and ask of us; and what other sites may show."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from charterdesk.people.actions.branding import add_brand, publish_brand
from charterdesk.people.actions.customers import address_proof
from charterdesk.people.branding import Look
from charterdesk.people.models import (
    Agent,
    Brand,
    Contact,
    CustomerChoice,
    ErasureRequest,
    Identity,
    Organisation,
    Team,
)
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.portal import spam
from charterdesk.tickets.actions import add_note, close_ticket
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_writers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests write faster than people."""
    monkeypatch.setattr(spam, "QUICKEST", timedelta(0))
    cache.clear()


@pytest.fixture
def team() -> Team:
    return make_team("Leaks")


@pytest.fixture
def mill() -> Organisation:
    return Organisation.objects.create(name="The Mill")


@pytest.fixture
def mia(mill: Organisation) -> Contact:
    return member(mill, "Mia Miller", sees=True)


def member(organisation: Organisation | None, name: str, *, sees: bool = False) -> Contact:
    contact = make_contact(name, email=f"{name.split()[0].lower()}@home.example", login=True)
    contact.organisation, contact.may_see_organisation = organisation, sees
    contact.save()
    return contact


def signed_in(person: Contact | Agent) -> Client:
    client = Client()
    assert person.login is not None
    client.force_login(person.login)
    return client


def test_who_may_sees_what_colleagues_asked_and_answers_but_ends_nothing(
    team: Team, mill: Organisation, mia: Contact
) -> None:
    omar = member(mill, "Omar Miller")
    ticket = make_ticket(team=team, contact=omar, subject="Pump broken")
    make_ticket(team=team, contact=member(None, "Stranger"), subject="Not ours")
    add_note(ticket, by="system", html="<p>Inside the house</p>")
    client = signed_in(mia)

    listed = client.get("/organisation/requests/").content.decode()
    page = client.get(f"/requests/{ticket.number}").content.decode()
    answered = client.post(f"/requests/{ticket.number}/reply", {"text": "I am at the mill."})
    closed = client.post(f"/requests/{ticket.number}/close")

    assert ("Pump broken" in listed, "Omar Miller" in listed, "Not ours" in listed) == (True, True, False)
    assert ("Inside the house" in page, "It is settled" in page, answered.status_code) == (False, False, 302)
    assert Message.objects.filter(ticket=ticket, direction="in").latest("pk").contact == mia
    assert (closed.status_code, Ticket.objects.get(pk=ticket.pk).is_open) == (403, True)


def test_who_may_not_sees_their_own_requests_alone(team: Team, mill: Organisation, mia: Contact) -> None:
    theirs = make_ticket(team=team, contact=mia, subject="Mia's own")
    client = signed_in(member(mill, "Omar Miller"))

    assert client.get("/organisation/requests/").status_code == 404
    assert client.get(f"/requests/{theirs.number}").status_code == 404
    assert "Mia&#x27;s own" not in client.get("/requests/?state=all").content.decode()


def test_requests_are_found_by_state_words_and_number(team: Team, mia: Contact) -> None:
    old = make_ticket(team=team, contact=mia, subject="Old bill")
    close_ticket(old, by=mia, reason="customer")
    make_ticket(team=team, contact=mia, subject="New leak")
    client = signed_in(mia)

    def found(query: str) -> list[str]:
        page = client.get(f"/requests/?{query}").content.decode()
        return re.findall(r'class="card-title"[^>]*>([^<]+)<', page)

    assert found("") == ["New leak", "Old bill"]
    assert (found("state=open"), found("state=done")) == (["New leak"], ["Old bill"])
    assert (found("q=leak"), found(f"q=%23{old.number}"), found("q=tariff")) == (["New leak"], ["Old bill"], [])


def test_another_address_counts_once_its_mail_was_read_by_who_asked(mia: Contact) -> None:
    earlier = make_contact("Mia", email="mia@work.example")
    client = signed_in(mia)
    client.post("/profile/addresses", {"address": "MIA@work.example"})
    link = re.search(r"http\S+", str(mail.outbox[-1].body))
    assert link and mail.outbox[-1].to == ["MIA@work.example"]
    path = "/" + link.group().split("/", 3)[3]

    before = Identity.objects.get(value="mia@work.example").contact
    asked = client.get(path)
    stranger = signed_in(make_contact("Eve", login=True)).post(path)
    client.post(path)

    after = Identity.objects.get(value="mia@work.example")
    assert (before, asked.status_code, stranger.status_code) == (earlier, 200, 409)
    assert (after.contact, after.verified_at is not None) == (mia, True)


def test_a_made_up_proof_proves_nothing(mia: Contact) -> None:
    assert signed_in(mia).post(f"/profile/addresses/{address_proof(mia, 'x@y.example')}x").status_code == 409


def test_the_last_address_stays_and_another_takes_over_signing_in(mia: Contact) -> None:
    first = mia.identities.get()
    client = signed_in(mia)
    kept = client.post(f"/profile/addresses/{first.pk}/removal")
    client.post(f"/profile/addresses/{address_proof(mia, 'new@home.example')}")
    client.post(f"/profile/addresses/{first.pk}/removal")

    assert kept.status_code == 409
    assert Contact.objects.get(pk=mia.pk).login.email == "new@home.example"
    assert [one.value for one in mia.identities.all()] == ["new@home.example"]


def test_a_profile_is_kept_and_what_is_wrong_is_said(mia: Contact) -> None:
    client = signed_in(mia)
    wrong = client.post("/profile", {"name": "Mia", "language": "de", "time_zone": "Mars", "phone": "call me"})
    client.post("/profile", {"name": "Mia M", "language": "de", "time_zone": "Europe/Berlin", "phone": "+49 30 1234"})
    client.post("/profile/mails", {"mails": "steps"})

    mia.refresh_from_db()
    assert (wrong.status_code, mia.name, mia.language, mia.time_zone) == (422, "Mia M", "de", "Europe/Berlin")
    assert (mia.phone, CustomerChoice.objects.get(contact=mia).mails) == ("+49 30 1234", "steps")


def test_a_customer_takes_their_data_away(team: Team, mia: Contact) -> None:
    make_ticket(team=team, contact=mia)
    answer = signed_in(mia).post("/profile/data")

    assert answer["Content-Type"] == "application/zip"
    assert b"".join(answer.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]


def test_a_wish_to_be_erased_is_decided_by_a_person_and_the_receipt_proves_it(team: Team, mia: Contact) -> None:
    make_ticket(team=team, contact=mia, subject="Secret garden")
    amy = make_agent("Amy", role=Agent.ADMINISTRATOR)
    client = signed_in(mia)
    unsure = client.post("/profile/erasure")
    receipt = client.post("/profile/erasure", {"sure": "on"})["Location"]
    asked = ErasureRequest.objects.get()
    waiting = Client().get(receipt).content.decode()
    erasure = f"/desk/admin/erasure-requests/{asked.pk}/erasure"
    slip = signed_in(amy).post(erasure)
    assert (slip.status_code, "Tick the box first." in slip.content.decode()) == (422, True)
    assert ErasureRequest.objects.get().state == ErasureRequest.ASKED
    signed_in(amy).post(erasure, {"sure": "1"})

    proof = ErasureRequest.objects.get().proof
    page = Client().get(receipt).content.decode()
    assert (unsure.status_code, "A person decides" in waiting) == (422, True)
    assert 'action="/profile/erasure#data"' in unsure.content.decode()  # what is said stands far down on the page
    assert {name: proof[name] for name in ("requests", "addresses", "left")} == {
        "requests": 1,
        "addresses": 1,
        "left": 0,
    }
    assert (Contact.objects.get(pk=mia.pk).erased_at is not None, "Mia" in page) == (True, False)


def test_who_declines_says_why_and_the_customer_reads_it(mia: Contact) -> None:
    signed_in(mia).post("/profile/erasure", {"sure": "on"})
    asked = ErasureRequest.objects.get()
    client = signed_in(make_agent("Amy", role=Agent.ADMINISTRATOR))
    silent = client.post(f"/desk/admin/erasure-requests/{asked.pk}/refusal", {"answer": " "})
    client.post(f"/desk/admin/erasure-requests/{asked.pk}/refusal", {"answer": "A bill is open."})

    assert (silent.status_code, mail.outbox[-1].to) == (409, ["mia@home.example"])
    assert "A bill is open." in Client().get(f"/receipts/{asked.receipt}").content.decode()


@pytest.fixture
def brand(team: Team) -> Brand:
    look = Look(name="River", accent="#8a1c6b", welcome={"en": "Ask the river"})
    made = add_brand(by="system", host="help.river.example", look=look, origins=["https://shop.example"], teams=[team])
    publish_brand(made, by="system")
    return made


def test_a_brand_is_seen_at_its_host_and_nowhere_else(brand: Brand) -> None:
    make_team("Billing")
    there = Client().get("/", headers={"host": "help.river.example"}).content.decode()
    elsewhere = Client().get("/").content.decode()
    sheet = re.search(r'href="(/brand/[^"]+\.css)"', there)

    door = Client().get("/account/login/", headers={"host": "help.river.example"}).content.decode()

    assert ("River" in door, "charterdesk</p>" in door) == (True, False)
    assert ("Ask the river" in there, "Billing" in there) == (True, False)
    assert ("Ask the river" in elsewhere, "Billing" in elsewhere) == (False, True)
    assert sheet and "#8a1c6b" in Client().get(sheet.group(1)).content.decode()


def test_a_host_is_let_in_only_while_a_brand_is_at_home_there(brand: Brand, settings: pytest.FixtureRequest) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]  # type: ignore[attr-defined]

    assert Client().get("/", headers={"host": "help.river.example"}).status_code == 200
    assert Client().get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_draft_is_seen_by_the_administrator_who_looks_at_it_alone(brand: Brand) -> None:
    client = signed_in(make_agent("Amy", role=Agent.ADMINISTRATOR))
    brand.draft = {"name": "Lake"}
    brand.save()
    client.post(f"/desk/admin/branding/{brand.pk}/preview")

    assert "Lake" in client.get("/").content.decode()
    assert "Lake" not in Client().get("/").content.decode()


def test_the_form_is_shown_by_the_sites_of_the_brand_only(brand: Brand) -> None:
    answer = Client().get(f"/embed/{brand.pk}/request?lang=de")
    plain = Client().get("/requests/new")

    assert "frame-ancestors https://shop.example;" in answer["Content-Security-Policy"] + ";"
    assert ("X-Frame-Options" in answer, 'lang="de"' in answer.content.decode()) == (False, True)
    assert "frame-ancestors 'none'" in plain["Content-Security-Policy"]


def test_a_form_in_a_frame_takes_a_request_without_a_cookie_and_as_a_strangers(
    brand: Brand, team: Team, mia: Contact
) -> None:
    client = Client(enforce_csrf_checks=True)
    assert mia.login is not None
    client.force_login(mia.login)
    page = client.get(f"/embed/{brand.pk}/request").content.decode()
    form_pass = re.search(r'name="form_pass" value="([^"]+)"', page)
    assert form_pass
    sent = client.post(
        f"/embed/{brand.pk}/request",
        {
            "team": team.pk,
            "subject": "No water",
            "text": "Since this morning.",
            "name": "Omar",
            "email": "omar@home.example",
            "form_pass": form_pass.group(1),
        },
    )

    ticket = Ticket.objects.get()
    assert (sent.status_code, f"#{ticket.number}" in sent.content.decode()) == (200, True)
    assert (ticket.contact.email, "csrfmiddlewaretoken" in page) == ("omar@home.example", False)


def test_a_brand_without_sites_has_no_form_for_frames(brand: Brand) -> None:
    brand.origins = []
    brand.save()

    assert Client().get(f"/embed/{brand.pk}/request").status_code == 404
    assert Client().get(f"/embed/{brand.pk}.js").status_code == 404
