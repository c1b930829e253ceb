"""Forums customers propose, forums of one brand, and moderators who hear of what waits."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.community.actions.forums import ForumAsked, save_forum, set_terms
from charterdesk.community.actions.moderating import approve
from charterdesk.community.actions.profiles import block, join_profiles
from charterdesk.community.actions.proposing import (
    Wished,
    accept_proposal,
    decline_proposal,
    propose_forum,
    withdraw_proposal,
)
from charterdesk.community.actions.telling import tell_moderators
from charterdesk.community.models import Forum, ForumFollow, ForumProposal, Post, Profile, QueueNews
from charterdesk.community.open_forums import is_any_forum
from charterdesk.community.queries.talk import Asked, forums_for, topics_for
from charterdesk.community.testing import make_forum, make_profile, make_topic, viewer_of_contact
from charterdesk.people.models import Agent, Brand, Notice
from charterdesk.people.testing import make_agent, make_contact
from charterdesk.people.viewer import NOBODY, viewer_of_agent

pytestmark = pytest.mark.django_db
GARDENS = Wished(name="Gardens", purpose="Watering, and what it costs.")


def refused(author: Profile, wished: Wished = GARDENS) -> str:
    with pytest.raises(Refused) as caught:
        propose_forum(wished, author=author, by=author)
    return caught.value.code


def test_a_proposed_forum_is_made_with_changes_and_followed_by_who_proposed_it(
    run_reactions: Callable[[], int],
) -> None:
    mia, lead, agent = make_profile("Mia"), make_agent("Lo", role=Agent.LEAD), make_agent("Ada")
    proposal = propose_forum(GARDENS, author=mia, by=mia)
    assert propose_forum(GARDENS, author=mia, by=mia) == proposal
    run_reactions()
    assert list(Notice.objects.values_list("agent", "code")) == [(lead.pk, "community.proposed")]

    forum = accept_proposal(proposal, asked=ForumAsked(names={"en": "Gardens and pools"}, intros={}), by=lead)
    run_reactions()

    assert (forum.name, forum.slug) == ("Gardens and pools", "gardens-and-pools")
    assert ForumProposal.objects.get().state == ForumProposal.ACCEPTED
    assert ForumFollow.objects.get().profile == mia
    assert Notice.objects.get().read_at is not None
    with pytest.raises(Refused, match="already"):
        decline_proposal(proposal, reason="No", by=lead)
    assert not ForumProposal.objects.visible_to(viewer_of_agent(agent)).exists()


def test_nobody_floods_the_desk_with_proposals() -> None:
    mia, eve = make_profile("Mia"), make_profile("Eve")
    block(eve, why="Loud", by="system")
    assert refused(eve) == "community.blocked"
    assert refused(mia, Wished(name=" ", purpose="x")) == "community.no_name"
    assert refused(mia, Wished(name="x", purpose="\x00")) == "community.no_purpose"
    for number in range(3):
        proposal = propose_forum(Wished(name=f"Forum {number}", purpose="x"), author=mia, by=mia)
        assert refused(mia) == "community.proposal_open"
        decline_proposal(proposal, reason="Too few would talk there.", by="system")
    assert refused(mia) == "community.too_many_proposals"
    ForumProposal.objects.update(created_at=now() - timedelta(days=31))
    withdraw_proposal(propose_forum(GARDENS, author=mia, by=mia), by=mia)
    assert ForumProposal.objects.open().count() == 0
    set_terms(by="system", takes_proposals=False)
    assert refused(mia) == "community.no_proposals"


def test_two_contacts_who_were_one_have_one_open_proposal() -> None:
    first, second = make_contact(), make_contact()
    kept, gone = make_profile(contact=first), make_profile(contact=second)
    propose_forum(GARDENS, author=kept, by=kept)
    decline_proposal(propose_forum(GARDENS, author=gone, by=gone), reason="No", by="system")
    propose_forum(GARDENS, author=gone, by=gone)
    join_profiles(first.pk, merged_id=second.pk)

    assert sorted(ForumProposal.objects.filter(author=kept).values_list("state", flat=True)) == ["declined", "open"]


def test_a_forum_of_a_brand_stands_on_its_pages_alone(
    django_capture_on_commit_callbacks: Any,
) -> None:
    river, hill = Brand.objects.create(host="river.example"), Brand.objects.create(host="hill.example")
    with django_capture_on_commit_callbacks(execute=True):
        forum = save_forum(by="system", asked=ForumAsked(names={"en": "River"}, intros={}, brand=river))
    topic, mo = make_topic(forum=forum), viewer_of_contact(make_contact())
    staff = viewer_of_agent(make_agent("Ada"))

    assert [list(forums_for(mo, brand)) for brand in (river, hill, None)] == [[forum], [], []]
    assert [topics_for(NOBODY, Asked(), brand).count() for brand in (river, hill, None)] == [1, 0, 0]
    assert list(topics_for(staff, Asked(), hill)) == [topic]
    seen = [is_any_forum(NOBODY, lambda brand=brand: brand) for brand in (river, hill, None)]  # type: ignore[misc]
    assert seen == [True, False, False]
    Forum.objects.update(brand=None)
    assert list(forums_for(mo, hill)) == [forum]


def test_moderators_hear_of_the_queue_once_an_hour_and_not_of_each_post() -> None:
    make_forum()
    ada, _bo = make_agent("Ada"), make_agent("Bo")
    assert not tell_moderators()
    make_topic(author=make_profile(is_known=False))
    assert tell_moderators()
    make_topic(author=make_profile(is_known=False))
    assert not tell_moderators()
    assert Notice.objects.filter(agent=ada, code="community.waiting", read_at=None).count() == 1

    QueueNews.objects.update(told_at=now() - timedelta(hours=2))
    Post.objects.update(created_at=now() - timedelta(hours=3))
    assert not tell_moderators()  # nothing new since
    make_topic(author=make_profile(is_known=False))
    assert tell_moderators()
    for post in Post.objects.all():
        approve(post, by=ada)
    assert not tell_moderators()
    assert not Notice.objects.filter(read_at=None).exists()
