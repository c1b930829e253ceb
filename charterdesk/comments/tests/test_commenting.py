"""Readers say what they think of an article; what is new or doubtful waits; staff answer, and put articles right."""

import pytest

from charterdesk.base.refused import Refused
from charterdesk.comments.actions.correcting import make_correction
from charterdesk.comments.actions.moderating import approve, make_official, remove, restore
from charterdesk.comments.actions.reporting import report
from charterdesk.comments.actions.terms import close, set_terms
from charterdesk.comments.actions.writing import NewComment, write_comment
from charterdesk.comments.models import Comment, CommentFollow
from charterdesk.comments.policies import is_closed, may_comment, may_keep, open_to
from charterdesk.comments.queries.hearing import hearers_of
from charterdesk.comments.queries.reading import comments_on, latest, queue
from charterdesk.comments.testing import make_comment
from charterdesk.community.actions.profiles import block, join_profiles
from charterdesk.community.actions.telling import tell_moderators
from charterdesk.community.models import Profile
from charterdesk.community.testing import make_profile, staff_profile, viewer_of_contact
from charterdesk.events.models import LoggedEvent
from charterdesk.knowledge.models import Article, ArticleText, Correction
from charterdesk.knowledge.testing import make_category, make_text
from charterdesk.people.actions import erase_contact
from charterdesk.people.models import Agent, Notice, Organisation
from charterdesk.people.testing import make_agent, make_contact
from charterdesk.people.viewer import NOBODY, Viewer, viewer_of_agent

pytestmark = pytest.mark.django_db


def codes() -> list[str]:
    found = LoggedEvent.objects.filter(code__startswith="comment").order_by("pk")
    return list(found.values_list("code", flat=True))


def read(text: ArticleText, viewer: Viewer) -> list[str]:
    return [comment.words for comment in comments_on(text, viewer)]


def refused(text: ArticleText, **said: object) -> str:
    with pytest.raises(Refused) as caught:
        write_comment(text, NewComment(**{"body": "<p>x</p>", **said}), by="system")  # type: ignore[arg-type]
    return caught.value.code


def test_comments_are_read_by_whom_the_article_is_for() -> None:
    mill = Organisation.objects.create(name="Mill Lane Homes")
    member, stranger = make_contact("Mo"), make_contact("Sy")
    member.organisation = mill
    member.save()
    text = make_text(audience=Article.ORGANISATION, organisation_ids=[mill.pk])
    make_comment(text)
    found = {
        name: read(text, viewer)
        for name, viewer in {
            "member": viewer_of_contact(member),
            "stranger": viewer_of_contact(stranger),
            "visitor": NOBODY,
            "staff": viewer_of_agent(make_agent()),
        }.items()
    }
    assert found == {"member": ["It helped."], "stranger": [], "visitor": [], "staff": ["It helped."]}


def test_what_somebody_new_says_waits_and_its_writer_sees_it() -> None:
    text, mia = make_text(), make_contact("Mia")
    profile = make_profile("Mia M", contact=mia, is_known=False)
    comment = make_comment(text, "<p>First</p><script>x</script>", author=profile)
    assert (comment.state, comment.reason, comment.body) == ("waiting", "new", "<p>First</p>")
    assert (read(text, viewer_of_contact(mia)), read(text, NOBODY)) == (["First"], [])
    assert [*queue()] == [comment]
    assert tell_moderators(), "of comments as of posts"

    approve(comment, by=make_agent())
    assert (read(text, NOBODY), [*queue()]) == (["First"], [])
    profile.refresh_from_db()
    assert profile.shown == 1, "what is shown is trusted, as in the community"
    remove(comment, by="system", why="Off topic")
    assert (read(text, NOBODY), comment.removed_why) == ([], "Off topic")
    restore(comment, by="system")
    assert read(text, NOBODY) == ["First"]
    assert codes() == [
        "comment.held", "comment.approved", "comment.shown", "comment.removed", "comment.restored",
    ]  # fmt: skip


def test_who_has_no_account_gives_a_name_of_their_own_and_always_waits() -> None:
    text = make_text()
    make_profile("Mia M")
    assert refused(text) == "community.no_display_name"
    assert refused(text, name="mia m") == "community.name_taken"
    assert refused(text, name="ben@home.example") == "community.bad_display_name"
    assert refused(text, name="Ben", address="no address") == "comments.bad_address"
    assert refused(text, name="Ben", is_official=True) == "community.not_staff"

    new = NewComment(body="<p>Works</p>", name="Ben", address="Ben@Home.example", once="form:1")
    comment = write_comment(text, new, by="system")
    assert write_comment(text, new, by="system") == comment
    assert (comment.state, comment.signed, comment.address) == ("waiting", "Ben", "ben@home.example")
    assert not CommentFollow.objects.exists(), "nobody is mailed at an address before somebody looked"
    approve(comment, by="system")
    assert [each.address for each in hearers_of(make_comment(text))] == ["ben@home.example"]


