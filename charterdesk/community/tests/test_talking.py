"""People ask and answer each other; what is new or doubtful waits; what they think of it counts."""

from io import BytesIO

import pytest

from charterdesk.base.refused import Refused
from charterdesk.community.actions.answering import accept, make_official, unaccept, vote
from charterdesk.community.actions.files import NewFile
from charterdesk.community.actions.following import follow
from charterdesk.community.actions.forums import set_terms
from charterdesk.community.actions.keeping import merge, move, set_locked
from charterdesk.community.actions.moderating import approve, remove, restore
from charterdesk.community.actions.profiles import block, change_profile, take_part
from charterdesk.community.actions.reporting import report
from charterdesk.community.actions.writing import NewTopic, answer, edit, open_topic
from charterdesk.community.bodies import clean_post
from charterdesk.community.models import Post, Profile, Topic
from charterdesk.community.models.forums import ORGANISATION, SIGNED_IN, STAFF
from charterdesk.community.queries.hearing import hearers_of, mentioned_in
from charterdesk.community.queries.moderation import queue
from charterdesk.community.queries.talk import Asked, posts_of, topics_for
from charterdesk.community.testing import (
    make_answer,
    make_forum,
    make_profile,
    make_topic,
    staff_profile,
    viewer_of_contact,
)
from charterdesk.events.models import LoggedEvent
from charterdesk.people.actions import erase_contact
from charterdesk.people.models import Organisation
from charterdesk.people.testing import make_agent, make_contact
from charterdesk.people.viewer import NOBODY, Viewer, viewer_of_agent

pytestmark = pytest.mark.django_db


def codes() -> list[str]:
    """What was published, but of who takes part and where."""
    found = LoggedEvent.objects.order_by("pk").values_list("code", flat=True)
    return [code for code in found if not code.startswith("forum")]


def titles(viewer: Viewer) -> list[str]:
    return sorted(topics_for(viewer, Asked(), None).values_list("title", flat=True))


def points(profile: Profile) -> int:
    profile.refresh_from_db()
    return profile.points


def test_a_topic_is_read_by_whom_its_forum_is_for() -> None:
    mill = Organisation.objects.create(name="Mill Lane Homes")
    member, stranger = make_contact("Mo"), make_contact("Sy")
    member.organisation = mill
    member.save()
    author = make_profile()
    make_topic("Public", forum=make_forum("A"), author=author)
    make_topic("Signed in", forum=make_forum("B", audience=SIGNED_IN), author=author)
    make_topic("Mill", forum=make_forum("C", audience=ORGANISATION, organisation_ids=(mill.pk,)), author=author)
    make_topic("Staff", forum=make_forum("D", audience=STAFF), author=author)

    assert titles(NOBODY) == ["Public"]
    assert titles(viewer_of_contact(stranger)) == ["Public", "Signed in"]
    assert titles(viewer_of_contact(member)) == ["Mill", "Public", "Signed in"]
    assert titles(viewer_of_agent(make_agent())) == ["Mill", "Public", "Signed in", "Staff"]
    assert list(posts_of(Topic.objects.get(title="Staff"), viewer_of_contact(member))) == []


def test_the_first_posts_of_somebody_new_wait_and_their_writer_sees_them() -> None:
    contact, moderator = make_contact("Mo"), viewer_of_agent(make_agent())
    author = make_profile("Mo M", contact=contact, is_known=False)
    topic = make_topic("Is it safe?", author=author)

    assert (topic.state, titles(NOBODY)) == ("waiting", [])
    assert [post.text for post in posts_of(topic, viewer_of_contact(contact))] == ["It ticks at night."]
    assert list(posts_of(topic, viewer_of_contact(make_contact()))) == []
    assert [post.reason for post in queue()] == ["new"]

    post = topic.posts.get()
    approve(post, by=moderator)
    approve(post, by=moderator)
    assert (titles(NOBODY), codes()) == (
        ["Is it safe?"],
        ["post.held", "post.approved", "topic.opened", "post.shown", "post.approved"],
    )
    Profile.objects.filter(pk=author.pk).update(shown=3)
    assert make_answer(topic, author=author).state == "shown"
    assert make_answer(topic, '<p><a href="https://a.example">Look</a></p>', author=author).reason == "links"
    Profile.objects.filter(pk=author.pk).update(points=50)
    assert make_answer(topic, "<p>https://a.example</p>", author=author).state == "shown"


