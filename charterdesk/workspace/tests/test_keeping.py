"""Retention rules, holds and the settings file by form."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from charterdesk.comments.actions.writing import NewComment, write_comment
from charterdesk.comments.models import Comment
from charterdesk.knowledge.testing import make_text
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.records.models import LegalHold, RetentionRule
from charterdesk.records.tests.test_retention import closed

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(make_agent("Amy", role=Agent.ADMINISTRATOR).login)
    return client


def test_a_look_shows_what_would_go_and_saves_nothing(administrator: Client):
    old = closed(400, subject="Old leak")
    closed(10, subject="Young leak")
    before = RetentionRule.objects.count()
    form = {"subject": "tickets", "action": "anonymise", "days": 365, "is_active": "on"}

    page = administrator.post(reverse("workspace:new_retention_rule"), {**form, "look": "1"}).content.decode()

    assert "One would go tonight" in page and f"#{old.number}" in page and "Young leak" not in page
    assert RetentionRule.objects.count() == before
    administrator.post(reverse("workspace:new_retention_rule"), form)
    assert RetentionRule.objects.filter(subject="tickets", days=365, is_active=True).count() == 1


def test_a_customer_is_held_by_their_address_and_let_go_again(administrator: Client):
    mia = make_contact("Mia Miller", email="mia@home.example")
    form = {"kind": "contact", "name": "Mia@home.example", "reason": "Court, file 7"}

    assert administrator.post(reverse("workspace:place_hold"), {**form, "name": "nobody"}).status_code == 422
    administrator.post(reverse("workspace:place_hold"), form)

    hold = LegalHold.objects.get(kind="contact", subject_id=mia.pk, lifted_at=None)
    assert "Mia Miller" in administrator.get(reverse("workspace:retention")).content.decode()
    refused = administrator.post(reverse("workspace:erasure", args=[mia.pk]), {"sure": "1"})
    assert refused.status_code == 409
    administrator.post(reverse("workspace:lift_hold", args=[hold.pk]))
    hold.refresh_from_db()
    assert hold.lifted_at


def test_the_settings_file_is_downloaded_changed_previewed_and_read_in(administrator: Client):
    make_team("Leaks")
    text = administrator.get(reverse("workspace:settings_download")).content.decode()
    changed = text.replace('sender_name = ""', 'sender_name = "Aldermouth"')
    file = SimpleUploadedFile("charterdesk.toml", changed.encode())

    page = administrator.post(reverse("workspace:settings_file"), {"file": file}).content.decode()

    assert "One thing would change" in page and "Aldermouth" in page
    assert Team.objects.get().sender_name == ""
    administrator.post(reverse("workspace:settings_file"), {"text": changed.replace("\n", "\r\n"), "sure": "1"})
    assert Team.objects.get().sender_name == "Aldermouth"
    wrong = administrator.post(reverse("workspace:settings_file"), {"text": "charterdesk = 1\n[[wizards]]\nname = 'x'"})
    assert wrong.status_code == 422 and "wizards" in wrong.content.decode()


def test_an_administrator_hands_out_what_is_kept(administrator: Client):
    mia = make_contact("Mia Miller")
    answer = administrator.post(reverse("workspace:hand_out", args=[mia.pk]))
    assert b"".join(answer.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]


def test_an_address_is_looked_at_before_it_is_erased_and_leads_to_a_customer_who_has_it(administrator: Client) -> None:
    said = NewComment(body="<p>Ours drips.</p>", name="A reader", address="reader@example.org")
    write_comment(make_text(), said, by="system")
    mia = make_contact("Mia", email="mia@home.example")
    page = reverse("workspace:erase_by_address")
    hers = administrator.post(page, {"address": "mia@home.example"})
    assert (hers.status_code, reverse("workspace:erasure", args=[mia.pk]) in hers.content.decode()) == (422, True)
    assert "Nothing here is known" in administrator.post(page, {"address": "x@example.org"}).content.decode()
    assert "1 comment" in administrator.post(page, {"address": "reader@example.org"}).content.decode()
    unsure = administrator.post(page, {"address": "reader@example.org", "erase": "1"}).content.decode()
    assert ("Tick the box first." in unsure, Comment.objects.get().name) == (True, "A reader")

    gone = administrator.post(page, {"address": "reader@example.org", "words": "keep", "sure": "1"}).content.decode()
    assert "Nothing here names the address any more." in gone
    assert "reader@example.org" not in gone
    assert Comment.objects.values_list("address", "name", "words").get() == ("", "", "Ours drips.")