def test_comments_are_open_to_whom_the_desk_says_but_where_they_are_closed() -> None:
    customer, staff = viewer_of_contact(make_contact()), viewer_of_agent(make_agent())

    def who() -> list[bool]:
        return [may_comment(viewer, open_to()) for viewer in (NOBODY, customer, staff)]

    assert who() == [False, True, True]
    set_terms(open_to="everybody", by="system")
    assert who() == [True, True, True]
    set_terms(open_to="nobody", by="system")
    assert who() == [False, False, True]

    home = make_category("Meters")
    text = make_text(category=make_category("Digital", parent=home))
    article = Article.objects.select_related("category").get(pk=text.article_id)
    close(home, by="system")
    assert (is_closed(article), refused(text, author=make_profile())) == (True, "comments.closed")
    close(home, by="system", is_closed=False)
    close(article, by="system")
    close(article, by="system")
    assert is_closed(article)
    close(article, by="system", is_closed=False)
    assert not is_closed(article)
    assert codes()[-4:] == ["comments.closed", "comments.opened", "comments.closed", "comments.opened"]


def test_reports_hide_a_comment_until_somebody_looks_and_the_blocked_write_no_more() -> None:
    text, ben = make_text(), make_profile("Ben")
    comment, official = make_comment(text, author=ben), make_comment(text, author=staff_profile(make_agent()))
    make_official(official, by="system")
    for _number in range(3):
        for each in (comment, official):
            report(each, profile=make_profile(), reason="rude", by="system")
    assert [(each.state, each.reason) for each in (comment, official)] == [("waiting", "reports"), ("shown", "")]
    assert [*queue()] == [comment, official]
    approve(comment, by="system")
    assert comment.state == "shown" and not comment.reports.filter(ended_at=None).exists()
    block(ben, why="Spam", by=make_agent())
    assert refused(text, author=ben) == "community.blocked"


def test_the_owner_hears_of_comments_keeps_order_and_has_the_article_put_right() -> None:
    owner = make_agent(role=Agent.AGENT)
    text = make_text(owner=owner)
    comment = make_comment(text, "<p>The button is blue now.</p>")
    make_comment(text, "<p>Thanks.</p>", author=staff_profile(owner))
    assert list(Notice.objects.values_list("agent", "code", "about")) == [(owner.pk, "article.commented", text.key)]
    nobody = Viewer(key="agent:0", name="x", role="agent", agent_id=owner.pk + 1, free_role=frozenset())
    assert (may_keep(viewer_of_agent(owner), text.article), may_keep(nobody, text.article)) == (True, False)
    assert latest(viewer_of_agent(owner), is_mine=True).count() == 2

    first, again = make_correction(comment, by=owner), make_correction(comment, by=owner)
    assert first == again
    assert (first.reason, first.about, first.owner) == ("The button is blue now.", comment.key, owner)


def test_two_people_who_are_one_go_on_as_one() -> None:
    text, kept, gone = make_text(), make_contact("Mia"), make_contact("Mia again")
    make_comment(text, author=make_profile("Mia", contact=kept))
    theirs = make_comment(text, author=make_profile("Mia 2", contact=gone))
    assert gone.pk is not None
    join_profiles(kept.pk, merged_id=gone.pk)
    theirs.refresh_from_db()
    assert theirs.author == Profile.objects.get(contact=kept)
    assert CommentFollow.objects.count() == 1


def test_who_is_erased_is_nobody_below_articles_and_says_nothing_where_they_chose_so() -> None:
    text = make_text()
    mia, ben = make_contact("Mia", email="mia@home.example"), make_contact("Ben")
    stays = make_comment(text, "<p>Ask mia@home.example.</p>", author=make_profile("Mia M", contact=mia))
    bens = make_profile("Ben B", contact=ben)
    Profile.objects.filter(pk=bens.pk).update(after_erasure=Profile.DELETE)
    goes = make_comment(text, "<p>I am here.</p>", author=bens)
    make_correction(goes, by="system")
    guest = write_comment(text, NewComment(body="Mine", name="M.", address="mia@home.example"), by="system")
    for contact in (mia, ben):
        erase_contact(contact, by="system")

    for each in (stays, goes, guest):
        each.refresh_from_db()
    assert (stays.words, stays.signed, stays.state) == ("Ask —.", "Somebody", "shown")
    assert (goes.words, goes.state, Correction.objects.get().reason) == ("—", "removed", "—")
    assert (guest.name, guest.address) == ("", "")
    assert not CommentFollow.objects.exists()
    assert Comment.objects.count() == 3
