"""The help centre in public: browsed and searched by who may read it, in few statements, honest about what it saved."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode
from xml.etree.ElementTree import fromstring

import pytest
from django.test import Client

from charterdesk.comments.actions.writing import NewComment, write_comment
from charterdesk.comments.testing import make_comment
from charterdesk.community.testing import make_profile
from charterdesk.knowledge.actions.deciding import publish_imported
from charterdesk.knowledge.actions.writing import Words, translate, write
from charterdesk.knowledge.models import Article, Correction, Feedback, Taken
from charterdesk.knowledge.testing import make_category, make_text
from charterdesk.people.testing import make_contact, make_team
from charterdesk.portal.spam import make_pass
from charterdesk.search.index import index_noted

pytestmark = pytest.mark.django_db
BODY = "<h3>One & two</h3><p>Close the stopcock.</p><h3>Two</h3><p>x</p><h3>Three</h3><p>x</p>"
VISITOR = {"User-Agent": "Firefox"}


def get(path: str, **headers: str) -> str:
    answer = Client(headers={**VISITOR, **headers}).get(path)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_an_article_is_read_in_few_statements_and_counted_once_for_each_reading(django_assert_max_num_queries):
    text = make_text("Your meter", body=BODY, summary="Where it is", labels=["meter"])
    make_text("Its digits", labels=["meter"])
    publish_imported(translate(text.article, Words(title="Ihr Zähler"), language="de", by="system"), by="system")
    client = Client(headers=VISITOR)
    client.get("/help/en/your-meter")
    with django_assert_max_num_queries(11):
        page = client.get("/help/en/your-meter").content.decode()
    Client(headers={"User-Agent": "Googlebot/2.1"}).get("/help/en/your-meter")
    text.refresh_from_db()

    assert text.views == 2
    assert '<h2 id="one-two">One &amp; two</h2>' in page
    assert "Its digits" in page
    assert 'href="/help/de/ihr-z%C3%A4hler"' in page
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    assert (data["@type"], data["headline"], data["inLanguage"]) == ("TechArticle", "Your meter", "en")


def test_an_old_address_leads_to_where_the_article_stands_now():
    text = make_text("Your meter")
    write(text, Words(title="Your water meter"), by="agent:1")
    publish_imported(text, by="system")

    answer = Client().get("/help/en/your-meter")
    assert (answer.status_code, answer["Location"]) == (301, "/help/en/your-water-meter")


def test_questions_stand_with_their_answers_on_their_shelf_and_for_search_engines():
    shelf = make_category("Bills")
    make_text("Can I pay </script> by card?", body="<p>Yes.</p>", kind=Article.FAQ, category=shelf)
    make_text("For staff", category=shelf, audience=Article.STAFF)
    page = get("/help/c/bills")

    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    assert data["mainEntity"][0]["name"] == "Can I pay </script> by card?"
    assert "<p>Yes.</p>" in page
    assert "For staff" not in page


def test_what_only_some_may_read_stands_in_no_list_feed_or_map():
    make_text("Everybody")
    for audience in (Article.SIGNED_IN, Article.STAFF):
        make_text(f"Kept {audience}", audience=audience)
    make_text("Kept draft", is_live=False)
    for path in ("/help/", "/", "/help/feed.atom", "/help/feed.rss", "/sitemap.xml"):
        page = get(path)
        assert "verybody" in page, path
        assert "ept" not in re.sub(r"kept|[Aa]ccept|except", "", page), path
    assert Client().get("/help/en/kept-staff").status_code == 404
    mia = make_contact("Mia", login=True)
    client = Client()
    assert mia.login is not None
    client.force_login(mia.login)
    assert client.get("/help/en/kept-signed-in").status_code == 200
    assert client.get("/help/en/kept-staff").status_code == 404


def test_a_reader_says_what_is_out_of_date_and_it_becomes_a_task():
    make_text("Your meter")
    client, at = Client(headers=VISITOR), "/help/en/your-meter/feedback"
    assert "What is wrong with it?" in client.post(at, {"kind": "unhelpful"}).content.decode()
    client.post(at, {"kind": "outdated", "words": "They are digital now."})

    assert [(each.kind, each.words) for each in Feedback.objects.all()] == [("outdated", "They are digital now.")]
    assert Correction.objects.get().reason == "They are digital now."


@pytest.mark.django_db(transaction=True)
def test_who_writes_a_request_is_offered_articles_and_what_they_take_counts_until_they_ask(
    run_reactions: Callable[[], int], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("charterdesk.portal.spam.QUICKEST", timedelta(seconds=-1))
    team, text = make_team("Meters"), make_text("Read your meter", summary="Black digits")
    make_text("Read your meter in the dark", audience=Article.STAFF)
    run_reactions()
    index_noted()
    client = Client(headers=VISITOR)
    form = make_pass()
    offered = client.get("/help/offers", {"subject": "reading the meter", "form_pass": form}).content.decode()
    assert ("Read your meter" in offered, "in the dark" in offered) == (True, False)
    assert "Read your meter" in re.sub("</?mark>", "", get("/search/?q=meter"))

    client.get(re.findall(r'href="(/help[^"]+)"', offered)[0].replace("&amp;", "&"))
    assert list(Taken.objects.values_list("text_id", "asked_at")) == [(text.pk, None)]
    asked = {"team": team.pk, "subject": "Meter", "text": "Hm", "name": "Mia", "email": "mia@home.example"}
    assert client.post("/requests/new", {**asked, "form_pass": form}).status_code == 302
    assert Taken.objects.get().asked_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_visitor_who_comes_back_with_the_same_question_was_not_helped_and_with_another_was(
    run_reactions: Callable[[], int], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("charterdesk.portal.spam.QUICKEST", timedelta(seconds=-1))
    team, text = make_team("Meters"), make_text("Brown water after works", kind=Article.SOLUTION)
    run_reactions()
    index_noted()
    client = Client(headers=VISITOR)
    question = "brown water comes out of the tap"
    offered = client.get("/help/offers", {"subject": question, "form_pass": make_pass()}).content.decode()
    way = re.findall(r'href="(/help/offers/taken[^"]+)"', offered)[0].replace("&amp;", "&")
    assert client.get(way)["Location"] == "/help/en/brown-water-after-works?asking=1"
    taken = Taken.objects.get()
    assert (taken.source, taken.contact_id, len(taken.visitor) > 8) == (f"solution:{text.pk}", None, True)
    assert Client().get(way.replace("to=", "to=x")).status_code == 404

    asked = {"team": team.pk, "text": "Thank you.", "name": "Mia", "email": "mia@home.example"}
    client.post("/requests/new", {**asked, "subject": "My invoice has two addresses", "form_pass": make_pass()})
    assert Taken.objects.get().asked_at is None
    client.post("/requests/new", {**asked, "subject": "Still brown water from the tap", "form_pass": make_pass()})
    assert Taken.objects.get().asked_at is not None


@pytest.mark.django_db(transaction=True)
def test_what_a_frame_sends_as_a_visitor_is_a_number_or_nothing(
    run_reactions: Callable[[], int], monkeypatch: pytest.MonkeyPatch
):
    make_text("Brown water after works")
    run_reactions()
    index_noted()
    monkeypatch.setattr("charterdesk.portal.spam.QUICKEST", timedelta(seconds=-1))
    for sent, is_kept in (("0123456789abcdef", True), ("x" * 99, False), ("a b", False)):
        client = Client(headers=VISITOR)
        offered = client.get("/help/offers", {"subject": "brown water", "form_pass": make_pass()}).content.decode()
        way = re.findall(r'href="(/help/offers/taken[^"]+)"', offered)[0].replace("&amp;", "&")
        assert client.get(f"{way}&{urlencode({'visitor': sent})}").status_code == 302
        taken = Taken.objects.latest("pk")
        assert (taken.visitor == sent, len(taken.visitor) > 8) == (is_kept, True)
        assert client.cookies["asked"].value == taken.visitor


def test_what_readers_say_below_an_article_is_a_feed_where_everybody_may_read_it():
    text = make_text("Your meter")
    make_comment(text, "<p>Mine has <b>red</b> digits.</p>", author=make_profile("Omar R"))
    waiting = NewComment(body="<p>Not yet</p>", name="A reader")
    write_comment(text, waiting, by="system")
    kept = make_text("Kept", audience=Article.SIGNED_IN)
    make_comment(kept, "<p>Inside</p>")
    feed = fromstring(get("/help/en/your-meter/comments.atom"))

    atom = {"": "http://www.w3.org/2005/Atom"}
    entries = feed.findall("entry", atom)
    assert feed.findtext("title", namespaces=atom) == "Comments on “Your meter”"
    assert [(each.findtext("author/name", "", atom), each.findtext("summary", "", atom)) for each in entries] == [
        ("Omar R", "<p>Mine has <b>red</b> digits.</p>")
    ]
    assert "/help/en/your-meter/comments.atom" in get("/help/en/your-meter")
    mia = make_contact("Mia", login=True)
    client = Client()
    assert mia.login is not None
    client.force_login(mia.login)
    assert client.get("/help/en/kept/comments.atom").status_code == 404
    assert "comments.atom" not in client.get("/help/en/kept").content.decode()
    write(text, Words(title="Your water meter"), by="agent:1")
    publish_imported(text, by="system")
    moved = Client().get("/help/en/your-meter/comments.atom")
    assert (moved.status_code, moved["Location"]) == (301, "/help/en/your-water-meter/comments.atom")


def test_a_phrase_that_is_nowhere_becomes_the_subject_of_a_request_without_its_quotes():
    page = get("/search/?q=%22water+meter%22+ticks")

    assert "Ask us about “water meter ticks”" in page
    assert "?subject=water%20meter%20ticks" in page
    assert 'value="&quot;water meter&quot; ticks"' in page
