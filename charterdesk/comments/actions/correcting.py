"""A comment that says an article is wrong becomes the task to put it right."""

from django.db import transaction

from charterdesk.base.keys import Actor
from charterdesk.comments.actions.writing import lock
from charterdesk.comments.models import Comment
from charterdesk.knowledge.actions.feedback import open_correction
from charterdesk.knowledge.models import Correction


@transaction.atomic
def make_correction(comment: Comment, *, by: Actor) -> Correction:
    """Open a correction of what `comment` says; the same comment opens one, however often it is asked."""
    lock(comment)
    known = Correction.objects.filter(about=comment.key).first()
    return known or open_correction(comment.text, reason=comment.words, by=by, about=comment.key)
