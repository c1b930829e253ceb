"""Who is mailed of a new comment: who follows or wrote below the same text; and what a guest is called."""

from charterdesk.base.clock import now
from charterdesk.comments.models import Comment, CommentFollow


def name_at(follow: CommentFollow) -> str:
    """What somebody without an account, who hears by an address, called themselves last. One query."""
    theirs = Comment.objects.filter(address=follow.address, author=None).exclude(name="")
    return theirs.order_by("-pk").values_list("name", flat=True).first() or ""


def hearers_of(comment: Comment) -> list[CommentFollow]:
    """Who is to be mailed of `comment`: not who wrote it, who came later, or who wants no mail. One query.

    Whether each may read it is asked when the mail is made.
    """
    shown_at = comment.shown_at or now()
    found = CommentFollow.objects.filter(text=comment.text_id, is_on=True, created_at__lte=shown_at)
    found = found.exclude(profile__mails=False)
    if comment.author_id is not None:
        found = found.exclude(profile=comment.author_id)
    elif comment.address:
        found = found.exclude(address=comment.address)
    return list(found.select_related("profile__contact", "profile__agent__login").order_by("pk"))
