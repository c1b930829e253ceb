"""What others think of a post: votes, the accepted answer, the official one."""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.community.actions.counting import PER_ACCEPTED, PER_VOTE, give_points
from charterdesk.community.actions.writing import about, lock
from charterdesk.community.events import AnswerAccepted, AnswerUnaccepted, PostEndorsed, PostUnendorsed
from charterdesk.community.models import Post, Profile, Topic, Vote
from charterdesk.community.models.talk import SHOWN
from charterdesk.events.log import publish


@transaction.atomic
def vote(post: Post, *, profile: Profile, is_on: bool = True) -> None:
    """Find a post good, or no more; one person counts once, however often they say it.

    Raises `Refused`: `community.own_words`, `community.not_shown`, `community.blocked`.
    """
    lock(post)
    if post.author_id == profile.pk:
        raise Refused("community.own_words", _("This is yours. Others vote for it."))
    if post.state != SHOWN:
        raise Refused("community.not_shown", _("It does not stand there any more."))
    if profile.blocked_at:
        raise Refused("community.blocked", _("You can't vote here any more."))
    if is_on:
        _kept, is_new = Vote.objects.get_or_create(post=post, profile=profile)
        change = 1 if is_new else 0
    else:
        change = -Vote.objects.filter(post=post, profile=profile).delete()[0]
    if not change:
        return
    post.votes += change
    post.save(update_fields=["votes"])
    if post.is_first:
        Topic.objects.filter(pk=post.topic_id).update(votes=post.votes)
    give_points(post.author_id, change * PER_VOTE)


@transaction.atomic
def accept(post: Post, *, by: Actor) -> None:
    """Say that `post` answers its question; another one that did so no longer does.

    Raises `Refused`: `community.no_answer`, `community.not_shown`.
    """
    lock(post)
    topic = _locked(post.topic_id)
    if post.is_first or topic.kind != Topic.QUESTION:
        raise Refused("community.no_answer", _("Only an answer to a question can be accepted."))
    if post.state != SHOWN:
        raise Refused("community.not_shown", _("It does not stand there any more."))
    if topic.accepted_id == post.pk:
        return
    if topic.accepted is not None:
        _take_back(topic, topic.accepted)
    topic.accepted = post
    topic.save(update_fields=["accepted"])
    if post.author_id != topic.author_id:
        give_points(post.author_id, PER_ACCEPTED)
    publish(AnswerAccepted(**about(post)), on=topic, by=by)


@transaction.atomic
def unaccept(topic: Topic, *, by: Actor) -> None:
    """Have the question be open again."""
    held = _locked(topic.pk)
    if held.accepted is None:
        return
    post = held.accepted
    _take_back(held, post)
    held.accepted = None
    held.save(update_fields=["accepted"])
    event = AnswerUnaccepted(topic_id=held.pk, forum_id=held.forum_id, post_id=post.pk)
    publish(event, on=held, by=by)


def _take_back(topic: Topic, post: Post) -> None:
    if post.author_id != topic.author_id:
        give_points(post.author_id, -PER_ACCEPTED)


def _locked(pk: int) -> Topic:
    return Topic.objects.select_for_update(of=("self",)).select_related("accepted").get(pk=pk)


@transaction.atomic
def make_official(post: Post, *, by: Actor, is_official: bool = True) -> None:
    """Answer for the house with a post of staff, or no more. Raises `Refused("community.not_staff")`."""
    lock(post)
    if is_official and not post.author.is_staff:
        raise Refused("community.not_staff", _("Only what staff wrote can be official. Write an answer of your own."))
    if post.is_official == is_official:
        return
    post.is_official = is_official
    post.save(update_fields=["is_official"])
    made = PostEndorsed if is_official else PostUnendorsed
    publish(made(**about(post)), on=post.topic, by=by)
