"""Links in what we announce: to read it, to confirm it, to have no more, without signing in."""

from django.conf import settings
from django.core.signing import BadSignature, Signer

_readers = Signer(salt="notices.recipient")
_followers = Signer(salt="notices.follower")


def recipient_token(recipient_id: int) -> str:
    """What opens an announcement for one recipient, and lets them unsubscribe."""
    return _readers.sign(str(recipient_id))


def recipient_of(token: str) -> int | None:
    """The recipient (by number) whose `token` it is; None for one that is made up."""
    return _number(_readers, token)


def read_link(recipient_id: int, *, home: str) -> str:
    """Where a recipient reads the announcement, absolute; `home` is where its customers find the portal."""
    return f"{home}/notices/by-link/{recipient_token(recipient_id)}"


def unsubscribe_link(recipient_id: int, *, home: str) -> str:
    """Where a recipient unsubscribes, absolute; a POST there is enough (RFC 8058)."""
    return f"{read_link(recipient_id, home=home)}/off"


def follower_token(follower_id: int) -> str:
    """What confirms that an address follows the status, and ends it."""
    return _followers.sign(str(follower_id))


def follower_of(token: str) -> int | None:
    """The follower (by number) whose `token` it is; None for one that is made up."""
    return _number(_followers, token)


def follower_link(follower_id: int) -> str:
    """Where somebody who follows the status confirms it or ends it, absolute."""
    return f"{settings.PUBLIC_URL}/status/following/{follower_token(follower_id)}"


def _number(signer: Signer, token: str) -> int | None:
    try:
        return int(signer.unsign(token))
    except (BadSignature, ValueError):
        return None