def test_nobody_passes_the_queue_by_editing_later_and_every_version_is_kept() -> None:
    author = make_profile()
    topic = make_topic(author=author)
    post = topic.posts.get()
    edit(post, by=author, editor=author, title="Why does it tick?", body="<p>It ticks all day.</p>")
    topic.refresh_from_db()
    assert (topic.title, post.text, post.state) == ("Why does it tick?", "It ticks all day.", "shown")

    edit(post, by=author, editor=author, body='<p>Buy <a href="https://cheap.example">pills</a></p>')
    topic.refresh_from_db()
    assert (post.reason, topic.state, titles(NOBODY)) == ("links", "waiting", [])
    kept = post.versions.order_by("pk").values_list("title", "body")
    assert list(kept) == [
        ("Why does my meter tick?", "<p>It ticks at night.</p>"),
        ("Why does it tick?", "<p>It ticks all day.</p>"),
    ]


def test_votes_and_accepted_answers_give_points_once_and_take_them_back() -> None:
    asker, helper, other = make_profile(), make_profile(), make_profile()
    topic = make_topic(author=asker)
    first, second = make_answer(topic, author=helper), make_answer(topic, author=helper)
    for _again in range(2):
        vote(first, profile=other)
        accept(first, by=asker)
    assert (first.votes, points(helper)) == (1, 11)
    with pytest.raises(Refused, match="Others vote"):
        vote(first, profile=helper)

    accept(second, by=asker)
    vote(first, profile=other, is_on=False)
    vote(first, profile=other, is_on=False)
    assert points(helper) == 10
    assert [post.pk for post in posts_of(Topic.objects.get(), NOBODY)] == [
        topic.posts.get(is_first=True).pk,
        second.pk,
        first.pk,
    ]
    remove(second, by=make_agent(), why="Wrong")
    topic.refresh_from_db()
    assert (topic.accepted_id, topic.answers, points(helper)) == (None, 1, 0)
    restore(second, by=make_agent())
    topic.refresh_from_db()
    assert topic.answers == 2
    unaccept(topic, by=asker)
    with pytest.raises(Refused, match="Only an answer"):
        accept(make_answer(make_topic(kind=Topic.IDEA)), by=asker)


def test_only_what_staff_wrote_is_official() -> None:
    topic, agent = make_topic(), make_agent()
    with pytest.raises(Refused, match="Only what staff wrote"):
        make_official(make_answer(topic), by=agent)
    post = make_answer(topic, '<p><a href="https://desk.example">Here</a></p>', author=staff_profile(agent))
    make_official(post, by=agent)
    assert [each.pk for each in posts_of(topic, NOBODY)][1] == post.pk


def test_reports_hide_a_post_until_somebody_looked_and_old_ones_do_not_again() -> None:
    post = make_answer(make_topic())
    set_terms(by="system", reports_hide=2)
    for profile in (make_profile(), make_profile()):
        report(post, profile=profile, reason="spam", words="Advertising", by=profile)
        report(post, profile=profile, reason="rude", by=profile)
    post.refresh_from_db()
    assert (post.state, post.reason, [each.reported for each in queue()]) == ("waiting", "reports", [2])  # type: ignore[attr-defined]
    approve(post, by=make_agent())
    third = make_profile()
    report(post, profile=third, reason="other", by=third)
    post.refresh_from_db()
    assert (post.state, queue().count()) == ("shown", 1)


def test_who_is_blocked_or_too_quick_or_late_does_not_write() -> None:
    topic, author = make_topic(), make_profile()
    set_terms(by="system", posts_per_hour=2)
    make_answer(topic, author=author)
    make_answer(topic, author=author)
    with pytest.raises(Refused, match="a lot within an hour"):
        make_answer(topic, author=author)
    block(author, why="Advertises", by=make_agent())
    with pytest.raises(Refused, match="any more"):
        make_answer(topic, author=author)
    with pytest.raises(Refused, match="can't vote"):
        vote(topic.posts.get(is_first=True), profile=author)
    set_locked(topic, by=make_agent())
    with pytest.raises(Refused, match="Nobody writes"):
        make_answer(topic, author=make_profile())
    with pytest.raises(Refused, match="of the desk"):
        block(staff_profile(make_agent()), why="x", by=make_agent())


