"""What customers do with announcements and the status page: read, confirm, unsubscribe, follow."""

import pytest
from django.test import Client

from charterdesk.notices.links import follower_token, recipient_token
from charterdesk.notices.models import NoticeChoice, Recipient, StatusFollower
from charterdesk.notices.testing import make_announcement, make_incident
from charterdesk.people.testing import make_contact, make_team

pytestmark = pytest.mark.django_db


def told(**fields):
    contact = make_contact("Mia", login=True)
    announcement = make_announcement(make_team("Leaks"), **fields)
    return Recipient.objects.create(announcement=announcement, contact=contact, language="en", state="mailed")


def test_one_click_unsubscribes_without_a_form_and_a_look_alone_does_not():
    recipient = told()
    off = f"/notices/by-link/{recipient_token(recipient.pk)}/off"
    client = Client(enforce_csrf_checks=True)
    assert client.get(off).status_code == 200
    assert not NoticeChoice.objects.exists()

    assert client.post(off, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert NoticeChoice.objects.get().unsubscribed_by == "link"
    assert client.post(off, {"again": "1"}).status_code == 200
    assert NoticeChoice.objects.get().unsubscribed_at is None
    assert client.get(f"/notices/by-link/{recipient_token(recipient.pk)[:-2]}xx").status_code == 404


def test_opening_by_link_is_no_receipt_the_button_is():
    recipient = told(asks_receipt=True)
    page = f"/notices/by-link/{recipient_token(recipient.pk)}"
    client = Client()
    assert "Dear Mia" in client.get(page).content.decode()
    recipient.refresh_from_db()
    assert (recipient.read_at is None, recipient.confirmed_at) == (False, None)

    client.post(f"{page}/read")
    recipient.refresh_from_db()
    assert recipient.confirmed_at is not None


def test_the_banner_stands_where_people_ask_and_they_follow_instead():
    client = Client()
    assert "No water in Mill Lane" not in client.get("/").content.decode()
    outage = make_incident()
    for page in ("/", "/requests/new"):
        assert "No water in Mill Lane" in client.get(page).content.decode()
    assert "A pipe broke" in client.get("/status/feed.atom").content.decode()

    client.post("/status/follow", {"address": "mia@home.example", "incident": outage.pk})
    follower = StatusFollower.objects.get()
    assert follower.incident == outage
    following = f"/status/following/{follower_token(follower.pk)}"
    client.get(following)
    assert StatusFollower.objects.filter(confirmed_at=None).exists()
    client.post(following)
    assert not StatusFollower.objects.filter(confirmed_at=None).exists()
    Client(enforce_csrf_checks=True).post(f"{following}/off")
    assert not StatusFollower.objects.exists()
    assert client.post("/status/follow", {"address": "nobody"}).status_code == 422
