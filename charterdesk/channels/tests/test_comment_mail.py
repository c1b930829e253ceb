"""Comments by mail: who wrote or follows below an article hears of the next one, and leaves by a link."""

from collections.abc import Callable

import pytest
from django.test import Client

from charterdesk.channels.testing import Outside
from charterdesk.comments.actions.moderating import approve
from charterdesk.comments.actions.writing import NewComment, follow, write_comment
from charterdesk.comments.testing import make_comment
from charterdesk.community.testing import make_profile, staff_profile
from charterdesk.knowledge.actions.keeping import Terms, keep
from charterdesk.knowledge.models import Article
from charterdesk.knowledge.testing import make_text
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_contact

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_wrote_or_follows_hears_of_a_comment_they_may_read_and_leaves_by_its_link(
    outside: Outside, run_reactions: Callable[[], int], run_jobs: Callable[[], int], team: Team, agent: Agent
) -> None:
    def everything() -> list[tuple[str, str]]:
        run_reactions()
        run_jobs()
        sent = zip(outside.kept, outside.recipients, strict=True)
        return sorted((whom[0], str(mail["Subject"])) for mail, whom in sent if "meter" in str(mail["Subject"]))

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

    keep(text.article, Terms(category=text.article.category, audience=Article.SIGNED_IN), by="system")
    before = len(everything())
    make_comment(text, "<p>Thanks.</p>", author=make_profile("Cleo"))
    assert len(everything()) == before + 3, "Mia, Ben and the agent, but no stranger"
