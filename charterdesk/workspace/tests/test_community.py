"""Staff keep order in the community, and carry what is said there to tickets and articles, and back."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from charterdesk.community.actions.answering import accept
from charterdesk.community.models import Forum, Post, Profile, Topic
from charterdesk.community.testing import make_answer, make_forum, make_profile, make_topic
from charterdesk.knowledge.models import ArticleText
from charterdesk.knowledge.testing import make_category
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.actions import solve_ticket
from charterdesk.tickets.models import Message, Ticket, TopicLink
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return make_team("Meters")


def desk_of(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent.login)
    return client


@pytest.fixture
def desk(team: Team) -> Client:
    return desk_of(make_agent("Ada Brook", teams=(team,)))


def test_what_waits_is_shown_or_goes_with_its_writer_and_comes_back(team: Team, desk: Client) -> None:
    lead = desk_of(make_agent("Noor", teams=(team,), role=Agent.LEAD))
    topic = make_topic("Is it safe?", author=make_profile("Mo", is_known=False))
    post = topic.posts.get()
    assert "Is it safe?" in desk.get("/desk/community/").content.decode()
    assert desk.post(f"/desk/community/posts/{post.pk}", {"deed": "block"}).status_code == 403
    desk.post(f"/desk/community/posts/{post.pk}", {"deed": "approve"})
    assert "Is it safe?" not in desk.get("/desk/community/").content.decode()
    assert "Is it safe?" in desk.get("/desk/community/unanswered").content.decode()
    lead.post(f"/desk/community/posts/{post.pk}", {"deed": "block", "why": "Spam"})
    topic.refresh_from_db()
    mo = Profile.objects.get(name="Mo")
    assert (topic.state, mo.blocked_why) == ("removed", "Spam")
    assert "Spam" in lead.get("/desk/community/removed").content.decode()
    lead.post(f"/desk/community/people/{mo.pk}", {"off": "1"})
    desk.post(f"/desk/community/posts/{post.pk}", {"deed": "restore"})
    topic.refresh_from_db()
    mo.refresh_from_db()
    assert (topic.state, mo.blocked_at) == ("shown", None)


def test_a_topic_is_answered_for_the_house_and_put_in_order(desk: Client) -> None:
    topic, other = make_topic("Tick"), make_topic("Tock")
    inside = make_forum("Inside")
    page = f"/desk/community/topics/{topic.pk}"
    desk.post(f"{page}/answer", {"html": "<p>Close the tap.</p>", "official": "1"})
    answer = Post.objects.get(author__name="Ada Brook")
    desk.post(f"/desk/community/posts/{answer.pk}/answer", {"deed": "accept"})
    desk.post(f"{page}/order", {"deed": "describe", "kind": "question", "tags": "Leak, meter"})
    desk.post(f"{page}/order", {"deed": "move", "forum": inside.pk})
    desk.post(f"{page}/order", {"deed": "pin"})
    desk.post(f"{page}/order", {"deed": "lock"})
    topic.refresh_from_db()
    assert (topic.accepted_id, answer.is_official, topic.tags) == (answer.pk, True, ["leak", "meter"])
    assert (topic.forum, topic.is_pinned, topic.is_locked) == (inside, True, True)
    desk.post(f"{page}/order", {"deed": "merge", "into": other.pk})
    assert Client().get(f"/community/t/{topic.pk}/tick").headers["Location"] == f"/community/t/{other.pk}/tock"


def test_a_topic_becomes_a_ticket_and_an_article_and_each_shows_the_other(
    team: Team, desk: Client, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    mia = make_contact("Mia Miller")
    topic = make_topic("Why does it tick?", body="<p>At night.</p>", author=make_profile("Mia", contact=mia))
    make_category("Meters")
    page = f"/desk/community/topics/{topic.pk}"
    assert desk.post(f"{page}/article").status_code == 409
    accept(make_answer(topic, "<p>Close the tap.</p>"), by="system")
    for _again in range(2):
        desk.post(f"{page}/ticket", {"team": team.pk})
        desk.post(f"{page}/article")
    ticket, text = Ticket.objects.get(), ArticleText.objects.get()
    assert (ticket.contact, ticket.subject, Message.objects.get().body_text) == (mia, "Why does it tick?", "At night.")
    assert (text.title, text.state, text.article.audience) == ("Why does it tick?", "draft", "staff")
    assert text.body == "<blockquote><p>At night.</p></blockquote><p>Close the tap.</p>"
    with django_assert_max_num_queries(15):
        shown = desk.get(page).content.decode()
    assert f"#{ticket.number}" in shown
    assert f"/desk/knowledge/texts/{text.pk}" in shown
    assert "Why does it tick?" in desk.get(f"/desk/tickets/{ticket.number}/articles").content.decode()


def test_a_topic_that_another_team_took_on_says_so_and_its_article_stands_on_the_first_shelf(desk: Client) -> None:
    shelf, bills = make_category("Meters"), make_team("Bills")
    make_category("Reading", parent=shelf)
    topic = make_topic("Why does it tick?", author=make_profile("Mia", contact=make_contact("Mia Miller")))
    accept(make_answer(topic, "<p>Close the tap.</p>"), by="system")
    page = f"/desk/community/topics/{topic.pk}"
    first = re.findall(r'name="team"><option value="\d+">([^<]+)', desk.get(page).content.decode())
    assert first == ["Meters"], "their own team comes before others"

    desk.post(f"{page}/ticket", {"team": bills.pk})
    desk.post(f"{page}/article")

    shown = desk.get(page).content.decode()
    assert (f"Ticket #{Ticket.objects.get().number} is with Bills." in shown, "Make a ticket" in shown) == (True, False)
    assert ArticleText.objects.get().article.category == shelf


def test_a_ticket_is_told_in_public_only_as_somebody_cleaned_it(team: Team, desk: Client) -> None:
    ticket = make_ticket(team=team, contact=make_contact("Mia Miller"), subject="Mia Miller: meter", text="I am Mia.")
    solve_ticket(ticket, by="system", solution="Turn it, Mia.")
    forum, page = make_forum(), f"/desk/tickets/{ticket.number}/topic"
    proposed = desk.get(page).content.decode()
    assert ("I am Mia." in proposed, '<del dir="auto">Mia Miller</del>' in proposed) == (False, True)
    given = {
        "forum": forum.pk,
        "title": "How do I turn the meter?",
        "question": "It is stuck.",
        "answer": "To the left.",
    }
    assert desk.post(page, given).status_code == 422
    for _again in range(2):
        assert desk.post(page, given | {"is_clean": "on"}).status_code == 302
    topic = Topic.objects.get()
    seen = Client().get(f"/community/t/{topic.pk}/{topic.slug}").content.decode()
    assert [word in seen for word in ("Mia", "To the left.", "Official answer", "Ada Brook")] == [
        False,
        True,
        True,
        True,
    ]
    assert TopicLink.objects.get().origin == "ticket"


def test_forums_and_trust_are_set_by_form(team: Team, desk: Client) -> None:
    lead = desk_of(make_agent("Noor", teams=(team,), role=Agent.LEAD))
    assert desk.get("/desk/community/forums").status_code == 403
    assert lead.post("/desk/community/forums/new", {"audience": "public"}).status_code == 422
    lead.post(
        "/desk/community/forums/new", {"audience": "public", "name_en": "Meters", "name_de": "Zähler", "is_open": "on"}
    )
    forum = Forum.objects.get()
    assert (forum.names, forum.slug, forum.is_open) == ({"en": "Meters", "de": "Zähler"}, "meters", True)
    make_forum("Taps")
    lead.post(f"/desk/community/forums/{forum.pk}/place", {"by": "1"})
    assert list(Forum.objects.values_list("slug", flat=True)) == ["taps", "meters"]
    terms = {"known_after": 1, "regular_after": 9, "posts_per_hour": 5, "reports_hide": 2}
    lead.post("/desk/community/forums", terms)
    make_topic("At once", forum=forum, author=make_profile("New", is_known=False))
    assert lead.post(f"/desk/community/forums/{forum.pk}/removal").status_code == 409
