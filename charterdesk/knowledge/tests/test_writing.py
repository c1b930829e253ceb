"""Articles are written, approved by somebody else, published, translated, kept fresh, and put right."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from charterdesk.base.clock import now
from charterdesk.base.configured import sections
from charterdesk.base.refused import Refused
from charterdesk.events.models import Timer
from charterdesk.knowledge.actions.categories import drop_category, save_category
from charterdesk.knowledge.actions.counting import Asking, ask_all_the_same, marks_of, take
from charterdesk.knowledge.actions.deciding import approve, publish_text, schedule, send_back, submit, withdraw
from charterdesk.knowledge.actions.feedback import end_correction, open_correction, rate
from charterdesk.knowledge.actions.importing import Imported, import_text
from charterdesk.knowledge.actions.keeping import Terms, keep, review
from charterdesk.knowledge.actions.writing import Words, begin_article, discard_draft, restore, translate, write
from charterdesk.knowledge.bodies import clean_body, shown
from charterdesk.knowledge.models import Article, ArticleText, Category, Correction, Feedback, Redirect
from charterdesk.knowledge.queries.drafts import Asked, compared, listed
from charterdesk.knowledge.queries.figures import figures
from charterdesk.knowledge.testing import make_category, make_text
from charterdesk.people.models import Agent, Notice
from charterdesk.people.testing import make_agent, make_contact
from charterdesk.people.viewer import NOBODY, viewer_of_login

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> Agent:
    return make_agent("Ada Brook")


@pytest.fixture
def lead() -> Agent:
    return make_agent("Noor Lead", role=Agent.LEAD)


def said(text: ArticleText) -> tuple[str, str, bool]:
    text.refresh_from_db()
    return text.title, text.state, text.is_live


def test_a_draft_reaches_readers_only_with_the_yes_of_somebody_else(writer: Agent, lead: Agent) -> None:
    text = begin_article(Words(title="Your meter", body="<p>One</p>"), by=lead, category=make_category("Meters"))
    with pytest.raises(Refused, match="approve it first"):
        publish_text(text, by=lead)
    other = make_agent("Sol Manager", role=Agent.MANAGER)
    with pytest.raises(Refused, match="somebody else has to approve"):
        approve(text, by=lead)
    submit(text, by=lead)
    assert list(Notice.objects.values_list("agent_id", "code")) == [(other.pk, "article.submitted")]
    approve(text, by=other)
    publish_text(text, by=lead)
    assert said(text) == ("Your meter", "published", True)

    write(text, Words(title="Your water meter", body="<p>Two</p>"), by=writer)
    assert said(text) == ("Your meter", "draft", True)  # readers go on reading the first version
    submit(text, by=writer)
    send_back(text, by=lead, note="Say where it is.")
    write(text, Words(title="Your water meter", body="<p>In the cellar.</p>"), by=writer)
    approve(text, by=lead)
    publish_text(text, by=lead)
    assert said(text) == ("Your water meter", "published", True)
    assert text.slug == "your-water-meter"
    assert Redirect.objects.get(language="en", slug="your-meter").text == text
    first, second = text.versions.order_by("number")
    assert compared(first, second)["title"] == [("same", "Your "), ("added", "water "), ("same", "meter")]

    restore(text, first, by=writer)
    assert text.versions.get(number=3).body == "<p>One</p>"
    discard_draft(text, by=writer)
    withdraw(text, by=lead)
    assert said(text) == ("Your water meter", "withdrawn", False)


def test_a_title_without_text_is_neither_handed_in_nor_approved(writer: Agent, lead: Agent) -> None:
    text = begin_article(Words(title="Your meter", body="<p> </p>"), by=writer, category=make_category())
    for step in (submit, approve):
        with pytest.raises(Refused, match="no text below its title") as refused:
            step(text, by=lead)
        assert refused.value.code == "knowledge.says_nothing"
    assert said(text) == ("Your meter", "draft", False)

    write(text, Words(title="Your meter", body="<p>In the cellar.</p>"), by=writer)
    approve(text, by=lead)
    assert said(text) == ("Your meter", "approved", False)


def test_who_is_alone_approves_their_own_words() -> None:
    alone = make_agent("Only One", role=Agent.ADMINISTRATOR)
    text = begin_article(Words(title="Alone", body="<p>One</p>"), by=alone, category=make_category())
    approve(text, by=alone)
    publish_text(text, by=alone)
    assert said(text) == ("Alone", "published", True)


def test_it_is_published_by_itself_at_the_time_it_was_given(
    writer: Agent, lead: Agent, fire_timers: Callable[[datetime], int]
) -> None:
    text = begin_article(Words(title="New prices", body="<p>2 EUR</p>"), by=writer, category=make_category())
    approve(text, by=lead)
    schedule(text, at=now() + timedelta(days=2), by=lead)
    fire_timers(now() + timedelta(days=1))
    assert said(text) == ("New prices", "approved", False)
    fire_timers(now() + timedelta(days=3))
    assert said(text) == ("New prices", "published", True)


def test_a_translation_says_when_what_it_was_made_from_has_changed(writer: Agent, lead: Agent) -> None:
    source = make_text("Your meter")
    words = Words(title="Ihr Zähler", body="<p>Schwarze Ziffern.</p>")
    german = translate(source.article, words, language="de", by=writer)
    approve(german, by=lead)
    publish_text(german, by=lead)
    assert [text.language for text in listed(Asked()) if text.is_behind] == []  # type: ignore[attr-defined]

    write(source, Words(title="Your meter", body="<p>Read the red digits, too.</p>"), by=writer)
    approve(source, by=lead)
    publish_text(source, by=lead)
    assert [text.language for text in listed(Asked()) if text.is_behind] == ["de"]  # type: ignore[attr-defined]

    write(german, Words(title="Ihr Zähler", body="<p>Auch die roten.</p>"), by=writer, is_current=True)
    approve(german, by=lead)
    publish_text(german, by=lead)
    assert [text.language for text in listed(Asked()) if text.is_behind] == []  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="in this language already"):
        translate(source.article, Words(title="Zähler"), language="de", by=writer)


def test_the_owner_is_reminded_on_the_day_of_the_review(writer: Agent, fire_timers: Callable[[datetime], int]) -> None:
    today = timezone.localdate()
    text = make_text(owner=writer, review_on=today, review_days=90)
    fire_timers(now() + timedelta(days=1))
    assert list(Notice.objects.values_list("agent_id", "code", "about")) == [
        (writer.pk, "article.review_due", text.article.key)
    ]
    assert list(listed(Asked(is_due=True, today=today))) == [text]
    review(text.article, by=writer)
    assert not listed(Asked(is_due=True, today=today)).exists()
    assert Timer.objects.get(name=f"knowledge:review:{text.article.pk}").due_at.date() == today + timedelta(days=90)


def test_categories_stand_two_deep_and_old_addresses_lead_on(lead: Agent) -> None:
    meters = make_category("Meters")
    inner = make_category("Reading", parent=meters)
    with pytest.raises(Refused, match="not deeper"):
        make_category("Digits", parent=inner)
    with pytest.raises(Refused, match="not deeper"):
        save_category(meters, by=lead, names={"en": "Meters"}, parent=inner)
    save_category(meters, by=lead, names={"en": "Your meter", "ar": "العداد"})
    assert (meters.slug, Redirect.objects.get(language="", slug="meters").category) == ("your-meter", meters)
    make_text(category=inner)
    with pytest.raises(Refused, match="Move what stands in it"):
        drop_category(inner, by=lead)


def test_what_readers_miss_becomes_a_task_for_the_owner_with_a_result(writer: Agent) -> None:
    text = make_text(owner=writer)
    mia = make_contact("Mia")
    rate(text, kind="helpful", once="a", by="anonymous")
    rate(text, kind="helpful", once="b", by=mia, contact_id=mia.pk)
    rate(text, kind="outdated", once="b", by=mia, contact_id=mia.pk, words="The office moved.")
    rate(text, kind="outdated", once="b", by=mia, contact_id=mia.pk, words="The office moved again.")
    text.refresh_from_db()
    assert (text.helpful, text.unhelpful, Feedback.objects.count()) == (1, 1, 2)
    correction = Correction.objects.get()
    assert (correction.reason, correction.owner, correction.state) == ("The office moved.", writer, "open")
    with pytest.raises(Refused, match="what became of it"):
        end_correction(correction, outcome="corrected", result=" ", by=writer)
    end_correction(correction, outcome="corrected", result="New address.", by=writer)
    with pytest.raises(Refused, match="done already"):
        end_correction(correction, outcome="corrected", result="Again.", by=writer)
    again = open_correction(text, reason="Still wrong", by=writer, about="ticket:7")
    assert (again.about, again.number) == ("ticket:7", 1)


def test_a_request_counts_as_deflected_only_while_it_is_not_sent_within_a_week() -> None:
    text, mia, since = make_text(), make_contact("Mia"), timezone.localdate()
    source, marks = f"articletext:{text.pk}", marks_of("water from the kitchen tap")
    take(source, Asking(form="one"))
    take(source, Asking(form="one"))
    take(source, Asking(form="two", contact_id=mia.pk, marks=marks))
    assert (figures(since).taken, figures(since).deflected) == (2, 2)
    ask_all_the_same(Asking(form="three", contact_id=mia.pk, marks=marks_of("another invoice please")))
    assert (figures(since).taken, figures(since).deflected) == (2, 2)
    ask_all_the_same(Asking(form="four", contact_id=mia.pk, marks=marks_of("kitchen water again")))
    assert (figures(since).taken, figures(since).deflected) == (2, 1)


def test_an_import_that_is_repeated_makes_a_new_version_and_no_second_article(writer: Agent) -> None:
    given: dict[str, Any] = {
        "place": "a.md",
        "name": "bills/card",
        "title": "Pay by card",
        "category": ["Bills", "Paying"],
    }
    text = import_text(Imported(body="<p>Call us.</p>", **given), by=writer, is_published=True)
    again = import_text(Imported(body="<p>Use the portal.</p>", **given), by=writer, is_published=True)
    german = Imported(**{**given, "title": "Mit Karte", "language": "de"}, body="<p>Im Portal.</p>")
    translated = import_text(german, by=writer)
    assert (again.pk, again.live_number, again.body) == (text.pk, 2, "<p>Use the portal.</p>")
    assert (translated.article_id, translated.is_live) == (text.article_id, False)
    assert str(text.article.category.parent) == "Bills"


def test_bodies_keep_no_clothes_no_scripts_and_no_pictures_from_elsewhere() -> None:
    kept = clean_body(
        '<h1 style="color:red">One</h1><h2>Two</h2><script>x</script><p onclick="x">A <b>b</b></p>'
        '<img src="https://spy.example/a.png"><img src="https://desk.example/help/files/7" alt="Dial">'
    )
    assert kept == '<h3>One</h3><h4>Two</h4><p>A <b>b</b></p><img src="cid:7" alt="Dial">'
    html, headings = shown(kept + "<h3>One</h3>")
    assert [(each.anchor, each.level) for each in headings] == [("one", 2), ("two", 3), ("one-2", 2)]
    assert '<img loading="lazy" src="/help/files/7"' in html


def test_what_says_nothing_is_taken_over_as_a_draft_but_not_for_readers_at_once(writer: Agent) -> None:
    make_category("Pipes")
    given = Imported(place="pipes/empty.md", name="empty", title="Old pipes", body="<p> </p>", category=("Pipes",))

    with pytest.raises(Refused, match="no text below its title") as refused:
        import_text(given, by=writer, is_published=True)

    assert refused.value.code == "knowledge.says_nothing"
    assert not ArticleText.objects.exists()
    text = import_text(given, by=writer)
    assert (text.state, text.is_live) == (ArticleText.DRAFT, False)


def test_an_article_for_organisations_names_some(writer: Agent) -> None:
    text = make_text()
    with pytest.raises(Refused, match="Name the organisations"):
        keep(text.article, Terms(category=text.article.category, audience=Article.ORGANISATION), by=writer)


def test_a_category_bounds_who_reads_what_stands_on_it_and_within():
    shelf = make_category("For members", audience="signed-in")
    inner = make_category("Within", parent=shelf)
    text, deep = make_text("Your meter", category=shelf), make_text("Deeper", category=inner)
    contact = make_contact(login=True)
    assert contact.login
    signed_in = viewer_of_login(contact.login)

    assert inner.audience == "signed-in"
    assert not ArticleText.objects.visible_to(NOBODY).exists()
    assert set(ArticleText.objects.visible_to(signed_in)) == {text, deep}

    save_category(shelf, by="system", names=shelf.names, audience="staff")
    assert not ArticleText.objects.visible_to(signed_in).exists()
    assert Category.objects.get(pk=inner.pk).audience == "staff"


def test_categories_of_the_settings_file_come_back_as_they_were():
    make_category("Within", parent=make_category("Meters"), audience="staff")
    section = sections()["categories"]
    things = list(section.read())
    Category.objects.filter(parent__isnull=False).delete()
    Category.objects.all().delete()

    for thing in things:
        section.write(thing, "system")

    assert list(section.read()) == things
    assert [thing["audience"] for thing in things] == ["public", "staff"]
