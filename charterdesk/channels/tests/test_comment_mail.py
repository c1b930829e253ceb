"""Comments by mail: who wrote or follows below an article hears of the next one, and leaves by a link."""

from collections.abc import Callable

import pytest
from django.test import Client

from charterdesk.channels.models import RawMail
from charterdesk.channels.testing import Outside, make_mail
from charterdesk.comments.actions.moderating import approve
from charterdesk.comments.actions.terms import close, set_terms
from charterdesk.comments.actions.writing import NewComment, follow, write_comment
from charterdesk.comments.models import Comment
from charterdesk.comments.testing import make_comment
from charterdesk.community.testing import make_profile, staff_profile
from charterdesk.knowledge.actions.keeping import Terms, keep
from charterdesk.knowledge.models import Article
from charterdesk.knowledge.testing import make_text
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_contact
from charterdesk.tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_wrote_or_follows_hears_of_a_comment_they_may_read_answers_by_mail_and_leaves_by_its_link(
    outside: Outside,
    arrive: Callable[..., RawMail],
    run_reactions: Callable[[], int],
    run_jobs: Callable[[], int],
    team: Team,
    agent: Agent,
) -> None:
    def everything() -> list[tuple[str, str]]:
        run_reactions()
        run_jobs()
        sent = zip(outside.kept, outside.recipients, strict=True)
        return sorted((whom[0], str(mail["Subject"])) for mail, whom in sent if "meter" in str(mail["Subject"]))

    set_terms(open_to="everybody", by="system")
    text = make_text("Your meter")
    mia, ben = make_contact(email="mia@home.example"), make_contact(email="ben@home.example", language="de")
    make_comment(text, author=make_profile("Mia M", contact=mia))
    follow(text, make_profile("Ben", contact=ben))
    guest = NewComment(body="<p>And with frost?</p>", name="J.", address="guest@away.example")
    approve(write_comment(text, guest, by="system"), by=agent)
    assert everything() == [("ben@home.example", "Re: Your meter"), ("mia@home.example", "Re: Your meter")]

    answer = NewComment(body="<p>Wrap it up.</p>", author=staff_profile(agent), is_official=True)
    write_comment(text, answer, by=agent)
    everything()
    assert [whom for whom, _subject in everything()].count("guest@away.example") == 1
    mail = next(mail for mail, whom in zip(outside.kept, outside.recipients, strict=True) if "guest" in whom[0])
    assert "answered for us" in mail.as_string() and "mia@home.example" not in mail.as_string()
    leave = str(mail["List-Unsubscribe"]).strip("<>")
    assert Client().post(leave[leave.index("/help/") :]).status_code == 200

    reply_to = str(mail["Reply-To"])
    arrive(make_mail("It held.\n\n> Wrap", sender="guest@away.example", to=reply_to), recipients=[reply_to])
    mine = next(
        mail["Reply-To"] for mail, whom in zip(outside.kept, outside.recipients, strict=True) if "mia" in whom[0]
    )
    thanks = make_mail("Thanks!", sender="mia@home.example", to=mine, message_id="<2@home.example>")
    arrive(thanks, recipients=[mine])
    arrive(thanks, recipients=[mine])
    arrive(make_mail("I am Mia", sender="eve@evil.example", to=mine, message_id="<3@x>"), recipients=[mine])
    close(text.article, by=agent)
    arrive(make_mail("Still?", sender="mia@home.example", to=mine, message_id="<4@home.example>"), recipients=[mine])
    everything()
    said = Comment.objects.order_by("pk").values_list("words", "name", "state")
    assert list(said)[-2:] == [("It held.", "J.", "waiting"), ("Thanks!", "", "shown")]
    states = dict(RawMail.objects.values_list("pk", "reason")).values()
    assert sorted(states) == [
        "comment",
        "comment",
        "comment",
        "comments.closed",
        "not from who was told of the comment",
    ]
    (honest,) = [mail for mail in outside.kept if "Not posted: Your meter" in str(mail["Subject"])]
    assert "Nobody comments there any more." in honest.get_body(("plain",)).get_content()
    assert Ticket.objects.count() == 0
    close(text.article, by=agent, is_closed=False)

    keep(text.article, Terms(category=text.article.category, audience=Article.SIGNED_IN), by="system")
    before = len(everything())
    make_comment(text, "<p>Thanks.</p>", author=make_profile("Cleo"))
    assert len(everything()) == before + 3, "Mia, Ben and the agent, but no stranger"
