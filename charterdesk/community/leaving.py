"""The link in a mail by which somebody hears no more of a topic, without signing in."""

from django.core.signing import BadSignature, Signer

from charterdesk.community.models import Follow

_signer = Signer(salt="community.leave")


def leave_token(follow: Follow) -> str:
    """What stands in the link."""
    return _signer.sign(str(follow.pk))


def left_by(token: str) -> Follow | None:
    """Who leaves what by this link; None for one that somebody made up. One query."""
    try:
        pk = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Follow.objects.select_related("topic__forum", "profile").filter(pk=pk).first()
