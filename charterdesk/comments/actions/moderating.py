"""What waits is shown or removed; what was removed comes back; what staff said is said for the house."""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.comments.actions.writing import about, lock, show
from charterdesk.comments.events import (
    CommentApproved,
    CommentEndorsed,
    CommentHeld,
    CommentRemoved,
    CommentRestored,
    CommentUnendorsed,
)
from charterdesk.comments.models import Comment
from charterdesk.community.actions.counting import count_shown
from charterdesk.community.models.talk import REMOVED, SHOWN, WAITING
from charterdesk.events.log import key_of, publish


@transaction.atomic
def approve(comment: Comment, *, by: Actor) -> None:
    """Say that `comment` may stand: it is shown if it waited, and what was reported is settled.

    Raises `Refused("community.removed")`.
    """
    lock(comment)
    if comment.state == REMOVED:
        raise Refused("community.removed", _("It was removed. Bring it back instead."))
    _settle(comment, by=by)
    publish(CommentApproved(**about(comment)), on=comment.text, by=by)
    if comment.state == WAITING:
        show(comment, by=by)


@transaction.atomic
def remove(comment: Comment, *, by: Actor, why: str = "") -> None:
    """Have readers see `comment` no more. What it said is kept for who decides."""
    lock(comment)
    _settle(comment, by=by)
    if comment.state == REMOVED:
        return
    was_shown = comment.state == SHOWN
    comment.state, comment.reason = REMOVED, ""
    comment.removed_at, comment.removed_by = now(), key_of(by)
    comment.removed_why = " ".join(why.replace("\x00", "").split())[:300]
    comment.save(update_fields=["state", "reason", "removed_at", "removed_by", "removed_why"])
    if was_shown:
        _count_less(comment)
    publish(CommentRemoved(**about(comment)), on=comment.text, by=by)


@transaction.atomic
def restore(comment: Comment, *, by: Actor) -> None:
    """Have readers see a removed comment again. Raises `Refused("community.not_removed")`."""
    lock(comment)
    if comment.state != REMOVED:
        raise Refused("community.not_removed", _("It was not removed."))
    comment.removed_at, comment.removed_by, comment.removed_why = None, "", ""
    comment.save(update_fields=["removed_at", "removed_by", "removed_why"])
    publish(CommentRestored(**about(comment)), on=comment.text, by=by)
    show(comment, by=by)


@transaction.atomic
def make_official(comment: Comment, *, by: Actor, is_official: bool = True) -> None:
    """Speak for the house with a comment of staff, or no more. Raises `Refused("community.not_staff")`."""
    lock(comment)
    if is_official and not comment.is_of_staff:
        raise Refused("community.not_staff", _("Only what staff wrote can be official. Write an answer of your own."))
    if comment.is_official == is_official:
        return
    comment.is_official = is_official
    comment.save(update_fields=["is_official"])
    made = CommentEndorsed if is_official else CommentUnendorsed
    publish(made(**about(comment)), on=comment.text, by=by)


def hold(comment: Comment, *, reason: str, by: Actor) -> None:
    """Have a comment that was shown wait until somebody looks. In the caller's transaction."""
    comment.state, comment.reason = WAITING, reason
    comment.save(update_fields=["state", "reason"])
    _count_less(comment)
    publish(CommentHeld(reason=reason, **about(comment)), on=comment.text, by=by)


def _count_less(comment: Comment) -> None:
    if comment.author_id is not None:
        count_shown(comment.author_id, -1)


def _settle(comment: Comment, *, by: Actor) -> None:
    comment.reports.filter(ended_at=None).update(ended_at=now(), ended_by=key_of(by))
