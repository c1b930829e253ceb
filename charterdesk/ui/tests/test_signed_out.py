"""Whoever is not signed in any more loses nothing of what they wrote."""

import re
from typing import Any

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.models import Message
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
NIGHT = {"name": "Night watch", "signature": "Yours,\nthe night"}


def sent_again(page: str) -> dict[str, Any]:
    """What the form of a page would send."""
    form: Any = lxml.html.fromstring(page).forms[0]
    return dict(form.fields)


def test_a_form_sent_after_the_session_ended_comes_back_with_all_that_was_in_it() -> None:
    page = Client().post("/desk/admin/teams/new?from=here", NIGHT)

    assert page.status_code == 401
    assert 'action="/desk/admin/teams/new?from=here"' in page.content.decode()
    assert 'href="/account/login/?next=/desk/" target="_blank"' in page.content.decode()
    assert {**sent_again(page.content.decode()), **NIGHT} == sent_again(page.content.decode())
    assert page["Cache-Control"] == "no-store"
    assert not Team.objects.filter(name="Night watch").exists()


def test_no_password_is_shown_and_files_are_asked_for_again() -> None:
    sent = {"new_password": "alder-and-reed", "name": "Mill", "logo": SimpleUploadedFile("mill.png", b"x")}
    page = Client().post("/desk/admin/branding/new", sent).content.decode()

    assert "alder-and-reed" not in page
    assert "Choose again, as files are not kept: mill.png" in page
    assert 'enctype="multipart/form-data"' in page


def test_a_part_of_a_page_is_not_answered_with_a_whole_one() -> None:
    for headers in ({"HX-Request": "true"}, {"Sec-Fetch-Dest": "empty"}):
        page = Client().post("/desk/tickets/1/draft", {"html": "<p>x</p>"}, headers=headers)
        assert (page.status_code, page.content) == (401, b"")
        assert Client().get("/desk/", headers=headers).status_code == 401


def test_a_page_asked_for_is_shown_after_signing_in() -> None:
    for path in ("/desk/", "/requests/1001", "/requests/", "/organisation/requests/", "/account/bought", "/invoices/"):
        assert Client().get(path)["Location"] == f"/account/login/?next={path}"


def test_a_customers_answer_is_kept_and_sent_once_they_are_signed_in() -> None:
    mia = make_contact("Mia", login=True)
    ticket = make_ticket(team=make_team(), contact=mia)
    client = Client()
    page = client.post(f"/requests/{ticket.number}/reply", {"text": "It drips\nagain."})

    assert page.status_code == 401
    assert not Message.objects.filter(ticket=ticket, body_text__contains="drips").exists()
    assert mia.login is not None
    client.force_login(mia.login)
    client.post(f"/requests/{ticket.number}/reply", sent_again(page.content.decode()))
    assert Message.objects.filter(ticket=ticket, body_text__contains="drips").count() == 1


def test_a_form_older_than_the_signing_in_is_offered_anew_where_a_page_of_ours_sent_it() -> None:
    make_team()
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_agent("Amy", role=Agent.ADMINISTRATOR).login)
    client.get("/desk/admin/teams/new")
    form = {**NIGHT, "csrfmiddlewaretoken": "o" * 64}
    page = client.post("/desk/admin/teams/new", form, headers={"Origin": "http://testserver"})

    assert page.status_code == 403
    again = sent_again(page.content.decode())
    assert {**again, **NIGHT} == again
    assert again["csrfmiddlewaretoken"] != "o" * 64
    answer = client.post("/desk/admin/teams/new", again, headers={"Origin": "http://testserver"})
    assert answer.status_code == 422  # it was read: an address is still missing


def test_what_another_site_sent_is_not_offered() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_agent("Amy", role=Agent.ADMINISTRATOR).login)
    for headers in ({"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {}):
        page = client.post("/desk/admin/teams/new", NIGHT, headers=headers)
        assert page.status_code == 403
        assert not re.search("Night watch|<form", page.content.decode())
