"""The community on the portal: visitors read, customers write, and nobody sees more than their name."""

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from charterdesk.community.actions.answering import accept
from charterdesk.community.leaving import leave_token
from charterdesk.community.models import Follow, Post, Profile, Topic, Vote
from charterdesk.community.models.forums import SIGNED_IN
from charterdesk.community.open_forums import _forget
from charterdesk.community.testing import make_answer, make_forum, make_profile, make_topic
from charterdesk.people.models import Contact
from charterdesk.people.testing import PASSWORD, make_agent, make_contact
from charterdesk.portal import spam
from charterdesk.portal.spam import make_pass

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spam, "QUICKEST", timedelta(seconds=-1))
    _forget()


def signed_in(contact: Contact) -> Client:
    client = Client()
    assert contact.login is not None
    client.force_login(contact.login)
    return client


def test_a_visitor_reads_and_is_asked_to_sign_in_to_write() -> None:
    forum, inner = make_forum("Meters"), make_forum("Inside", audience=SIGNED_IN)
    topic = make_topic("Why does it tick?", forum=forum, author=make_profile("Rosa"))
    secret = make_topic("A secret", forum=inner)
    post = make_answer(topic, "<p>Close the tap.</p>", author=make_profile("Ben"))
    accept(post, by="system")
    client = Client()

    home = client.get("/community/").content.decode()
    assert ("Why does it tick?" in home, "A secret" in home) == (True, False)
    assert client.get(f"/community/f/{inner.slug}").status_code == 404
    assert client.get(f"/community/t/{secret.pk}/{secret.slug}").status_code == 404
    assert (
        client.get(f"/community/t/{topic.pk}/old-name").headers["Location"] == f"/community/t/{topic.pk}/{topic.slug}"
    )
    page = client.get(f"/community/t/{topic.pk}/{topic.slug}").content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data = json.loads(found[1])["mainEntity"]
    assert (data["name"], data["acceptedAnswer"]["text"]) == ("Why does it tick?", "Close the tap.")
    assert "home.example" not in page
    assert "Sign in to answer" in page
    assert client.get(f"/community/f/{forum.slug}/new").headers["Location"].startswith("/account/login/")
    assert "Why does it tick?" in client.get("/community/feed.atom").content.decode()
    assert "A secret" not in client.get("/community/feed.rss").content.decode()
    assert f"/community/t/{topic.pk}/" in client.get("/sitemap.xml").content.decode()
    assert "/community/" in client.get("/").content.decode()


def test_a_customer_chooses_a_name_asks_waits_and_says_it_otherwise() -> None:
    forum = make_forum()
    mia = signed_in(make_contact("Mia Miller", login=True))
    given = {"title": "Is it safe?", "kind": "question", "html": "<p>Is <b>this</b> safe?</p>", "tags": "Water, water"}
    nameless = mia.post(f"/community/f/{forum.slug}/new", given | {"form_pass": make_pass()})
    assert (nameless.status_code, Profile.objects.count()) == (422, 0)
    machine = mia.post(f"/community/f/{forum.slug}/new", given | {"name": "Mia", "form_pass": "x"})
    assert (machine.status_code, Topic.objects.count()) == (422, 0)
    once = given | {"name": "Mia", "form_pass": make_pass()}
    answers = [mia.post(f"/community/f/{forum.slug}/new", once) for _again in range(2)]
    topic = Topic.objects.get()
    assert [each.status_code for each in answers] == [302, 302]
    assert (topic.state, topic.tags, topic.posts.get().body) == ("waiting", ["water"], "<p>Is <b>this</b> safe?</p>")
    assert mia.get(answers[0].headers["Location"]).status_code == 200
    assert Client().get(answers[0].headers["Location"]).status_code == 404

    post = topic.posts.get()
    assert mia.get(f"/community/p/{post.pk}/edit").status_code == 200
    said = {"title": "Is tap water safe?", "text": "Is it?"}
    mia.post(f"/community/p/{post.pk}/edit", said | {"attachments": SimpleUploadedFile("tap.txt", b"brown")})
    topic.refresh_from_db()
    assert (topic.title, topic.posts.get().text) == ("Is tap water safe?", "Is it?")
    (file,) = post.files.all()
    assert "tap.txt" in mia.get(f"/community/p/{post.pk}/edit").content.decode()
    mia.post(f"/community/p/{post.pk}/edit", said | {"without": [file.pk, "x"]})
    assert not post.files.exists()
    stranger = signed_in(make_contact(login=True))
    assert stranger.get(f"/community/p/{post.pk}/edit").status_code == 404
    mia.post(f"/community/p/{post.pk}/removal")
    topic.refresh_from_db()
    assert topic.state == "removed"


def test_a_click_votes_accepts_follows_and_reports_for_whom_it_may(
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    mia, ben = make_contact("Mia", login=True), make_contact("Ben", login=True)
    topic = make_topic(author=make_profile("Mia", contact=mia))
    post = make_answer(topic, author=make_profile("Ben", contact=ben))
    asker, other = signed_in(mia), signed_in(make_contact(login=True))

    asker.post(f"/community/p/{post.pk}/vote")
    assert asker.post(f"/community/p/{topic.posts.get(is_first=True).pk}/vote").status_code == 403
    assert other.post(f"/community/p/{post.pk}/acceptance").status_code == 403
    assert other.post(f"/community/p/{post.pk}/vote").headers["Location"].startswith("/community/me")
    other.post("/community/me", {"name": "Cleo", "mails": "on", "after_erasure": "keep"})
    other.post(f"/community/p/{post.pk}/vote", headers={"HX-Request": "true"})
    assert Vote.objects.filter(post=post).count() == 2
    asker.post(f"/community/p/{post.pk}/acceptance")
    topic.refresh_from_db()
    assert topic.accepted_id == post.pk
    other.post(f"/community/topics/{topic.pk}/follow")
    other.post(f"/community/p/{post.pk}/report", {"reason": "rude"})
    assert Post.objects.get(pk=post.pk).reports.count() == 1
    for page in ("", f"f/{topic.forum.slug}", f"t/{topic.pk}/{topic.slug}", f"people/{post.author_id}"):
        with django_assert_max_num_queries(15):
            assert other.get(f"/community/{page}").status_code == 200
    follow = Follow.objects.get(topic=topic, profile__name="Cleo")
    token = leave_token(follow)
    assert Client().get(f"/community/leave/{token}").status_code == 200
    Client(enforce_csrf_checks=True).post(f"/community/leave/{token}", {"List-Unsubscribe": "One-Click"})
    follow.refresh_from_db()
    assert (follow.is_on, Client().get(f"/community/leave/{token}x").status_code) == (False, 404)


def test_staff_answer_on_the_portal_by_their_own_name() -> None:
    topic, agent = make_topic(), make_agent("Ada Brook")
    client = Client()
    assert client.login(username=agent.email, password=PASSWORD)
    given = {"html": "<p>Call us.</p>", "form_pass": make_pass()}
    assert client.post(f"/community/topics/{topic.pk}/answers", given).status_code == 302
    assert Post.objects.get(author__agent=agent).author.name == "Ada Brook"
    assert "Staff" in Client().get(f"/community/t/{topic.pk}/{topic.slug}").content.decode()
