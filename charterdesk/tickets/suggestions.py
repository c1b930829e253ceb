"""Which tickets may be the same request, made twice."""

from difflib import SequenceMatcher

from charterdesk.events.words import words_of
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import Ticket

LOOKED_AT, SHOWN = 50, 3
ALIKE = 0.5
"""Subjects this much alike (of 1) may be one: half of their words, or most of their letters."""


def alike(one: str, other: str) -> float:
    """How much two subjects are alike, from 0 to 1: by words they share, or letters in a row."""
    words, others = (set(words_of(text)) - {"re", "fwd", "aw", "wg", "rv", "tr"} for text in (one, other))
    if not words or not others:
        return 0.0
    shared = len(words & others) / min(len(words), len(others))
    letters = SequenceMatcher(None, " ".join(sorted(words)), " ".join(sorted(others))).ratio()
    return max(shared if len(words & others) > 1 or shared == 1 else 0.0, letters if letters > 0.7 else 0.0)


def maybe_the_same(ticket: Ticket, viewer: Viewer) -> list[Ticket]:
    """Open tickets of the same customer with a similar subject, the most alike first. One statement, a short range."""
    of_customer = Ticket.objects.visible_to(viewer).unfinished().filter(contact_id=ticket.contact_id, merged_into=None)
    others = of_customer.exclude(pk=ticket.pk).only("pk", "number", "subject", "status", "team_id").order_by("-pk")
    rated = [(alike(ticket.subject, other.subject), other) for other in others[:LOOKED_AT]]
    found = sorted((one for one in rated if one[0] >= ALIKE), key=lambda one: (-one[0], -one[1].pk))
    return [other for _rate, other in found[:SHOWN]]
