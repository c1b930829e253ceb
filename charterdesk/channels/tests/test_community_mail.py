"""The community by mail: who follows hears of a post, answers by replying, and nobody answers in their name."""

from collections.abc import Callable

import pytest

from charterdesk.channels.email.addresses import POST, make_message_id, tagged
from charterdesk.channels.models import RawMail
from charterdesk.channels.testing import Outside, make_mail
from charterdesk.community.actions.following import follow
from charterdesk.community.actions.keeping import move, set_locked
from charterdesk.community.models import Follow, Post, Topic
from charterdesk.community.models.forums import STAFF
from charterdesk.community.testing import make_answer, make_forum, make_profile, make_topic, staff_profile
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_contact
from charterdesk.tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)
Arrive = Callable[..., RawMail]
Everything = Callable[[], None]


@pytest.fixture
def everything(outside: Outside, run_reactions: Callable[[], int], run_jobs: Callable[[], int]) -> Everything:
    """Carry out what follows of what was done, mails sent included."""

    def carry_out() -> None:
        run_reactions()
        run_jobs()

    return carry_out


def told(outside: Outside, topic: Topic) -> list[str]:
    """Whom mails of the topic went to."""
    sent = zip(outside.kept, outside.recipients, strict=True)
    return sorted(whom[0] for mail, whom in sent if topic.title in str(mail["Subject"]))


def test_a_follower_hears_of_a_post_and_replies_to_it(
    arrive: Arrive, everything: Everything, outside: Outside, team: Team, agent: Agent
) -> None:
    mia, ben = make_contact(email="mia@home.example"), make_contact(email="ben@home.example", language="de")
    topic = make_topic("Ticking", author=make_profile("Mia M", contact=mia))
    follow(topic, make_profile("Ben", contact=ben))
    follow(topic, staff_profile(agent))
    post = make_answer(topic, "<p>Close the tap, @Mia M.</p>", author=make_profile("Cleo"))
    everything()
    everything()

    assert told(outside, topic) == sorted([agent.email, "ben@home.example", "mia@home.example"])
    mine = Follow.objects.get(topic=topic, profile__name="Mia M")
    mail = next(mail for mail, whom in zip(outside.kept, outside.recipients, strict=True) if "mia@home.example" in whom)
    reply_to = tagged(team.address, POST, mine.pk)
    assert (mail["Reply-To"], mail["List-Unsubscribe-Post"]) == (reply_to, "List-Unsubscribe=One-Click")
    assert "names you" in mail.as_string()
    assert "ben@home.example" not in mail.as_string()

    answer = make_mail("Thanks!\n\n> Close the tap", to=reply_to, subject="Re: Ticking", message_id="<2@home.example>")
    arrive(answer, recipients=[reply_to])
    arrive(answer, recipients=[reply_to])
    ours = make_message_id(POST, mine.pk, post.pk)
    arrive(make_mail("It works.", message_id="<3@home.example>", In_Reply_To=f"<{ours}>"))
    arrive(make_mail("Away", to=reply_to, message_id="<4@x>", Auto_Submitted="auto-replied"), recipients=[reply_to])
    arrive(make_mail("I am Mia", sender="eve@evil.example", to=reply_to, message_id="<5@x>"), recipients=[reply_to])

    said = Post.objects.filter(topic=topic, author=mine.profile, is_first=False).order_by("pk")
    assert [each.text for each in said] == ["Thanks!", "It works."]
    assert Ticket.objects.count() == 0
    states = RawMail.objects.order_by("pk").values_list("state", "reason")
    assert list(states)[2:] == [
        ("ignored", "community"),
        ("ignored", "auto_reply"),
        ("quarantined", "not from who was told of the topic"),
    ]

    set_locked(topic, by=agent)
    arrive(make_mail("Still?", to=reply_to, message_id="<6@home.example>"), recipients=[reply_to])
    everything()
    assert RawMail.objects.latest("pk").reason == "community.topic_closed"
    (honest,) = [mail for mail in outside.kept if "Not posted: Ticking" in str(mail["Subject"])]
    assert "Nobody writes on this topic any more." in honest.get_body(("plain",)).get_content()
    assert honest["Auto-Submitted"] == "auto-replied"
    ours = str(honest["Message-ID"])
    arrive(make_mail("Then I ask you.", to=team.address, message_id="<7@home.example>", In_Reply_To=ours))
    assert Ticket.objects.get().contact == mine.profile.contact


def test_nobody_is_told_of_what_they_may_not_read(
    everything: Everything, outside: Outside, team: Team, agent: Agent
) -> None:
    topic = make_topic("Inside now", author=make_profile("Mia", contact=make_contact(email="mia@home.example")))
    follow(topic, staff_profile(agent))
    move(topic, make_forum("Inside", audience=STAFF), by=agent)
    make_answer(topic)
    everything()

    assert told(outside, topic) == [agent.email]
