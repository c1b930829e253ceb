"""What readers say should not stand there."""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.comments.actions.moderating import hold
from charterdesk.comments.actions.writing import about, lock
from charterdesk.comments.events import CommentReported
from charterdesk.comments.models import Comment, CommentReport
from charterdesk.community.actions.writing import require_welcome
from charterdesk.community.judging import terms_in_force
from charterdesk.community.models import Post, PostReport, Profile
from charterdesk.community.models.talk import SHOWN
from charterdesk.events.log import publish


@transaction.atomic
def report(comment: Comment, *, profile: Profile, reason: str, words: str = "", by: Actor) -> None:
    """Say that `comment` should not stand there, once for each person; so many reports hide it until somebody looks.

    Raises `Refused`: `community.no_such_reason`, `community.blocked`.
    """
    lock(comment)
    if reason not in dict(PostReport.REASONS):
        raise Refused("community.no_such_reason", _("Choose one of the list."))
    require_welcome(profile)
    said = " ".join(words.replace("\x00", "").split())[:500]
    _kept, is_new = CommentReport.objects.get_or_create(
        comment=comment, profile=profile, defaults={"reason": reason, "words": said}
    )
    if not is_new:
        return
    publish(CommentReported(reason=reason, **about(comment)), on=comment.text, by=by)
    open_ones = comment.reports.filter(ended_at=None).count()
    if comment.state == SHOWN and not comment.is_of_staff and open_ones >= terms_in_force().reports_hide:
        hold(comment, reason=Post.REPORTS, by=by)
