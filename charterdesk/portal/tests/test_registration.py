"""Customers who register: by a proved address only, as the contact they were, once, and no more than the desk wants."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from charterdesk.access.actions import switch_registration
from charterdesk.people.models import Contact, Identity, Login
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.portal import spam
from charterdesk.portal.spam import make_pass

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_writers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests write faster than people."""
    monkeypatch.setattr(spam, "QUICKEST", timedelta(0))


def register(client: Client, email: str, name: str = "Mia") -> int:
    sent = {"name": name, "email": email, "language": "de", "form_pass": make_pass()}
    return client.post("/register", sent).status_code


def link() -> str:
    found = re.search(r"http://testserver(/register/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_somebody_new_comes_in_by_the_link_in_their_mail_and_not_before(client: Client) -> None:
    assert register(client, "Mia@Home.example") == 200
    assert not Contact.objects.exists()
    assert client.get(link()).status_code == 200
    assert not Contact.objects.exists()

    assert client.post(link())["Location"] == "/requests/"
    contact = Contact.objects.get()
    assert (contact.name, contact.language, contact.email) == ("Mia", "de", "mia@home.example")
    assert Identity.objects.get().verified_at is not None
    assert client.get("/profile").status_code == 200


def test_whoever_wrote_before_is_who_they_were_once_they_proved_it(client: Client) -> None:
    known = make_contact("Mia Miller", email="mia@home.example")
    register(client, "mia@home.example", name="Evil")
    known.refresh_from_db()
    assert known.login is None

    client.post(link())
    known.refresh_from_db()
    assert (known.name, Contact.objects.count()) == ("Mia Miller", 1)
    assert client.session["_auth_user_id"] == str(known.login_id)


def test_the_link_opens_no_login_that_was_there(client: Client) -> None:
    agent = make_agent("Ada", teams=(make_team("Leaks"),))
    for address in (agent.login.email, "mia@home.example"):
        register(client, address)
        if address == "mia@home.example":
            client.post(link())
        other = Client()
        assert other.post(link())["Location"] == "/account/login/"
        assert "_auth_user_id" not in other.session
    assert Login.objects.count() == 2


def test_nobodys_mailbox_is_flooded_and_no_link_is_made_up(client: Client) -> None:
    assert [register(client, "mia@home.example") for _time in range(4)] == [200, 200, 200, 422]
    assert len(mail.outbox) == 3
    assert client.get("/register/made-up").status_code == 409


def test_a_desk_that_wants_no_registration_has_none(client: Client) -> None:
    assert "/register" in client.get("/account/login/").content.decode()
    register(client, "mia@home.example")
    switch_registration(False, by="system")

    assert "/register" not in client.get("/account/login/").content.decode()
    assert (client.get("/register").status_code, client.post(link()).status_code) == (404, 404)
