"""The queue: what waits is shown or removed; what was removed comes back."""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.community.actions.answering import unaccept
from charterdesk.community.actions.writing import about, hide_with, lock, show
from charterdesk.community.events import PostApproved, PostRemoved, PostRestored
from charterdesk.community.models import Post, Topic
from charterdesk.community.models.talk import REMOVED, SHOWN, WAITING
from charterdesk.events.log import key_of, publish


@transaction.atomic
def approve(post: Post, *, by: Actor) -> None:
    """Say that `post` may stand: it is shown if it waited, and what was reported is settled.

    Raises `Refused("community.removed")`.
    """
    lock(post)
    if post.state == REMOVED:
        raise Refused("community.removed", _("It was removed. Bring it back instead."))
    _settle(post, by=by)
    publish(PostApproved(**about(post)), on=post.topic, by=by)
    if post.state == WAITING:
        show(post, by=by)


@transaction.atomic
def remove(post: Post, *, by: Actor, why: str = "") -> None:
    """Have readers see `post` no more; the first one takes its topic with it. What it said is kept for who decides."""
    lock(post)
    _settle(post, by=by)
    if post.state == REMOVED:
        return
    if post.topic.accepted_id == post.pk:
        unaccept(post.topic, by=by)
    was_shown = post.state == SHOWN
    post.state, post.reason = REMOVED, ""
    post.removed_at, post.removed_by, post.removed_why = (
        now(),
        key_of(by),
        " ".join(why.replace("\x00", "").split())[:300],
    )
    post.save(update_fields=["state", "reason", "removed_at", "removed_by", "removed_why"])
    if was_shown:
        hide_with(post, REMOVED)
    elif post.is_first:
        Topic.objects.filter(pk=post.topic_id).update(state=REMOVED)
    publish(PostRemoved(**about(post)), on=post.topic, by=by)


@transaction.atomic
def restore(post: Post, *, by: Actor) -> None:
    """Have readers see a removed post again. Raises `Refused("community.not_removed")`."""
    lock(post)
    if post.state != REMOVED:
        raise Refused("community.not_removed", _("It was not removed."))
    post.removed_at, post.removed_by, post.removed_why = None, "", ""
    post.save(update_fields=["removed_at", "removed_by", "removed_why"])
    publish(PostRestored(**about(post)), on=post.topic, by=by)
    show(post, by=by)


def _settle(post: Post, *, by: Actor) -> None:
    post.reports.filter(ended_at=None).update(ended_at=now(), ended_by=key_of(by))
