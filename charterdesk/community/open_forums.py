"""Whether there is a community at all: asked on every page of the portal, so it is known for some seconds."""

import time

from django.db import transaction

from charterdesk.community.models import Forum
from charterdesk.community.models.forums import PUBLIC, SIGNED_IN
from charterdesk.people.viewer import Viewer

FRESH_S = 10
_known: tuple[float, frozenset[str]] | None = None


def is_any_forum(viewer: Viewer) -> bool:
    """Whether there is a forum for `viewer`; one query in ten seconds, at most, by each process."""
    audiences = _audiences()
    if viewer.is_staff or PUBLIC in audiences:
        return bool(audiences)
    if viewer.contact_id is not None and SIGNED_IN in audiences:
        return True
    return bool(audiences) and Forum.objects.visible_to(viewer).exists()


def _audiences() -> frozenset[str]:
    global _known
    if _known is None or time.monotonic() - _known[0] > FRESH_S:
        _known = (time.monotonic(), frozenset(Forum.objects.values_list("audience", flat=True).distinct()))
    return _known[1]


def look_again() -> None:
    """Forget what is known once the transaction commits: a forum came or went. Other processes follow by themselves."""
    transaction.on_commit(_forget)


def _forget() -> None:
    global _known
    _known = None
