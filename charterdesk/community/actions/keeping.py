"""Keeping order: topics are locked, pinned, moved, named otherwise, and made one with another."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.community.actions.counting import count_topic
from charterdesk.community.actions.writing import tag_words
from charterdesk.community.events import (
    TopicChanged,
    TopicLocked,
    TopicMerged,
    TopicMoved,
    TopicPinned,
    TopicUnlocked,
    TopicUnpinned,
)
from charterdesk.community.models import Follow, Forum, Post, Topic
from charterdesk.events.log import publish


@transaction.atomic
def set_locked(topic: Topic, *, by: Actor, is_locked: bool = True) -> None:
    """Have nobody write on `topic` any more, or have them write again."""
    _lock(topic)
    if topic.is_locked == is_locked:
        return
    topic.is_locked = is_locked
    topic.save(update_fields=["is_locked"])
    publish((TopicLocked if is_locked else TopicUnlocked)(**_about(topic)), on=topic, by=by)


@transaction.atomic
def set_pinned(topic: Topic, *, by: Actor, is_pinned: bool = True) -> None:
    """Have `topic` stand first in its forum, or among the others."""
    _lock(topic)
    if topic.is_pinned == is_pinned:
        return
    topic.is_pinned = is_pinned
    topic.save(update_fields=["is_pinned"])
    publish((TopicPinned if is_pinned else TopicUnpinned)(**_about(topic)), on=topic, by=by)


@transaction.atomic
def move(topic: Topic, forum: Forum, *, by: Actor) -> None:
    """Have `topic` stand in another forum, read by whoever may read that one."""
    _lock(topic)
    if topic.forum_id == forum.pk:
        return
    topic.forum = forum
    topic.save(update_fields=["forum"])
    publish(TopicMoved(**_about(topic)), on=topic, by=by)


@transaction.atomic
def describe(topic: Topic, *, by: Actor, kind: str, tags: Iterable[str]) -> None:
    """Say what kind of topic it is, and what it is about. An answer accepted stays so only on a question.

    Raises `Refused`: `community.no_such_kind`, `community.has_answer`.
    """
    _lock(topic)
    if kind not in dict(Topic.KINDS):
        raise Refused("community.no_such_kind", _("Choose one of the list."))
    if topic.accepted_id and kind != Topic.QUESTION:
        raise Refused("community.has_answer", _("It has an accepted answer: it is a question."))
    words = tag_words(tags)
    if (topic.kind, topic.tags) == (kind, words):
        return
    topic.kind, topic.tags = kind, words
    topic.save(update_fields=["kind", "tags"])
    publish(TopicChanged(**_about(topic)), on=topic, by=by)


@transaction.atomic
def merge(topic: Topic, into: Topic, *, by: Actor) -> None:
    """Make `topic` one with `into`, which asks the same: posts and followers go there, its address leads there.

    Raises `Refused`: `community.same_topic`, `community.is_merged`, `community.other_readers` where the posts would be
    read by others than who could read them.
    """
    if topic.pk == into.pk:
        raise Refused("community.same_topic", _("This is the same topic."))
    for each in sorted((topic, into), key=lambda one: one.pk):
        _lock(each)
    if topic.merged_into_id or into.merged_into_id:
        raise Refused("community.is_merged", _("One of them was made one with another topic before."))
    if _readers(topic.forum) != _readers(into.forum):
        raise Refused("community.other_readers", _("Other people read that forum. Move the topic there first."))
    Post.objects.filter(topic=topic).update(topic=into, is_first=False)
    there = Follow.objects.filter(topic=into).values("profile_id")
    Follow.objects.filter(topic=topic).exclude(profile__in=there).update(topic=into)
    topic.merged_into, topic.accepted, topic.answers = into, None, 0
    topic.save(update_fields=["merged_into", "accepted", "answers"])
    Topic.objects.filter(merged_into=topic).update(merged_into=into)
    count_topic(into)
    publish(TopicMerged(into_id=into.pk, **_about(topic)), on=topic, by=by)


def _readers(forum: Forum) -> tuple[str, list[int]]:
    return forum.audience, forum.organisation_ids


def _lock(topic: Topic) -> None:
    topic.refresh_from_db(from_queryset=Topic.objects.select_for_update(of=("self",)).select_related("forum"))


def _about(topic: Topic) -> dict[str, int]:
    return {"topic_id": topic.pk, "forum_id": topic.forum_id}
