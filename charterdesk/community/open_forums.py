"""Whether there is a community at all: asked on every page of the portal, so it is known for some seconds."""

import time
from collections.abc import Callable

from django.db import transaction

from charterdesk.community.models import Forum
from charterdesk.community.models.forums import ORGANISATION, PUBLIC, SIGNED_IN
from charterdesk.people.models import Brand
from charterdesk.people.viewer import Viewer

FRESH_S = 10
_known: tuple[float, frozenset[tuple[str, int | None]]] | None = None


def is_any_forum(viewer: Viewer, brand_of: Callable[[], Brand | None] | None = None) -> bool:
    """Whether there is a forum for `viewer`; one query in ten seconds, at most, by each process.

    `brand_of` says on whose pages, and is asked only where forums stand under a brand; without it, on any.
    """
    forums = _forums()
    if viewer.is_staff or not forums:
        return bool(forums)
    brand = brand_of() if brand_of and any(brand_id for _audience, brand_id in forums) else None
    audiences = {
        audience for audience, brand_id in forums if not brand_of or brand_id in (None, brand.pk if brand else None)
    }
    if PUBLIC in audiences or (viewer.contact_id is not None and SIGNED_IN in audiences):
        return True
    found = Forum.objects.visible_to(viewer)
    return ORGANISATION in audiences and (found.shown_on(brand, viewer) if brand_of else found).exists()


def _forums() -> frozenset[tuple[str, int | None]]:
    """Who may read forums, and under which brands they stand."""
    global _known
    if _known is None or time.monotonic() - _known[0] > FRESH_S:
        _known = (time.monotonic(), frozenset(Forum.objects.values_list("audience", "brand").distinct()))
    return _known[1]


def look_again() -> None:
    """Forget what is known once the transaction commits: a forum came or went. Other processes follow by themselves."""
    transaction.on_commit(_forget)


def _forget() -> None:
    global _known
    _known = None
