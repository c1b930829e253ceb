"""The link in a mail by which somebody hears no more of comments below an article, without signing in."""

from django.core.signing import BadSignature, Signer

from charterdesk.comments.models import CommentFollow

_signer = Signer(salt="comments.leave")


def leave_token(follow: CommentFollow) -> str:
    """What stands in the link."""
    return _signer.sign(str(follow.pk))


def left_by(token: str) -> CommentFollow | None:
    """Who leaves what by this link; None for one that somebody made up. One query."""
    try:
        pk = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return CommentFollow.objects.select_related("text").filter(pk=pk).first()