def test_two_topics_become_one_with_everything_said_and_everybody_who_follows() -> None:
    forum = make_forum()
    kept, double = make_topic("Ticking", forum=forum), make_topic("Tick tock", forum=forum)
    make_answer(double)
    merge(double, kept, by=make_agent())
    kept.refresh_from_db()
    assert (kept.answers, kept.follows.count(), double.merged_into_id, titles(NOBODY)) == (2, 3, kept.pk, ["Ticking"])
    inside = make_topic("Inside", forum=make_forum("Inside", audience=STAFF))
    with pytest.raises(Refused, match="Other people read"):
        merge(inside, kept, by=make_agent())
    move(inside, forum, by=make_agent())
    merge(inside, kept, by=make_agent())
    assert kept.posts.filter(is_first=True).count() == 1


def test_who_is_named_or_follows_hears_of_it_but_for_who_left() -> None:
    topic = make_topic(author=make_profile("Rosa"))
    ada, sol, gone = make_profile("Ada Brook"), make_profile("Sol"), make_profile("Gone")
    make_profile("Ada")
    follow(topic, sol)
    follow(topic, gone)
    follow(topic, gone, is_on=False)
    change_profile(make_profile("Quiet"), by=ada, mails=False)
    post = make_answer(topic, "<p>@ada brook, and @Quiet: ask mail@sol.example or @nobody</p>", author=make_profile())
    assert mentioned_in(post.text) == sorted([ada.pk, Profile.objects.get(name="Quiet").pk])
    assert [each.name for each in hearers_of(post)] == ["Rosa", "Ada Brook", "Sol"]
    named = make_answer(topic, "<p>@Gone, are you there?</p>", author=sol)
    assert "Gone" in [each.name for each in hearers_of(named)]


def test_a_name_is_ones_own_and_no_address() -> None:
    make_profile("Rosa")
    with pytest.raises(Refused, match="this name already"):
        take_part(viewer_of_contact(make_contact()), name="ROSA")
    with pytest.raises(Refused, match="no address"):
        take_part(viewer_of_contact(make_contact()), name="rosa@home.example")
    with pytest.raises(Refused, match="Choose a name"):
        take_part(viewer_of_contact(make_contact()))
    assert staff_profile(make_agent("Rosa")).name == "Rosa 2"


def test_what_was_sent_twice_is_there_once_and_nothing_harmful_is_kept() -> None:
    forum, author = make_forum(), make_profile()
    new = NewTopic(title="A", body="<p onclick=x>Hi<script>1</script><img src=x></p>", once="form:1")
    topics = {open_topic(forum, new, author=author, by=author).pk for _again in range(2)}
    assert (len(topics), Post.objects.get().body) == (1, "<p>Hi</p>")
    assert clean_post('<h1>A</h1><a href="javascript:x">b</a>') == (
        '<h3>A</h3><a rel="nofollow ugc noopener noreferrer">b</a>'
    )
    topic = Topic.objects.get()
    file = NewFile(filename="a.txt", stream=BytesIO(b"abc"))
    assert answer(topic, body="", author=author, by=author, files=[file]).files.get().size == 3
    with pytest.raises(Refused, match="Write something"):
        answer(topic, body="<p> </p>", author=author, by=author)


def test_who_is_erased_leaves_posts_of_somebody_or_none_as_they_chose() -> None:
    staying, leaving = make_contact("Rosa Lind"), make_contact("Lena Gold")
    rosa, lena = make_profile("Rosa L", contact=staying), make_profile("Lena G", contact=leaving)
    change_profile(lena, by=lena, after_erasure="delete")
    topic = make_topic("Rosa Lind asks", body="<p>I am Rosa Lind.</p>", author=rosa)
    theirs = make_answer(topic, "<p>I am Lena Gold.</p>", author=lena)
    make_answer(topic, "<p>Thanks, @Lena G</p>", author=make_profile("Neighbour N"))
    for contact in (staying, leaving):
        erase_contact(contact, by=make_agent())

    topic.refresh_from_db()
    theirs.refresh_from_db()
    assert (topic.title, topic.posts.get(is_first=True).text, str(topic.author)) == ("— asks", "I am —.", "Somebody")
    assert (theirs.state, theirs.text, topic.answers) == ("removed", "—", 1)
    other = topic.posts.get(author__name="Neighbour N")
    assert other.text == "Thanks, —"
