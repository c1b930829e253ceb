"""What readers think of a comment."""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.comments.actions.writing import lock
from charterdesk.comments.models import Comment, CommentVote
from charterdesk.community.actions.counting import PER_VOTE, give_points
from charterdesk.community.models import Profile
from charterdesk.community.models.talk import SHOWN
from charterdesk.search.index import note


@transaction.atomic
def vote(comment: Comment, *, profile: Profile, is_on: bool = True) -> None:
    """Find a comment helpful, or no more; one person counts once, however often they say it.

    Raises `Refused`: `community.own_words`, `community.not_shown`, `community.blocked`.
    """
    lock(comment)
    if comment.author_id == profile.pk:
        raise Refused("community.own_words", _("This is yours. Others vote for it."))
    if comment.state != SHOWN:
        raise Refused("community.not_shown", _("It does not stand there any more."))
    if profile.blocked_at:
        raise Refused("community.blocked", _("You can't vote here any more."))
    if is_on:
        change = int(CommentVote.objects.get_or_create(comment=comment, profile=profile)[1])
    else:
        change = -CommentVote.objects.filter(comment=comment, profile=profile).delete()[0]
    if not change:
        return
    comment.votes += change
    comment.save(update_fields=["votes"])
    if comment.author_id is not None:
        give_points(comment.author_id, change * PER_VOTE)
    note(comment.key)
