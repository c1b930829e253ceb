"""What readers say should not stand there."""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.community.actions.writing import about, hold, lock
from charterdesk.community.events import PostReported
from charterdesk.community.judging import terms_in_force
from charterdesk.community.models import Post, PostReport, Profile
from charterdesk.community.models.talk import SHOWN
from charterdesk.events.log import publish


@transaction.atomic
def report(post: Post, *, profile: Profile, reason: str, words: str = "", by: Actor) -> None:
    """Say that `post` should not stand there, once for each person; so many reports hide it until somebody looks.

    What somebody looked at and let stand is not hidden by old reports. Raises `Refused`: `community.no_such_reason`,
    `community.blocked`.
    """
    lock(post)
    if reason not in dict(PostReport.REASONS):
        raise Refused("community.no_such_reason", _("Choose one of the list."))
    if profile.blocked_at:
        raise Refused("community.blocked", _("You can't report here any more."))
    said = " ".join(words.replace("\x00", "").split())[:500]
    _kept, is_new = PostReport.objects.get_or_create(
        post=post, profile=profile, defaults={"reason": reason, "words": said}
    )
    if not is_new:
        return
    publish(PostReported(reason=reason, **about(post)), on=post.topic, by=by)
    open_ones = post.reports.filter(ended_at=None).count()
    if post.state == SHOWN and not post.author.is_staff and open_ones >= terms_in_force().reports_hide:
        hold(post, reason=Post.REPORTS, by=by)
