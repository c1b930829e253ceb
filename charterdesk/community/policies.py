"""Who may read, write and keep order in the community."""

from charterdesk.community.models import Forum, ForumProposal, ForumTerms, Post, Profile, Topic
from charterdesk.community.models.forums import ORGANISATION, PUBLIC, SIGNED_IN
from charterdesk.community.models.talk import REMOVED, SHOWN
from charterdesk.people.permissions import MODERATE_COMMUNITY, RUN_COMMUNITY
from charterdesk.people.viewer import Viewer


def may_read(viewer: Viewer, forum: Forum) -> bool:
    """Whether `viewer` may read what is talked about in `forum`. No query."""
    if viewer.is_staff or forum.audience == PUBLIC:
        return True
    if forum.audience == SIGNED_IN:
        return viewer.contact_id is not None
    return forum.audience == ORGANISATION and viewer.belongs_to in forum.organisation_ids


def may_take_part(viewer: Viewer) -> bool:
    """Whether `viewer` is somebody who may write, vote, follow and report at all. No query."""
    return viewer.is_staff or viewer.contact_id is not None


def may_open(viewer: Viewer, forum: Forum) -> bool:
    """Whether `viewer` may open a topic in `forum`. No query."""
    return may_take_part(viewer) and may_read(viewer, forum) and (forum.is_open or viewer.is_staff)


def may_answer(viewer: Viewer, topic: Topic) -> bool:
    """Whether `viewer` may write on `topic`. The forum has to be loaded."""
    return topic.takes_answers and may_open(viewer, topic.forum)


def may_moderate(viewer: Viewer) -> bool:
    """Whether `viewer` may decide what waits, answer officially, move, merge, pin and lock topics."""
    return viewer.is_staff and viewer.may(MODERATE_COMMUNITY)


def may_run(viewer: Viewer) -> bool:
    """Whether `viewer` may make forums, set the terms of trust, and block people."""
    return viewer.is_staff and viewer.may(RUN_COMMUNITY)


def may_propose(viewer: Viewer, terms: ForumTerms) -> bool:
    """Whether `viewer` may propose a forum: anybody who takes part, unless the desk takes no proposals."""
    return terms.takes_proposals and may_take_part(viewer)


def may_withdraw(viewer: Viewer, proposal: ForumProposal) -> bool:
    """Whether `viewer` may take a proposal back: whoever made it. The author has to be loaded."""
    return is_own(viewer, proposal.author)


def is_own(viewer: Viewer, profile: Profile) -> bool:
    """Whether `profile` is that of `viewer`. No query."""
    if viewer.is_staff:
        return profile.agent_id == viewer.agent_id
    return viewer.contact_id is not None and profile.contact_id == viewer.contact_id


def may_edit(viewer: Viewer, post: Post) -> bool:
    """Whether `viewer` may change or delete `post`: its writer while the topic is open, or a moderator.

    The post's author and topic have to be loaded.
    """
    if may_moderate(viewer):
        return True
    is_open = post.state != REMOVED and not post.topic.is_locked
    return is_open and is_own(viewer, post.author)


def may_accept(viewer: Viewer, topic: Topic) -> bool:
    """Whether `viewer` may say which post answers `topic`: who asked, or a moderator. The author has to be loaded."""
    return topic.kind == Topic.QUESTION and (may_moderate(viewer) or is_own(viewer, topic.author))


def may_vote(viewer: Viewer, post: Post) -> bool:
    """Whether `viewer` may vote for `post`: anybody who takes part, but not for their own words."""
    return may_take_part(viewer) and post.state == SHOWN and not is_own(viewer, post.author)
